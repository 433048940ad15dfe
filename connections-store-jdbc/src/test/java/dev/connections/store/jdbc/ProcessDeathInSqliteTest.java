package dev.connections.store.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.connections.core.Connections;
import dev.connections.core.TestStatus;
import dev.connections.core.TestSummary;
import dev.connections.core.importing.ImportListener;
import dev.connections.core.importing.ImportOptions;
import dev.connections.core.importing.SchemaDrift;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.util.List;
import org.junit.jupiter.api.Test;

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

  @Test
  void the_next_start_puts_a_killed_test_right_at_once_if_nobody_else_uses_the_file()
      throws Exception {
    TestSummary former = ada.get(id).test();
    here.close();
    killedAt(
        server.holdUses(),
        "1",
        () -> {
          try (Connections next = started(Clock.systemUTC())) {
            assertThat(next.as(ADA).get(id).test().status())
                .as("the other process lives")
                .isEqualTo(TestStatus.PENDING);
          }
        });
    server.letGo();
    try (Connections next = started(Clock.systemUTC())) {
      assertThat(next.as(ADA).get(id).test()).isEqualTo(former);
    }
  }

  @Test
  void the_next_import_after_a_killed_one_is_compared_at_once_if_nobody_else_uses_the_file()
      throws Exception {
    assertThat(imported().datasets()).isEqualTo(TABLES);
    here.close();
    server.tables(TABLES, 4);
    killedAt(
        server.holdTableAt(MIDDLE),
        "import",
        () -> assertThat(askedByHand("SELECT count(*) FROM snapshot_changes")).isPositive());
    server.letGo();
    server.tables(TABLES - 1, 3);
    try (Connections next = started(Clock.systemUTC())) {
      SchemaDrift drift =
          next.as(ADA)
              .importMetadata(id, ImportOptions.all(), ImportListener.NONE)
              .join()
              .orThrow()
              .drift()
              .orElseThrow();
      assertThat(drift.tables()).hasSize(1);
    }
  }
}
