package dev.connections.store.jdbc;

import dev.connections.core.store.ConnectionStore;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

final class PostgresSharedCacheTest extends SharedCacheContract {
  private final String database = PostgresServer.emptied();

  @Override
  ConnectionStore store() {
    return PostgresStore.at(PostgresServer.settings(database).rowAge(Duration.ofMillis(1)).build());
  }

  /** A row is as old at most as the settings say. */
  @Override
  void settle() {
    long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(2);
    while (System.nanoTime() < end) {
      LockSupport.parkNanos(end - System.nanoTime());
    }
  }
}
