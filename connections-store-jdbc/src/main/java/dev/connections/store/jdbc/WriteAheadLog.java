package dev.connections.store.jdbc;

import java.sql.SQLException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Moves what the log beside a file has into the file, so that the log begins anew. SQLite's own way
 * never waits for a reader: while some reader always is under way, as on a busy server, the log
 * only grows, each commit tries in vain, and every read has more to look through.
 *
 * <p>So it is done once for many commits, and waits for the reads under way; those that begin
 * meanwhile aren't held up. A commit is on the disk either way. Used by the one who writes.
 */
final class WriteAheadLog {
  private static final Logger LOG = LoggerFactory.getLogger(WriteAheadLog.class);

  /** How many pages the log grows by before it is moved: 16 MB. */
  static final long PAGES = 4_000;

  /** Reads take milliseconds; a copy of the whole file takes longer, and isn't waited for. */
  private static final int WAIT_MILLIS = 100;

  private final Patience patience;
  private long moved;

  WriteAheadLog(Patience patience) {
    this.patience = patience;
  }

  /** To be called after a commit. What fails here is done after a later one. */
  void committed(Session session) {
    try {
      long pages = pages(session);
      moved = pages < moved ? 0 : moved; // it has begun anew
      if (pages - moved >= PAGES) {
        moved = pages;
        move(session);
      }
    } catch (SQLException e) {
      LOG.warn("The log of the store wasn't moved into its file (code {}).", e.getErrorCode());
    }
  }

  /** How many pages the log has. It moves nothing. */
  static long pages(Session session) throws SQLException {
    return session.first("PRAGMA wal_checkpoint(NOOP)", row -> row.getLong(2)).orElse(0L);
  }

  private void move(Session session) throws SQLException {
    session.run("PRAGMA busy_timeout = " + WAIT_MILLIS);
    try {
      session.first("PRAGMA wal_checkpoint(RESTART)", row -> row.getLong(1));
    } finally {
      session.run("PRAGMA busy_timeout = " + patience.time().toMillis());
    }
  }
}
