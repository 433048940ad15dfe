package dev.connections.core.internal.sealing;

import dev.connections.api.ConfigurationProblem;
import dev.connections.api.ConfigurationValues;
import java.util.List;

/**
 * A stored configuration as it may be shown: user names in the clear, secrets that are set as
 * {@code ******}.
 *
 * @param values the values
 * @param problems what couldn't be read, field by field; such a value is shown as if it were a
 *     secret
 */
public record ReadableConfiguration(
    ConfigurationValues values, List<ConfigurationProblem> problems) {
  /**
   * Keeps an immutable copy of the problems.
   *
   * @param values the values
   * @param problems what couldn't be read
   */
  public ReadableConfiguration {
    problems = List.copyOf(problems);
  }
}
