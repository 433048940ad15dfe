package dev.connections.store.jdbc;

import dev.connections.core.store.StoredConnection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Rows read lately, as long as nobody wrote. SQLite counts what other connections commit; the count
 * is looked at once a millisecond at most, so a row is that much older than what another process
 * wrote, and no older than what this store wrote.
 *
 * <p>A row is put into the generation that was there before it was read. A generation ends with a
 * write, so what a slow reader puts into an ended one is never seen.
 */
final class RecentRows implements AutoCloseable {
  private static final long LOOK_AGAIN_NANOS = TimeUnit.MILLISECONDS.toNanos(1);
  private static final int MOST = 10_000;

  private record Key(String account, String id) {}

  private final SqliteFile file;
  private final ReentrantLock looking = new ReentrantLock();
  private volatile ConcurrentHashMap<Key, StoredConnection> generation = new ConcurrentHashMap<>();
  private volatile long lookedAt = System.nanoTime() - LOOK_AGAIN_NANOS;
  private @Nullable Session watch;
  private long count;
  private boolean closed;

  RecentRows(SqliteFile file) {
    this.file = file;
  }

  Optional<StoredConnection> find(
      String account, String id, Supplier<Optional<StoredConnection>> stored) {
    if (System.nanoTime() - lookedAt >= LOOK_AGAIN_NANOS) {
      look();
    }
    ConcurrentHashMap<Key, StoredConnection> rows = generation;
    Key key = new Key(account, id);
    StoredConnection row = rows.get(key);
    if (row != null) {
      return Optional.of(row);
    }
    Optional<StoredConnection> read = stored.get();
    if (rows.size() >= MOST) {
      changed();
    } else {
      read.ifPresent(found -> rows.put(key, found));
    }
    return read;
  }

  /** To be called after each commit of this store, before its caller hears of it. */
  void changed() {
    generation = new ConcurrentHashMap<>();
  }

  private void look() {
    if (!file.patience().awaits(nanos -> looking.tryLock(nanos, TimeUnit.NANOSECONDS))) {
      throw StoreStates.busy();
    }
    try {
      long now = System.nanoTime();
      if (now - lookedAt < LOOK_AGAIN_NANOS) {
        return; // somebody looked while we waited
      }
      long present = session().number("PRAGMA data_version", List.of());
      if (present != count) {
        count = present;
        changed();
      }
      lookedAt = now;
    } catch (SQLException e) {
      drop();
      throw SqliteFaults.translate(e);
    } finally {
      looking.unlock();
    }
  }

  private Session session() throws SQLException {
    if (closed) {
      throw StoreStates.closed();
    }
    Session present = watch;
    if (present == null) {
      present = file.openToRead();
      watch = present;
      changed(); // a new connection counts from another number
    }
    return present;
  }

  private void drop() {
    Session present = watch;
    watch = null;
    if (present != null) {
      file.release(present);
    }
  }

  @Override
  public void close() {
    if (!file.patience().awaits(nanos -> looking.tryLock(nanos, TimeUnit.NANOSECONDS))) {
      throw StoreStates.busy();
    }
    try {
      closed = true;
      changed();
      lookedAt = System.nanoTime() - LOOK_AGAIN_NANOS;
      drop();
    } finally {
      looking.unlock();
    }
  }
}
