package dev.connections.store.jdbc;

import java.sql.SQLException;
import java.util.List;

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
    String lastTested() {
      return "coalesce(last_tested_at, '" + NEVER + "')";
    }

    @Override
    String millis() {
      return "CAST((julianday('now') - 2440587.5) * 86400000 AS INTEGER)";
    }

    @Override
    boolean isDuplicate(SQLException e) {
      return SqliteFaults.isDuplicate(e);
    }

    @Override
    boolean isMissingReference(SQLException e) {
      return SqliteFaults.isMissingReference(e);
    }

    @Override
    void awaitTurn(Session session, String account) {
      // There is one writer.
    }

    @Override
    long cutAudit(Session session, String account, long last) throws SQLException {
      session.update(
          "INSERT INTO audit_cuts (account_id, sequence, hash)"
              + " SELECT account_id, sequence, hash FROM audit_log WHERE account_id = ? AND sequence = ?"
              + " ON CONFLICT (account_id)"
              + " DO UPDATE SET sequence = excluded.sequence, hash = excluded.hash",
          account,
          last);
      return session.update(
          "DELETE FROM audit_log WHERE account_id = ? AND sequence <= ?", account, last);
    }
  },

  /** Of a server. */
  POSTGRESQL {
    @Override
    String isOneOf(String column) {
      return column + " = ANY (ARRAY(SELECT json_array_elements_text(CAST(? AS json))))";
    }

    @Override
    String contains(String column) {
      return "strpos(" + column + ", ?) > 0";
    }

    /** Row-level security keeps coalesce out of an index's bounds, which may not leak anything. */
    @Override
    String lastTested() {
      return "CASE WHEN last_tested_at IS NULL THEN '" + NEVER + "' ELSE last_tested_at END";
    }

    @Override
    String millis() {
      return "CAST(extract(epoch FROM clock_timestamp()) * 1000 AS bigint)";
    }

    @Override
    boolean isDuplicate(SQLException e) {
      return PostgresFaults.isDuplicate(e);
    }

    @Override
    boolean isMissingReference(SQLException e) {
      return PostgresFaults.isMissingReference(e);
    }

    @Override
    void awaitTurn(Session session, String account) throws SQLException {
      session.first(
          "SELECT pg_advisory_xact_lock(?, ?)", row -> account, AUDIT_LOCKS, account.hashCode());
    }

    /**
     * The application may not delete records; the function takes the account from the transaction.
     */
    @Override
    long cutAudit(Session session, String account, long last) throws SQLException {
      return session.number("SELECT audit_log_cut(?)", List.of(last));
    }
  };

  /** The epoch, which stands for a connection that was never tested. */
  private static final String NEVER = "1970-01-01T00:00:00.000000000Z";

  /** Marks our locks off from those of others in the database. */
  private static final int AUDIT_LOCKS = 1_131_376_238;

  /** That a column has one of several texts; the value to bind is a JSON array of them. */
  abstract String isOneOf(String column);

  /** That a column holds a text, which is the value to bind. */
  abstract String contains(String column);

  /** The time of the last test as lists are sorted by it; an index has it in the same words. */
  abstract String lastTested();

  /** The milliseconds since 1970, by the database's clock. */
  abstract String millis();

  /** Whether a statement failed because a row has what another one must be alone to have. */
  abstract boolean isDuplicate(SQLException e);

  /** Whether a statement failed because a row refers, or is referred to, where it must not. */
  abstract boolean isMissingReference(SQLException e);

  /**
   * Waits until no other transaction writes the audit log of an account: only then is the record
   * that is last the one to go on from. It counts until the end of the transaction; accounts that
   * share a lock by chance wait for each other.
   */
  abstract void awaitTurn(Session session, String account) throws SQLException;

  /** Cuts audit records off, up to one that is there; gives how many they were. */
  abstract long cutAudit(Session session, String account, long last) throws SQLException;
}
