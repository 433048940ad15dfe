package dev.connections.mssql.internal;

import dev.connections.api.SchemaName;
import dev.connections.api.TableName;
import dev.connections.jdbc.Session;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The tables whose changes are captured. */
final class CapturedTables {
  /** A statement takes 2,100 values, three for a name. */
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
              Queries.capturedNamed(part.size()),
              statement -> Queries.bind(statement, part),
              row -> SchemaName.of(row.getString(1)).table(row.getString(2))));
    }
    return captured;
  }

  /** Those that could be chosen. */
  static List<String> choice(Session session) throws SQLException {
    return session.query(
        Queries.CDC_CHOICE,
        Session.Binder.NONE,
        row -> SchemaName.of(row.getString(1)).table(row.getString(2)).display());
  }
}
