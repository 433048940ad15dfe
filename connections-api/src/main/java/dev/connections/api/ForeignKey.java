package dev.connections.api;

import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * A reference from columns of one table to columns of another.
 *
 * @param name the constraint's name, where it has one
 * @param columns names of the referring columns
 * @param references the table referred to; it may lie in another schema and may not be readable
 * @param referencedColumns names of the columns referred to, in the same order
 * @param onUpdate the source's word for what happens on update, for example {@code CASCADE}
 * @param onDelete the source's word for what happens on delete
 * @param enforced whether the source checks it
 */
public record ForeignKey(
    Optional<String> name,
    List<String> columns,
    TableName references,
    List<String> referencedColumns,
    Optional<String> onUpdate,
    Optional<String> onDelete,
    boolean enforced) {

  /**
   * Takes all parts at once; {@link #of} is the way to make one.
   *
   * @param name the constraint's name
   * @param columns names of the referring columns
   * @param references the table referred to
   * @param referencedColumns names of the columns referred to
   * @param onUpdate what happens on update
   * @param onDelete what happens on delete
   * @param enforced whether the source checks it
   */
  @Internal
  public ForeignKey {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(references, "references");
    Objects.requireNonNull(onUpdate, "onUpdate");
    Objects.requireNonNull(onDelete, "onDelete");
    columns = List.copyOf(columns);
    referencedColumns = List.copyOf(referencedColumns);
  }

  /**
   * {@return a reference that the source checks}
   *
   * @param name the constraint's name
   * @param columns names of the referring columns
   * @param references the table referred to
   * @param referencedColumns names of the columns referred to, in the same order
   */
  public static ForeignKey of(
      String name, List<String> columns, TableName references, List<String> referencedColumns) {
    return new ForeignKey(
        Optional.of(name),
        columns,
        references,
        referencedColumns,
        Optional.empty(),
        Optional.empty(),
        true);
  }

  /**
   * {@return a copy with the rules for update and delete}
   *
   * @param update the source's word, for example {@code CASCADE}
   * @param delete the source's word
   */
  public ForeignKey withRules(String update, String delete) {
    return new ForeignKey(
        name,
        columns,
        references,
        referencedColumns,
        Optional.of(update),
        Optional.of(delete),
        enforced);
  }

  /** {@return a copy that the source states but doesn't check} */
  public ForeignKey notEnforced() {
    return new ForeignKey(name, columns, references, referencedColumns, onUpdate, onDelete, false);
  }
}
