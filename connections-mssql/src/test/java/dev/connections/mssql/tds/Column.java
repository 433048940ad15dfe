package dev.connections.mssql.tds;

/**
 * A column of an answer.
 *
 * @param name its name
 * @param type its type
 */
public record Column(String name, ColumnType type) {
  /** {@return a column} */
  public static Column of(String name, ColumnType type) {
    return new Column(name, type);
  }
}
