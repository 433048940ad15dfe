package dev.connections.api;

import java.util.Objects;
import java.util.Optional;

/**
 * A condition that every row keeps.
 *
 * @param name the constraint's name, where it has one
 * @param expression the source's own text
 */
public record CheckConstraint(Optional<String> name, String expression) {
  /**
   * Checks that no part is null.
   *
   * @param name the constraint's name
   * @param expression the source's own text
   */
  public CheckConstraint {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(expression, "expression");
  }
}
