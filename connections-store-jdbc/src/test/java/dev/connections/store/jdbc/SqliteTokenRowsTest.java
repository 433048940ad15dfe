package dev.connections.store.jdbc;

import dev.connections.core.store.ConnectionStore;
import dev.connections.core.store.TokenRowsContract;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

final class SqliteTokenRowsTest extends TokenRowsContract {
  @TempDir Path directory;

  @Override
  protected ConnectionStore emptyStore() {
    return SqliteStore.at(directory.resolve("connections.db"));
  }
}
