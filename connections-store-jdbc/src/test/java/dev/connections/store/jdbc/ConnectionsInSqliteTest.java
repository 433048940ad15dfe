package dev.connections.store.jdbc;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
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

  @Override
  Map<String, Long> rowsOf(String account) throws SQLException {
    Map<String, Long> rows = new TreeMap<>();
    try (Connection hand =
            DriverManager.getConnection(
                "jdbc:sqlite:" + directory.resolve("store/connections.db"));
        Statement statement = hand.createStatement()) {
      try (ResultSet tables =
          statement.executeQuery(
              "SELECT m.name FROM sqlite_master m, pragma_table_info(m.name) c"
                  + " WHERE m.type = 'table' AND c.name = 'account_id'")) {
        while (tables.next()) {
          rows.put(tables.getString(1), 0L);
        }
      }
      for (String table : rows.keySet()) {
        try (ResultSet count =
            statement.executeQuery(
                "SELECT count(*) FROM " + table + " WHERE account_id = '" + account + "'")) {
          count.next();
          rows.put(table, count.getLong(1));
        }
      }
    }
    return rows;
  }
}
