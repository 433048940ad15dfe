package dev.connections.store.jdbc;

import dev.connections.core.audit.AuditTrail;
import dev.connections.core.store.AuditTrailContract;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;

final class SqliteAuditTrailTest extends AuditTrailContract {
  @TempDir Path directory;
  private SqliteStore store;

  @Override
  protected AuditTrail emptyTrail() {
    store = SqliteStore.at(directory.resolve("connections.db"));
    return store.audit();
  }

  @AfterEach
  void close() {
    store.close();
  }
}
