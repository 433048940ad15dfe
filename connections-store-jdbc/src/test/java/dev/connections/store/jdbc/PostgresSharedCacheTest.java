package dev.connections.store.jdbc;

import dev.connections.core.store.ConnectionStore;
import java.time.Duration;

final class PostgresSharedCacheTest extends SharedCacheContract {
  private final String database = PostgresServer.newDatabase();

  @Override
  ConnectionStore store() {
    return PostgresStore.at(PostgresServer.settings(database).rowAge(Duration.ofMillis(1)).build());
  }

  /** A row is as old at most as the settings say. */
  @Override
  void settle() throws InterruptedException {
    Thread.sleep(2);
  }
}
