package dev.connections.api;

import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * A primary or unique key.
 *
 * @param name the constraint's name, where it has one
 * @param columns names of the columns, in the key's order
 */
public record KeyConstraint(Optional<String> name, List<String> columns) {
  /**
   * Keeps an immutable copy of the columns.
   *
   * @param name the constraint's name
   * @param columns names of the columns, in the key's order
   */
  public KeyConstraint {
    Objects.requireNonNull(name, "name");
    columns = List.copyOf(columns);
  }

  /**
   * {@return a key with a name}
   *
   * @param name the constraint's name
   * @param columns names of the columns, in the key's order
   */
  public static KeyConstraint of(String name, String... columns) {
    return new KeyConstraint(Optional.of(name), List.of(columns));
  }
}
