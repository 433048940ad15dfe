package dev.connections.store.jdbc;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

final class ProcessDeathInSqliteTest extends ProcessDeathContract {
  private Path file() {
    return directory.resolve("connections.db");
  }

  @Override
  DatabaseStore store() {
    return SqliteStore.at(file());
  }

  @Override
  List<String> address() {
    return List.of(file().toString());
  }

  @Override
  long askedByHand(String sql) throws SQLException {
    try (Connection hand = DriverManager.getConnection("jdbc:sqlite:" + file());
        Statement statement = hand.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      row.next();
      return row.getLong(1);
    }
  }

  @Override
  void byHand(String sql) throws SQLException {
    Rows.byHand(file(), sql);
  }
}
