package dev.connections.mssql.internal;

import dev.connections.api.Operation;
import dev.connections.api.RowPreview;
import dev.connections.api.TableName;
import dev.connections.jdbc.Database;
import dev.connections.jdbc.Session;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Shows the first rows of a table. */
final class FirstRows implements RowPreview {
  /** A preview is to be looked at; more than this nobody reads. */
  private static final int MOST = 1_000;

  private final Database database;
  private final Catalog catalog;

  FirstRows(Database database, Catalog catalog) {
    this.database = database;
    this.catalog = catalog;
  }

  @Override
  public RowSample preview(TableName table, int rows, Operation operation) {
    Operation call = database.during(operation);
    int limit = Math.max(1, Math.min(rows, MOST));
    catalog.find(
        table, catalog.gaps(call)); // a name that isn't in the catalog never gets into a query
    String sql = "select top (" + (limit + 1) + ") * from " + Names.quoted(table);
    return database.call("preview", call, session -> sample(session, sql, limit));
  }

  private static RowSample sample(Session session, String sql, int limit) throws SQLException {
    List<String> columns = new ArrayList<>();
    List<List<Optional<Object>>> rows =
        session.query(
            sql,
            Session.Binder.NONE,
            names -> {
              for (int i = 1; i <= names.getColumnCount(); i++) {
                columns.add(names.getColumnName(i));
              }
            },
            FirstRows::row);
    boolean more = rows.size() > limit;
    return new RowSample(columns, more ? rows.subList(0, limit) : rows, more);
  }

  private static List<Optional<Object>> row(ResultSet row) throws SQLException {
    int columns = row.getMetaData().getColumnCount();
    List<Optional<Object>> values = new ArrayList<>(columns);
    for (int i = 1; i <= columns; i++) {
      Object value = row.getObject(i);
      // Types of the driver's own don't leave it; their text says the same.
      boolean plain =
          value == null
              || value instanceof Boolean
              || value instanceof Number
              || value instanceof String
              || value instanceof byte[];
      values.add(Optional.ofNullable(plain ? value : value.toString()));
    }
    return values;
  }
}
