package dev.connections.store.jdbc;

import dev.connections.core.store.ConnectionStore;
import dev.connections.core.store.ConnectionStoreContract;

final class PostgresStoreContractTest extends ConnectionStoreContract {
  @Override
  protected ConnectionStore emptyStore() {
    return PostgresServer.open(PostgresServer.emptied());
  }
}
