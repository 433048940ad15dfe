package dev.connections.core;

import java.util.Objects;
import java.util.Optional;

/**
 * A connection as the earlier system has stored it.
 *
 * @param type the type's stored name
 * @param name what the user calls it
 * @param description what he says about it
 * @param configuration JSON text, its secrets in an earlier form
 */
public record EarlierConnection(
    String type, String name, Optional<String> description, String configuration) {
  /**
   * Checks that no part is null.
   *
   * @param type the type's stored name
   * @param name what the user calls it
   * @param description what he says about it
   * @param configuration JSON text
   */
  public EarlierConnection {
    Objects.requireNonNull(type, "type");
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(description, "description");
    Objects.requireNonNull(configuration, "configuration");
  }

  /** {@return type and name; the configuration may hold anything} */
  @Override
  public String toString() {
    return "EarlierConnection[" + type + ", " + name + "]";
  }
}
