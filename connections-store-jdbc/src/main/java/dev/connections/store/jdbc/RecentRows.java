package dev.connections.store.jdbc;

import dev.connections.core.store.StoredConnection;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Rows read lately, as long as nobody wrote. Whether others did is asked once in a while, so a row
 * is that much older than what they wrote, and no older than what this store wrote.
 *
 * <p>A row is put into the generation that was there before it was read. A generation ends with a
 * write, so what a slow reader puts into an ended one is never seen.
 */
final class RecentRows implements AutoCloseable {
  private static final int MOST = 10_000;

  private record Key(String account, String id) {}

  /** Reads a row from the database. */
  @FunctionalInterface
  interface Stored {
    Optional<StoredConnection> find(String account, String id);
  }

  private final OtherWriters others;
  private final Patience patience;
  private final long boundNanos;
  private final ReentrantLock looking = new ReentrantLock();
  private volatile ConcurrentHashMap<Key, StoredConnection> generation = new ConcurrentHashMap<>();
  private volatile long lookedAt;

  RecentRows(OtherWriters others, Patience patience) {
    this.others = others;
    this.patience = patience;
    this.boundNanos = others.bound().toNanos();
    lookAtNextCall();
  }

  Optional<StoredConnection> find(String account, String id, Stored stored) {
    if (System.nanoTime() - lookedAt >= boundNanos) {
      look();
    }
    ConcurrentHashMap<Key, StoredConnection> rows = generation;
    Key key = new Key(account, id);
    StoredConnection row = rows.get(key);
    if (row != null) {
      return Optional.of(row);
    }
    Optional<StoredConnection> read = stored.find(account, id);
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
    lock();
    try {
      long now = System.nanoTime();
      if (now - lookedAt < boundNanos) {
        return; // somebody looked while we waited
      }
      if (others.mayHaveWritten()) {
        changed();
      }
      lookedAt = now;
    } finally {
      looking.unlock();
    }
  }

  private void lookAtNextCall() {
    lookedAt = System.nanoTime() - boundNanos;
  }

  private void lock() {
    if (!patience.awaits(nanos -> looking.tryLock(nanos, TimeUnit.NANOSECONDS))) {
      throw StoreStates.busy();
    }
  }

  @Override
  public void close() {
    lock();
    try {
      others.close();
      changed();
      lookAtNextCall();
    } finally {
      looking.unlock();
    }
  }
}
