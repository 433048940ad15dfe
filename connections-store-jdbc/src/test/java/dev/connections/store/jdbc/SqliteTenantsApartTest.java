package dev.connections.store.jdbc;

import dev.connections.core.store.ConnectionStore;
import dev.connections.core.store.TenantsApartContract;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

final class SqliteTenantsApartTest extends TenantsApartContract {
  @TempDir Path directory;

  @Override
  protected ConnectionStore emptyStore() {
    return SqliteStore.at(directory.resolve("connections.db"));
  }
}
