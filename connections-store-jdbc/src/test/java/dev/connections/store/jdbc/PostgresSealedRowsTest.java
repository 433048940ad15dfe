package dev.connections.store.jdbc;

import dev.connections.core.store.ConnectionStore;
import dev.connections.core.store.SealedRowsContract;

final class PostgresSealedRowsTest extends SealedRowsContract {
  @Override
  protected ConnectionStore emptyStore() {
    return PostgresServer.open(PostgresServer.emptied());
  }
}
