package dev.connections.store.jdbc;

import dev.connections.core.store.ConnectionStore;
import dev.connections.core.store.TokenRowsContract;

final class PostgresTokenRowsTest extends TokenRowsContract {
  @Override
  protected ConnectionStore emptyStore() {
    return PostgresServer.open(PostgresServer.newDatabase());
  }
}
