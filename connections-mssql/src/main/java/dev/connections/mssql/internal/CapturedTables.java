package dev.connections.mssql.internal;

import dev.connections.api.SchemaName;
import dev.connections.api.TableName;
import dev.connections.jdbc.CatalogQuery;
import dev.connections.jdbc.Session;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The tables whose changes are captured. */
final class CapturedTables {
  /** A statement takes 2,100 values, two for a name. */
  private static final int AT_ONCE = 500;

  private CapturedTables() {}

  /** Those of some tables that are captured. */
  static Set<TableName> among(Session session, Set<TableName> tables) throws SQLException {
    Set<TableName> captured = new HashSet<>();
    List<TableName> left = List.copyOf(tables);
    for (int i = 0; i < left.size(); i += AT_ONCE) {
      List<TableName> part = left.subList(i, Math.min(left.size(), i + AT_ONCE));
      captured.addAll(
          session.query(
              named(part.size()),
              statement -> {
                int next = 1;
                for (TableName table : part) {
                  statement.setString(next++, table.schema().schema());
                  statement.setString(next++, table.table());
                }
              },
              row -> SchemaName.of(row.getString(1)).table(row.getString(2))));
    }
    return captured;
  }

  private static CatalogQuery named(int tables) {
    return Queries.CDC_TABLES.with(
        "selection",
        "and ("
            + "(s.name = ? and t.name = ?) or ".repeat(tables - 1)
            + "(s.name = ? and t.name = ?))");
  }

  /** Those that could be chosen. */
  static List<String> choice(Session session) throws SQLException {
    return session.query(
        Queries.CDC_TABLES,
        Session.Binder.NONE,
        row -> SchemaName.of(row.getString(1)).table(row.getString(2)).display());
  }
}
