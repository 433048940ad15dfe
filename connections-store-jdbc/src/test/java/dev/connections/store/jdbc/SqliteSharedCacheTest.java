package dev.connections.store.jdbc;

import dev.connections.core.store.ConnectionStore;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.io.TempDir;

final class SqliteSharedCacheTest extends SharedCacheContract {
  @TempDir Path directory;

  @Override
  ConnectionStore store() {
    return SqliteStore.at(directory.resolve("connections.db"));
  }

  /** A row is a millisecond older at most than what another process wrote. */
  @Override
  void settle() {
    long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(2);
    while (System.nanoTime() < end) {
      LockSupport.parkNanos(end - System.nanoTime());
    }
  }
}
