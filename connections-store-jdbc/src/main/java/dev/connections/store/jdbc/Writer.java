package dev.connections.store.jdbc;

import dev.connections.api.ConnectionException;
import java.sql.SQLException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The one connection that writes. Whoever holds its lock is in a transaction, and what he does
 * within belongs to it.
 */
final class Writer implements AutoCloseable {
  private final ReentrantLock lock = new ReentrantLock(true);
  private final SqliteFile file;
  private final Runnable committed;
  private final WriteAheadLog log;
  private @Nullable Session session;
  private @Nullable ConnectionException broken;
  private boolean closed;

  Writer(SqliteFile file, Runnable committed) {
    this.file = file;
    this.committed = committed;
    this.log = new WriteAheadLog(file.patience());
  }

  /** Whether the calling thread is in a transaction. */
  boolean isMine() {
    return lock.isHeldByCurrentThread();
  }

  /** Does some work as a whole. */
  <T> T transact(Session.Work<T> work) {
    if (isMine()) {
      return join(work);
    }
    if (!file.patience().awaits(nanos -> lock.tryLock(nanos, TimeUnit.NANOSECONDS))) {
      throw StoreStates.busy();
    }
    try {
      T result = begun(work);
      committed.run();
      if (session != null) {
        log.committed(session);
      }
      return result;
    } finally {
      lock.unlock();
    }
  }

  /** Does some work within the transaction of the calling thread. */
  <T> T join(Session.Work<T> work) {
    try {
      return work.in(open());
    } catch (SQLException e) {
      ConnectionException failure = SqliteFaults.translate(e);
      if (broken == null && !SqliteFaults.leavesTransaction(e)) {
        broken = failure;
      }
      throw failure;
    }
  }

  private <T> T begun(Session.Work<T> work) {
    broken = null;
    boolean done = false;
    boolean begun = false;
    try {
      open().run("BEGIN IMMEDIATE");
      begun = true;
      T result = join(work);
      if (broken != null) {
        throw broken; // SQLite may have undone all of it, so the rest must not be kept
      }
      open().run("COMMIT");
      done = true;
      return result;
    } catch (SQLException e) {
      throw SqliteFaults.translate(e);
    } finally {
      if (begun && !done) {
        undo();
      }
    }
  }

  /** Where it can't be undone, closing does it: the next call gets a new connection. */
  private void undo() {
    Session present = session;
    if (present == null) {
      return; // closed from within
    }
    try {
      present.run("ROLLBACK");
    } catch (SQLException undoneAlready) {
      drop();
    }
  }

  private Session open() throws SQLException {
    if (closed) {
      throw StoreStates.closed();
    }
    Session present = session;
    if (present == null) {
      present = file.open();
      session = present;
    }
    return present;
  }

  private void drop() {
    Session present = session;
    session = null;
    if (present != null) {
      file.release(present);
    }
  }

  @Override
  public void close() {
    if (!file.patience().awaits(nanos -> lock.tryLock(nanos, TimeUnit.NANOSECONDS))) {
      throw StoreStates.busy();
    }
    try {
      closed = true;
      drop();
    } finally {
      lock.unlock();
    }
  }
}
