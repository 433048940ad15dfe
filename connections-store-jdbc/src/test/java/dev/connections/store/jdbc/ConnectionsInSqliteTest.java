package dev.connections.store.jdbc;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;

final class ConnectionsInSqliteTest extends DurableConnections {
  @TempDir Path directory;

  @Override
  SqliteStore store() {
    return SqliteStore.at(directory.resolve("store/connections.db"));
  }

  /** All files byte by byte, and a copy of the store among them. */
  @Override
  List<String> everythingWritten() throws IOException {
    try (SqliteStore store = store()) {
      store.backupTo(directory.resolve("store/copy.db"));
    }
    List<String> written = new ArrayList<>();
    try (Stream<Path> files = Files.list(directory.resolve("store"))) {
      for (Path each : files.toList()) {
        written.add(new String(Files.readAllBytes(each), StandardCharsets.ISO_8859_1));
      }
    }
    return written;
  }
}
