package dev.connections.store.jdbc;

import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;

/**
 * Rows that say who does something that only one may do at a time. Each holder has a number greater
 * than those before, by which its writes are known from theirs. Times are those of the database, as
 * the clocks of nodes differ. To be called in a transaction.
 */
final class LeaseRows {
  private LeaseRows() {}

  /** The number of the new holder; empty if another one holds it or the connection is gone. */
  static OptionalLong acquire(
      Session session, String account, String connection, String name, Duration time)
      throws SQLException {
    String now = session.dialect().millis();
    int taken =
        session.update(
            "INSERT INTO leases (account_id, name, connection_id, token, until)"
                + " SELECT account_id, ?, id, 1, "
                + now
                + " + ? FROM connections WHERE account_id = ? AND id = ?"
                + " ON CONFLICT (account_id, name) DO UPDATE"
                + " SET token = leases.token + 1, until = excluded.until WHERE leases.until <= "
                + now,
            name,
            time.toMillis(),
            account,
            connection);
    return taken == 0
        ? OptionalLong.empty()
        : OptionalLong.of(
            session.number(
                "SELECT token FROM leases WHERE account_id = ? AND name = ?",
                List.of(account, name)));
  }

  /** Prolongs a lease; false if somebody else has taken it since. */
  static boolean renew(Session session, String account, String name, long token, Duration time)
      throws SQLException {
    return session.update(
            "UPDATE leases SET until = "
                + session.dialect().millis()
                + " + ? WHERE account_id = ? AND name = ? AND token = ?",
            time.toMillis(),
            account,
            name,
            token)
        == 1;
  }

  /** Gives a lease back; false if somebody else has taken it since. */
  static boolean release(Session session, String account, String name, long token)
      throws SQLException {
    return session.update(
            "UPDATE leases SET until = 0 WHERE account_id = ? AND name = ? AND token = ? AND until > 0",
            account,
            name,
            token)
        == 1;
  }
}
