package dev.connections.store.jdbc;

import dev.connections.core.store.CachedMetadataContract;
import dev.connections.core.store.ConnectionStore;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

final class SqliteMetadataTest extends CachedMetadataContract {
  @TempDir Path directory;

  @Override
  protected ConnectionStore emptyStore() {
    return SqliteStore.at(directory.resolve("connections.db"));
  }
}
