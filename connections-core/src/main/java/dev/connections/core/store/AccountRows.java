package dev.connections.core.store;

import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The rows of one account. Readers see each row whole; writers hold the lock, and what they did is
 * undone if they fail.
 */
final class AccountRows {
  private record Name(Optional<String> workspace, String name) {
    static Name of(StoredConnection row) {
      return new Name(row.workspace(), row.name());
    }
  }

  private final AcceptedKeys keys;
  private final ReentrantLock lock = new ReentrantLock();
  private final ConcurrentHashMap<String, StoredConnection> byId = new ConcurrentHashMap<>();
  private final Map<String, Belongings> belongings = new HashMap<>();
  private final Map<Name, String> names = new HashMap<>();
  private final Deque<Runnable> undo = new ArrayDeque<>();

  AccountRows(AcceptedKeys keys) {
    this.keys = keys;
  }

  <T> T atomically(Supplier<T> work) {
    lock.lock();
    boolean done = false;
    try {
      T result = work.get();
      done = true;
      return result;
    } finally {
      if (lock.getHoldCount() == 1) {
        if (!done) {
          undo.forEach(Runnable::run);
        }
        undo.clear();
      }
      lock.unlock();
    }
  }

  @Nullable StoredConnection find(String id) {
    return byId.get(id);
  }

  Collection<StoredConnection> all() {
    return List.copyOf(byId.values());
  }

  StoredConnection expect(String id, long version) {
    StoredConnection present = byId.get(id);
    if (present == null || present.version() != version) {
      throw StoreFailures.staleVersion();
    }
    return present;
  }

  /** Adds or replaces a row; the caller holds the lock. */
  void put(StoredConnection row) {
    String holder = names.get(Name.of(row));
    if (holder != null && !holder.equals(row.id())) {
      throw StoreFailures.nameTaken(row.name());
    }
    StoredConnection before = byId.get(row.id());
    keys.whileAccepted(
        row.configuration().keyId(),
        () -> {
          undo.push(before == null ? () -> take(row) : () -> place(before));
          place(row);
        });
  }

  /** Removes a row; the caller holds the lock. */
  void remove(StoredConnection row) {
    Belongings lost = belongings.remove(row.id());
    undo.push(
        () -> {
          place(row);
          if (lost != null) {
            belongings.put(row.id(), lost);
          }
        });
    take(row);
  }

  /** What takes a change back if the work fails that it belongs to; the caller holds the lock. */
  void onUndo(Runnable step) {
    undo.push(step);
  }

  /** What hangs on a connection that is there; the caller holds the lock. */
  Belongings belongings(String id) {
    return belongings.computeIfAbsent(id, none -> new Belongings());
  }

  private void place(StoredConnection row) {
    StoredConnection before = byId.put(row.id(), row);
    if (before != null) {
      names.remove(Name.of(before));
    }
    names.put(Name.of(row), row.id());
  }

  private void take(StoredConnection row) {
    byId.remove(row.id());
    names.remove(Name.of(row));
  }
}
