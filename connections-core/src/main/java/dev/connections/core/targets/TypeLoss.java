package dev.connections.core.targets;

import dev.connections.api.TableName;
import java.util.Objects;
import java.util.Optional;

/**
 * One thing that a table doesn't take along to Databricks, or not as it was.
 *
 * @param table which table
 * @param column the path of the column, its nested parts joined by dots as people read them; empty
 *     if the loss concerns the whole table
 * @param kind what is lost
 * @param source what the source has: a native type, a name, a rule
 * @param target what becomes of it: a Databricks type, a name; empty text if nothing does
 * @param sentence what that means, in one sentence a user understands
 */
public record TypeLoss(
    TableName table,
    Optional<String> column,
    LossKind kind,
    String source,
    String target,
    String sentence) {

  /**
   * Checks that no part is null.
   *
   * @param table which table
   * @param column the path of the column
   * @param kind what is lost
   * @param source what the source has
   * @param target what becomes of it
   * @param sentence what that means
   */
  public TypeLoss {
    Objects.requireNonNull(table, "table");
    Objects.requireNonNull(column, "column");
    Objects.requireNonNull(kind, "kind");
    Objects.requireNonNull(source, "source");
    Objects.requireNonNull(target, "target");
    Objects.requireNonNull(sentence, "sentence");
  }

  /** {@return how much it weighs} */
  public LossKind.Severity severity() {
    return kind.severity();
  }
}
