package dev.connections.core.internal.importing;

import dev.connections.api.Column;
import dev.connections.api.DataType;
import dev.connections.api.Failure;
import dev.connections.api.StandardErrorCode;
import dev.connections.api.TableMetadata;
import dev.connections.api.TypeField;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Optional;
import java.util.Set;

/**
 * Types within types within types. Whoever handles them does so level by level on the stack, and
 * stacks are small: a file of strangers must not end the import of all others by its depth.
 */
final class NestedTypes {
  static final int MOST_LEVELS = 500;

  private NestedTypes() {}

  /** {@return why a table can't be handed on, if one of its columns is nested too deeply} */
  static Optional<Failure> tooDeep(TableMetadata table) {
    return table.columns().stream().map(Column::type).anyMatch(NestedTypes::isTooDeep)
        ? Optional.of(
            Failure.of(
                    StandardErrorCode.TOO_LARGE,
                    "A column of the table '"
                        + table.name().display()
                        + "' is nested more than "
                        + MOST_LEVELS
                        + " levels deep.")
                .withRemedy("Flatten it in the source, or leave the table out of the import."))
        : Optional.empty();
  }

  /** Looks at each level once, as a type may stand in many places. */
  private static boolean isTooDeep(DataType type) {
    if (type.children().isEmpty()) {
      return false; // nearly all are like this
    }
    Set<DataType> level = Set.of(type);
    int levels = 0;
    while (!level.isEmpty() && levels <= MOST_LEVELS) {
      levels++;
      Set<DataType> next = Collections.newSetFromMap(new IdentityHashMap<>());
      for (DataType outer : level) {
        for (TypeField inner : outer.children()) {
          next.add(inner.type());
        }
      }
      level = next;
    }
    return levels > MOST_LEVELS;
  }
}
