package dev.connections.api;

import java.util.Objects;
import java.util.Optional;

/**
 * A named part of a nested data type.
 *
 * @param name its name, as the source spells it
 * @param type its type
 * @param nullable whether it may be absent
 * @param description what the source says about it
 */
public record TypeField(
    String name, DataType type, boolean nullable, Optional<String> description) {
  /**
   * Checks that no part is null.
   *
   * @param name its name
   * @param type its type
   * @param nullable whether it may be absent
   * @param description what the source says about it
   */
  public TypeField {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(type, "type");
    Objects.requireNonNull(description, "description");
  }

  /**
   * {@return a part without a description}
   *
   * @param name its name
   * @param type its type
   * @param nullable whether it may be absent
   */
  public static TypeField of(String name, DataType type, boolean nullable) {
    return new TypeField(name, type, nullable, Optional.empty());
  }
}
