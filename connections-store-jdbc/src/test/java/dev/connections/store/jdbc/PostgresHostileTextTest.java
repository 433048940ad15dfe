package dev.connections.store.jdbc;

import dev.connections.core.store.ConnectionStore;
import dev.connections.core.store.HostileTextContract;

final class PostgresHostileTextTest extends HostileTextContract {
  @Override
  protected ConnectionStore emptyStore() {
    return PostgresServer.open(PostgresServer.emptied());
  }
}
