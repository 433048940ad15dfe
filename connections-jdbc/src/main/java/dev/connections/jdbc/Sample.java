package dev.connections.jdbc;

import dev.connections.api.RowPreview;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Rows of a query, to be looked at. */
public final class Sample {
  private Sample() {}

  /**
   * {@return what a query gives, up to a limit}
   *
   * @param session runs it
   * @param sql a query for one row more than the limit
   * @param limit how many rows there are at most
   * @throws SQLException as the driver throws it
   */
  public static RowPreview.RowSample of(Session session, String sql, int limit)
      throws SQLException {
    List<String> columns = new ArrayList<>();
    List<List<Optional<Object>>> rows =
        session.query(
            sql,
            Session.Binder.NONE,
            names -> {
              for (int i = 1; i <= names.getColumnCount(); i++) {
                columns.add(names.getColumnLabel(i));
              }
            },
            Sample::row);
    boolean more = rows.size() > limit;
    return new RowPreview.RowSample(columns, more ? rows.subList(0, limit) : rows, more);
  }

  private static List<Optional<Object>> row(ResultSet row) throws SQLException {
    int columns = row.getMetaData().getColumnCount();
    List<Optional<Object>> values = new ArrayList<>(columns);
    for (int i = 1; i <= columns; i++) {
      Object value = row.getObject(i);
      // Types of the driver's own don't leave it; the database's text says the same.
      boolean plain =
          value == null
              || value instanceof Boolean
              || value instanceof Number
              || value instanceof String
              || value instanceof byte[];
      values.add(Optional.ofNullable(plain ? value : row.getString(i)));
    }
    return values;
  }
}
