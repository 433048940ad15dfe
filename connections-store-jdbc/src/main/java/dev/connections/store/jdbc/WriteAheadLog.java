package dev.connections.store.jdbc;

import java.sql.SQLException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Moves what the log beside a file has into the file, so that the log begins anew. SQLite's own way
 * never waits for a reader: while some reader always is under way, as on a busy server, the log
 * only grows, each commit tries in vain, and every read has more to look through.
 *
 * <p>So it is done once for many commits, on a thread and a connection of its own: no commit waits
 * for it. Only at the end, when next to nothing is left to move, it takes a turn among those who
 * write, and waits for the reads under way; those that begin meanwhile aren't held up. A commit is
 * on the disk either way.
 */
final class WriteAheadLog implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(WriteAheadLog.class);

  /** How many pages the log grows by before it is moved: 16 MB. */
  static final long PAGES = 4_000;

  /** Reads take milliseconds; a copy of the whole file takes longer, and isn't waited for. */
  private static final int WAIT_MILLIS = 100;

  private static final long IDLE_SECONDS = 10;

  private final SqliteFile file;
  private final Turns turns;
  private final ThreadPoolExecutor mover =
      new ThreadPoolExecutor(
          1,
          1,
          IDLE_SECONDS,
          TimeUnit.SECONDS,
          new LinkedBlockingQueue<>(),
          WriteAheadLog::thread,
          new ThreadPoolExecutor.DiscardPolicy()); // a store that is being closed
  private final AtomicBoolean moving = new AtomicBoolean();
  private long moved;

  WriteAheadLog(SqliteFile file, Turns turns) {
    this.file = file;
    this.turns = turns;
    mover.allowCoreThreadTimeOut(true);
  }

  private static Thread thread(Runnable work) {
    Thread thread = new Thread(work, "connections-store-log");
    thread.setDaemon(true);
    return thread;
  }

  /**
   * To be called after a commit, by who has the turn. What fails here is done after a later one.
   */
  void committed(Session session) {
    try {
      long pages = pages(session);
      moved = pages < moved ? 0 : moved; // it has begun anew
      if (pages - moved >= PAGES && moving.compareAndSet(false, true)) {
        moved = pages;
        mover.execute(this::move);
      }
    } catch (SQLException e) {
      LOG.warn("The log of the store couldn't be looked at (code {}).", e.getErrorCode());
    }
  }

  /** How many pages the log has. It moves nothing. */
  static long pages(Session session) throws SQLException {
    return session.first("PRAGMA wal_checkpoint(NOOP)", row -> row.getLong(2)).orElse(0L);
  }

  private void move() {
    try (Session session = file.open()) {
      session.first("PRAGMA wal_checkpoint(PASSIVE)", row -> row.getLong(1));
      if (turns.take(false)) {
        try {
          session.run("PRAGMA busy_timeout = " + WAIT_MILLIS);
          session.first("PRAGMA wal_checkpoint(RESTART)", row -> row.getLong(1));
        } finally {
          turns.end();
        }
      }
    } catch (SQLException e) {
      LOG.warn("The log of the store wasn't moved into its file (code {}).", e.getErrorCode());
    } finally {
      moving.set(false);
    }
  }

  /** Waits for the end of what is being moved. */
  @Override
  public void close() {
    mover.shutdown();
    if (!file.patience().awaits(nanos -> mover.awaitTermination(nanos, TimeUnit.NANOSECONDS))) {
      LOG.warn("The log of the store is still being moved into its file.");
    }
  }
}
