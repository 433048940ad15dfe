package dev.connections.store.jdbc;

import dev.connections.core.store.AccessContract;
import dev.connections.core.store.ConnectionStore;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

final class SqliteAccessTest extends AccessContract {
  @TempDir Path directory;

  @Override
  protected ConnectionStore emptyStore() {
    return SqliteStore.at(directory.resolve("connections.db"));
  }
}
