package dev.connections.api;

import java.util.List;

/**
 * A rule over several fields that can't be said by the fields alone. It is checked offline, after
 * every field has been found to be well-formed.
 */
@FunctionalInterface
public interface ConfigurationRule {
  /**
   * {@return what is wrong; empty if nothing is}
   *
   * @param configuration a configuration whose fields are well-formed, each for itself
   */
  List<ConfigurationProblem> check(Configuration configuration);
}
