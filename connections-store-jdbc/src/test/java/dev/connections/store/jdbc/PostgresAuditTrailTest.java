package dev.connections.store.jdbc;

import dev.connections.core.audit.AuditTrail;
import dev.connections.core.store.AuditTrailContract;
import org.junit.jupiter.api.AfterEach;

final class PostgresAuditTrailTest extends AuditTrailContract {
  private PostgresStore store;

  @Override
  protected AuditTrail emptyTrail() {
    store = PostgresServer.open(PostgresServer.emptied());
    return store.audit();
  }

  @AfterEach
  void close() {
    store.close();
  }
}
