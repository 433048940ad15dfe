package dev.connections.api;

import java.util.Objects;
import java.util.Optional;

/**
 * A schema as it is listed.
 *
 * @param name its name
 * @param description what the source says about it
 * @param system whether it belongs to the source itself rather than to its users
 */
public record SchemaInfo(SchemaName name, Optional<String> description, boolean system) {
  /**
   * Checks that no part is null.
   *
   * @param name its name
   * @param description what the source says about it
   * @param system whether it belongs to the source itself
   */
  public SchemaInfo {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(description, "description");
  }

  /**
   * {@return a schema of the users, without a description}
   *
   * @param name its name
   */
  public static SchemaInfo of(SchemaName name) {
    return new SchemaInfo(name, Optional.empty(), false);
  }
}
