package dev.connections.store.jdbc;

import dev.connections.core.store.ConnectionStore;
import dev.connections.core.store.QuotaRowsContract;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

final class SqliteQuotasTest extends QuotaRowsContract {
  @TempDir Path directory;

  @Override
  protected ConnectionStore emptyStore() {
    return SqliteStore.at(directory.resolve("connections.db"));
  }
}
