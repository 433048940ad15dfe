package dev.connections.store.jdbc;

import java.sql.SQLException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What processes that died have left behind: tests that nobody will end, and rights that nobody
 * uses any more. It would be over by itself after a time; who knows that nobody else lives needn't
 * wait for that.
 */
final class LeftBehind {
  private static final Logger LOG = LoggerFactory.getLogger(LeftBehind.class);

  /** There are few of them, in an index of their own. */
  static final String TESTS =
      "UPDATE connections SET pending_test = NULL, pending_until = NULL"
          + " WHERE pending_test IS NOT NULL";

  private LeftBehind() {}

  /** Puts it right. What can't be written now is left to its time: the store can be read. */
  static void clear(SqliteFile file) {
    try (Session session = file.open()) {
      session.update("BEGIN IMMEDIATE");
      session.update(TESTS);
      session.update("UPDATE leases SET until = 0 WHERE until > 0");
      session.update(
          "UPDATE connection_tokens SET lease_holder = NULL, lease_until = NULL"
              + " WHERE lease_holder IS NOT NULL");
      session.update("COMMIT");
    } catch (SQLException e) {
      LOG.warn(
          "What a process that died has left in the store couldn't be put right (code {}).",
          e.getErrorCode());
    }
  }
}
