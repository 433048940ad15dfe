package dev.connections.store.jdbc;

import dev.connections.core.store.AccessContract;
import dev.connections.core.store.ConnectionStore;

final class PostgresAccessTest extends AccessContract {
  @Override
  protected ConnectionStore emptyStore() {
    return PostgresServer.open(PostgresServer.emptied());
  }
}
