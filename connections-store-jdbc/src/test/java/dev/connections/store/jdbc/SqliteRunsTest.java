package dev.connections.store.jdbc;

import dev.connections.core.store.ConnectionStore;
import dev.connections.core.store.RunHistoryContract;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

final class SqliteRunsTest extends RunHistoryContract {
  @TempDir Path directory;

  @Override
  protected ConnectionStore emptyStore() {
    return SqliteStore.at(directory.resolve("connections.db"));
  }
}
