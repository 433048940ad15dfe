package dev.connections.store.jdbc;

import dev.connections.core.store.CachedMetadataContract;
import dev.connections.core.store.ConnectionStore;

final class PostgresMetadataTest extends CachedMetadataContract {
  @Override
  protected ConnectionStore emptyStore() {
    return PostgresServer.open(PostgresServer.emptied());
  }
}
