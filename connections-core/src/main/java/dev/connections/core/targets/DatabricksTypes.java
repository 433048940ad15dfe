package dev.connections.core.targets;

import dev.connections.api.Column;
import dev.connections.api.DataType;
import dev.connections.api.SchemaName;
import dev.connections.api.TableMetadata;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * Neutral types as Databricks has them. What a mapping loses is said with it, column by column: a
 * length that is no longer enforced, digits that don't fit, a default that stays behind.
 *
 * <p>Immutable and safe for any thread. {@code docs/targets.md} has the table of all types.
 */
public final class DatabricksTypes {
  private final ColumnNaming naming;

  private DatabricksTypes(ColumnNaming naming) {
    this.naming = naming;
  }

  /**
   * {@return the mapping under a rule for column names}
   *
   * @param naming what becomes of names that Delta refuses by default
   */
  public static DatabricksTypes with(ColumnNaming naming) {
    return new DatabricksTypes(Objects.requireNonNull(naming, "naming"));
  }

  /**
   * {@return a table's columns with their Databricks names and types, and all that is lost}
   *
   * @param table as it was read
   */
  public MappedTable map(TableMetadata table) {
    LossBook book = new LossBook(table.name());
    TypeMapping mapping = new TypeMapping(naming, book);
    List<String> names =
        ColumnNames.of(table.columns().stream().map(Column::name).toList(), naming);
    List<MappedColumn> columns = new ArrayList<>(names.size());
    for (int i = 0; i < names.size(); i++) {
      Column column = table.columns().get(i);
      int before = book.size();
      mapping.named(column.name(), column.name(), names.get(i));
      String type = mapping.text(column.type(), column.name(), !column.nullable());
      leftBehind(column, book);
      columns.add(new MappedColumn(column, names.get(i), type, book.since(before)));
    }
    leftBehind(table, book);
    return new MappedTable(columns, mapping.columnMapping(), book.losses());
  }

  /**
   * {@return the text of a type's counterpart} Without a table there is nowhere to say what is
   * lost: {@link #map} does.
   *
   * @param type as it was read
   */
  public String text(DataType type) {
    LossBook unread = new LossBook(SchemaName.of("").table(""));
    return new TypeMapping(naming, unread).text(type, "", false);
  }

  private static void leftBehind(Column column, LossBook book) {
    column
        .collation()
        .ifPresent(
            name ->
                book.column(
                    column.name(),
                    LossKind.COLLATION_DROPPED,
                    name,
                    "",
                    "Texts are compared byte by byte, not by the source's collation."));
    if (column.identity()) {
      book.column(
          column.name(),
          LossKind.IDENTITY_DROPPED,
          "identity",
          "",
          "The source numbers its rows by this column; the copy takes the numbers as they come.");
    }
    column
        .defaultExpression()
        .ifPresent(
            expression ->
                book.column(
                    column.name(),
                    LossKind.DEFAULT_DROPPED,
                    expression,
                    "",
                    "The default value is in the source's dialect and isn't carried over."));
    column
        .generatedExpression()
        .ifPresent(
            expression ->
                book.column(
                    column.name(),
                    LossKind.GENERATION_DROPPED,
                    expression,
                    "",
                    "The column is computed in the source; the copy takes its values as they come."));
  }

  private static void leftBehind(TableMetadata table, LossBook book) {
    for (var key : table.uniqueKeys()) {
      dropped(
          book,
          String.join(", ", key.columns()),
          "Databricks has no unique keys; the rule is lost.");
    }
    for (var index : table.indexes()) {
      dropped(book, index.name(), "Databricks has no indexes.");
    }
    for (var check : table.checks()) {
      dropped(
          book, check.expression(), "The condition is in the source's dialect and is left out.");
    }
    table
        .partitioning()
        .ifPresent(
            partitioning ->
                book.table(
                    LossKind.PARTITIONING_DROPPED,
                    partitioning.method() + " " + String.join(", ", partitioning.columns()),
                    "",
                    "The division into partitions isn't carried over."));
  }

  private static void dropped(LossBook book, String source, String sentence) {
    book.table(LossKind.CONSTRAINT_DROPPED, source, "", sentence);
  }
}
