package dev.connections.store.jdbc;

import dev.connections.core.store.ConnectionStore;
import dev.connections.core.store.HostileTextContract;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

final class SqliteHostileTextTest extends HostileTextContract {
  @TempDir Path directory;

  @Override
  protected ConnectionStore emptyStore() {
    return SqliteStore.at(directory.resolve("connections.db"));
  }
}
