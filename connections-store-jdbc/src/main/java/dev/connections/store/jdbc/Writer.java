package dev.connections.store.jdbc;

import dev.connections.api.ConnectionException;
import java.sql.SQLException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The one connection that writes. Whoever has the turn is in a transaction, and what he does within
 * belongs to it.
 *
 * <p>Where others wait for their turn, he doesn't commit but leaves his transaction to the next
 * one, and waits for the commit that keeps the work of them all: a commit waits for the disk, and
 * so they wait once. What one of them does is undone alone if it fails.
 */
final class Writer implements AutoCloseable {
  private static final String BEGIN = "BEGIN IMMEDIATE";
  private static final String COMMIT = "COMMIT";
  private static final String ROLLBACK = "ROLLBACK";
  private static final String BEGIN_PART = "SAVEPOINT part";
  private static final String END_PART = "RELEASE part";
  private static final String UNDO_PART = "ROLLBACK TO part";

  private final SqliteFile file;
  private final Runnable committed;
  private final WriteAheadLog log;
  private final Turns turns;

  // What follows is reached by whoever has the turn.
  private @Nullable SharedCommit present;
  private @Nullable Session session;
  private @Nullable ConnectionException broken;
  private boolean closed;

  /** The second is told of each commit, before any of its members is answered. */
  Writer(SqliteFile file, Runnable committed) {
    this(file, committed, new Turns(file.patience()));
  }

  Writer(SqliteFile file, Runnable committed, Turns turns) {
    this.file = file;
    this.committed = committed;
    this.log = new WriteAheadLog(file, turns);
    this.turns = turns;
  }

  /** Whether the calling thread is in a transaction. */
  boolean isMine() {
    return turns.isMine();
  }

  /**
   * Does some work as a whole; it is on the disk when this returns.
   *
   * @param shares whether one commit may keep it together with the work of others, who then wait
   *     for each other; false for what takes long
   */
  <T> T transact(Session.Work<T> work, boolean shares) {
    if (isMine()) {
      return join(work);
    }
    if (!turns.take(shares)) {
      throw StoreStates.busy();
    }
    SharedCommit shared = begun();
    boolean done = false;
    try {
      T result = shared.isEmpty() ? alone(work) : part(work);
      done = true;
      return result;
    } finally {
      end(shared, done, shares);
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

  /** The transaction that the one before has left, or a new one. */
  private SharedCommit begun() {
    SharedCommit shared = present;
    if (shared != null) {
      return shared;
    }
    boolean begun = false;
    try {
      open().update(BEGIN);
      begun = true;
      shared = new SharedCommit();
      present = shared;
      return shared;
    } catch (SQLException e) {
      throw SqliteFaults.translate(e);
    } finally {
      if (!begun) {
        turns.end();
      }
    }
  }

  private <T> T alone(Session.Work<T> work) {
    broken = null;
    T result = join(work);
    if (broken != null) {
      throw broken; // SQLite may have undone all of it, so the rest must not be kept
    }
    if (closed) {
      throw StoreStates.closed();
    }
    return result;
  }

  private <T> T part(Session.Work<T> work) {
    try {
      open().update(BEGIN_PART);
      T result = alone(work);
      open().update(END_PART);
      return result;
    } catch (SQLException e) {
      throw SqliteFaults.translate(e);
    }
  }

  /**
   * Ends a member's part. What he hears is the end of the transaction also where his own work has
   * failed: it may have seen what others did in it.
   */
  private void end(SharedCommit shared, boolean done, boolean shares) {
    boolean passed = false;
    try {
      if (!done) {
        undo(shared);
      }
      if (done || !shared.isEmpty()) {
        shared.add();
        passed = !shared.hasEnded() && shares && shared.mayGrow() && turns.passOn();
        if (!passed && !shared.hasEnded()) {
          commit(shared);
        }
      }
    } finally {
      if (!passed) {
        present = null;
        shared.end();
        turns.end();
      }
    }
    if (!shared.isEmpty()) {
      shared.await(file.patience());
    }
  }

  private void undo(SharedCommit shared) {
    Session mine = session;
    if (mine == null) {
      shared.failed(StoreStates::closed); // from within
      shared.end();
      return;
    }
    try {
      if (shared.isEmpty()) {
        mine.update(ROLLBACK);
      } else {
        mine.update(UNDO_PART);
        mine.update(END_PART);
      }
    } catch (SQLException e) {
      ConnectionException cause = broken; // what has undone the work of all
      lost(shared, () -> cause == null ? SqliteFaults.translate(e) : cause.failure().asException());
    }
  }

  private void commit(SharedCommit shared) {
    try {
      Session mine = open();
      mine.update(COMMIT);
      shared.committed();
      committed.run();
      shared.end();
      log.committed(mine);
    } catch (SQLException e) {
      lost(shared, () -> SqliteFaults.translate(e));
    }
  }

  /** Where it can't be undone, closing does it: the next call gets a new connection. */
  private void lost(SharedCommit shared, Supplier<ConnectionException> why) {
    try {
      open().update(ROLLBACK);
    } catch (SQLException undoneAlready) {
      drop();
    }
    shared.failed(why);
    shared.end();
  }

  private Session open() throws SQLException {
    if (closed) {
      throw StoreStates.closed();
    }
    Session mine = session;
    if (mine == null) {
      mine = file.open();
      session = mine;
    }
    return mine;
  }

  private void drop() {
    Session mine = session;
    session = null;
    if (mine != null) {
      file.release(mine);
    }
  }

  @Override
  public void close() {
    boolean within = isMine();
    if (!within) {
      log.close();
      if (!turns.take(false)) {
        throw StoreStates.busy();
      }
    }
    try {
      closed = true;
      drop();
    } finally {
      if (!within) {
        turns.end();
      }
    }
  }
}
