package dev.connections.mssql.internal;

import dev.connections.api.Notice;
import dev.connections.api.NoticeCode;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;

/**
 * The rights of a login that decide what it sees. SQL Server shows a login only objects it has a
 * right on, and no right tells how many others there are.
 *
 * @param definitions VIEW DEFINITION on the database: all objects, with their texts
 * @param rows SELECT on the database
 * @param sensitivity VIEW ANY SENSITIVITY CLASSIFICATION
 * @param captured SELECT on the schema of change data capture; empty where it isn't enabled
 * @param user the user in the database
 */
record Rights(
    Optional<Boolean> definitions,
    Optional<Boolean> rows,
    Optional<Boolean> sensitivity,
    Optional<Boolean> captured,
    String user) {

  static Rights read(ResultSet row) throws SQLException {
    return new Rights(
        right(row, 1), right(row, 2), right(row, 3), right(row, 4), Rows.orEmpty(row.getString(5)));
  }

  private static Optional<Boolean> right(ResultSet row, int column) throws SQLException {
    boolean has = row.getBoolean(column);
    return row.wasNull() ? Optional.empty() : Optional.of(has);
  }

  /** Whether objects may be hidden; a server that doesn't tell is believed to show all. */
  boolean hides() {
    return definitions.filter(has -> !has).isPresent();
  }

  /** What shows everything, ready to be run. */
  String grant() {
    return "GRANT VIEW DEFINITION TO " + Names.quoted(user) + ";";
  }

  /** That what is listed may not be all there is. */
  Notice hidden() {
    return Notice.of(
            NoticeCode.HIDDEN_BY_PERMISSION,
            new Notice.Scope.Source(),
            "This login lacks the right VIEW DEFINITION: tables it has no right on aren't listed and"
                + " can't be counted, and texts of views, defaults and checks may be missing.")
        .withRemedy("Run: " + grant());
  }
}
