package dev.connections.databricks.internal;

import dev.connections.api.Operation;
import dev.connections.api.RowPreview;
import dev.connections.api.TableName;
import dev.connections.jdbc.Sample;
import java.util.function.BiConsumer;
import java.util.function.Function;

/** Shows the first rows of a table. */
final class FirstRows implements RowPreview {
  /** A preview is to be looked at; more than this nobody reads. */
  private static final int MOST = 1_000;

  private final WorkspaceSql sql;
  private final Function<TableName, String> spelling;
  private final BiConsumer<TableName, Operation> check;

  /**
   * Previews by a connection's own statements.
   *
   * @param spelling how a statement names a table
   * @param check refuses a name that isn't one of the connection's tables
   */
  FirstRows(
      WorkspaceSql sql,
      Function<TableName, String> spelling,
      BiConsumer<TableName, Operation> check) {
    this.sql = sql;
    this.spelling = spelling;
    this.check = check;
  }

  @Override
  public RowSample preview(TableName table, int rows, Operation operation) {
    int limit = Math.max(1, Math.min(rows, MOST));
    check.accept(table, operation);
    String text = "SELECT * FROM " + spelling.apply(table) + " LIMIT " + (limit + 1);
    return sql.call("preview", operation, session -> Sample.of(session, text, limit));
  }
}
