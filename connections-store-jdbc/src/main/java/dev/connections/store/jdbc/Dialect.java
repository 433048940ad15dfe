package dev.connections.store.jdbc;

import java.sql.SQLException;

/** What the databases say differently. All other statements mean the same to each of them. */
enum Dialect {
  /** Of a file. */
  SQLITE {
    @Override
    String isOneOf(String column) {
      return column + " IN (SELECT value FROM json_each(?))";
    }

    @Override
    String contains(String column) {
      return "instr(" + column + ", ?) > 0";
    }

    @Override
    boolean isDuplicate(SQLException e) {
      return SqliteFaults.isDuplicate(e);
    }

    @Override
    boolean isMissingReference(SQLException e) {
      return SqliteFaults.isMissingReference(e);
    }
  };

  /** That a column has one of several texts; the value to bind is a JSON array of them. */
  abstract String isOneOf(String column);

  /** That a column holds a text, which is the value to bind. */
  abstract String contains(String column);

  /** Whether a statement failed because a row has what another one must be alone to have. */
  abstract boolean isDuplicate(SQLException e);

  /** Whether a statement failed because a row refers, or is referred to, where it must not. */
  abstract boolean isMissingReference(SQLException e);
}
