package dev.connections.store.jdbc;

import dev.connections.core.store.ConnectionStore;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

final class SqliteSharedCacheTest extends SharedCacheContract {
  @TempDir Path directory;

  @Override
  ConnectionStore store() {
    return SqliteStore.at(directory.resolve("connections.db"));
  }

  /** A row is a millisecond older at most than what another process wrote. */
  @Override
  void settle() throws InterruptedException {
    Thread.sleep(2);
  }
}
