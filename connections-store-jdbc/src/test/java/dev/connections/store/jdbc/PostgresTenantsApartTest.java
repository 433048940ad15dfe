package dev.connections.store.jdbc;

import dev.connections.core.store.ConnectionStore;
import dev.connections.core.store.TenantsApartContract;

final class PostgresTenantsApartTest extends TenantsApartContract {
  @Override
  protected ConnectionStore emptyStore() {
    return PostgresServer.open(PostgresServer.emptied());
  }
}
