package dev.connections.store.jdbc;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.io.TempDir;

final class TamperingInSqliteTest extends TamperingContract {
  @TempDir Path directory;

  @Override
  SqliteStore emptyStore() {
    return SqliteStore.at(directory.resolve("connections.db"));
  }

  @Override
  Connection hand() throws SQLException {
    Connection hand =
        DriverManager.getConnection("jdbc:sqlite:" + directory.resolve("connections.db"));
    try (Statement statement = hand.createStatement()) {
      statement.execute("DROP TRIGGER audit_log_keeps_records");
      statement.execute("PRAGMA synchronous = OFF");
    }
    return hand;
  }
}
