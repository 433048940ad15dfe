package dev.connections.store.jdbc;

import dev.connections.core.store.ConnectionStore;
import dev.connections.core.store.QuotaRowsContract;

final class PostgresQuotasTest extends QuotaRowsContract {
  @Override
  protected ConnectionStore emptyStore() {
    return PostgresServer.open(PostgresServer.emptied());
  }
}
