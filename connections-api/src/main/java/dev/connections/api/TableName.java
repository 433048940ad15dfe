package dev.connections.api;

import java.util.Comparator;
import java.util.Objects;

/**
 * The name of a table: its schema's name and its own.
 *
 * @param schema where it lies
 * @param table the table's own name
 */
public record TableName(SchemaName schema, String table) implements Comparable<TableName> {
  private static final Comparator<TableName> ORDER =
      Comparator.comparing(TableName::schema).thenComparing(TableName::table);

  /**
   * Checks that no part is null.
   *
   * @param schema where it lies
   * @param table the table's own name
   */
  public TableName {
    Objects.requireNonNull(schema, "schema");
    Objects.requireNonNull(table, "table");
  }

  @Override
  public int compareTo(TableName other) {
    return ORDER.compare(this, other);
  }

  /**
   * {@return the parts joined by dots, to be read by people; it can't be taken apart again}
   *
   * <p>A schema that is a mere dot, as the start of a tree of directories is called, is left out.
   */
  public String display() {
    return schema.display().equals(".") ? table : schema.display() + "." + table;
  }
}
