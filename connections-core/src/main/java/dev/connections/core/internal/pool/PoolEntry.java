package dev.connections.core.internal.pool;

import dev.connections.api.ConnectionAdapter;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * One adapter of the pool, from before it is opened until it is closed. Guarded by the pool's lock.
 */
final class PoolEntry {
  final AdapterKey key;

  /** Completed by whoever opens the adapter; may be waited for without the lock. */
  final CompletableFuture<ConnectionAdapter> opened = new CompletableFuture<>();

  /** Leases, and those who wait to become one. */
  int users = 1;

  /** When the last lease ended, in nanoseconds of the pool's ticker. */
  long idleSince;

  PoolEntry(AdapterKey key) {
    this.key = key;
  }

  boolean idle() {
    return users == 0;
  }

  /** What there is to close; nothing if it never opened. */
  Optional<ConnectionAdapter> adapter() {
    return opened.isDone() && !opened.isCompletedExceptionally()
        ? Optional.of(opened.join())
        : Optional.empty();
  }
}
