package dev.connections.store.jdbc;

import java.sql.SQLException;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** A few connections that only read. They see what was committed last, and wait for no writer. */
final class Readers implements AutoCloseable {
  private static final int MOST = 8;

  private final SqliteFile file;
  private final Semaphore free = new Semaphore(MOST, true);
  private final ConcurrentLinkedDeque<Session> idle = new ConcurrentLinkedDeque<>();
  private volatile boolean closed;

  Readers(SqliteFile file) {
    this.file = file;
  }

  <T> T read(Session.Work<T> work) {
    if (!file.patience().awaits(nanos -> free.tryAcquire(nanos, TimeUnit.NANOSECONDS))) {
      throw StoreStates.busy();
    }
    try {
      if (closed) {
        throw StoreStates.closed();
      }
      return on(take(), work);
    } catch (SQLException e) {
      throw SqliteFaults.translate(e);
    } finally {
      free.release();
    }
  }

  private Session take() throws SQLException {
    Session session = idle.pollLast();
    return session == null ? file.openToRead() : session;
  }

  /** A session on which something failed isn't used again. */
  private <T> T on(Session session, Session.Work<T> work) throws SQLException {
    boolean done = false;
    try {
      T result = work.in(session);
      done = true;
      return result;
    } finally {
      if (done) {
        idle.addLast(session);
      } else {
        file.release(session);
      }
    }
  }

  /** Waits for the reads under way; one that is still there afterwards keeps its session. */
  @Override
  public void close() {
    closed = true;
    boolean all =
        file.patience().awaits(nanos -> free.tryAcquire(MOST, nanos, TimeUnit.NANOSECONDS));
    Session session = idle.pollLast();
    while (session != null) {
      file.release(session);
      session = idle.pollLast();
    }
    if (all) {
      free.release(MOST);
    }
  }
}
