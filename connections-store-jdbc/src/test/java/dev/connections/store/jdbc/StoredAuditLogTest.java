package dev.connections.store.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.connections.core.CoreErrorCode;
import dev.connections.core.audit.AuditOperation;
import dev.connections.core.audit.AuditRecord;
import dev.connections.core.audit.AuditResult;
import dev.connections.core.store.StoredConnection;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class StoredAuditLogTest {
  @TempDir Path directory;
  private Path file;
  private SqliteStore store;

  @BeforeEach
  void open() {
    file = directory.resolve("connections.db");
    store = SqliteStore.at(file);
  }

  @AfterEach
  void close() {
    store.close();
  }

  private static AuditRecord record(String account, int number) {
    return AuditRecord.of(AuditOperation.UPDATE, Rows.NOON.plusNanos(number), account, "ada")
        .connection("c" + number)
        .object("Sales.Orders")
        .fields(List.of("server", "a, \"b\"\n"))
        .ended(AuditResult.FAILED, "STALE_VERSION")
        .build();
  }

  private List<AuditRecord> appended(String account, int count) {
    List<AuditRecord> records = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      records.add(record(account, i));
      store.audit().append(records.get(i));
    }
    return records;
  }

  @Test
  void records_come_back_as_they_went_in_page_by_page_and_of_their_account_only() {
    List<AuditRecord> ours = appended("acme", 7);
    List<AuditRecord> theirs = appended("other", 2);
    AuditRecord draft = AuditRecord.of(AuditOperation.TEST, Rows.NOON, "acme", "ada").build();
    store.audit().append(draft);
    assertThat(store.audit().records("acme", 0, 5)).isEqualTo(ours.subList(0, 5));
    assertThat(store.audit().records("acme", 5, 5))
        .containsExactly(ours.get(5), ours.get(6), draft);
    assertThat(store.audit().records("other", 0, 1000)).isEqualTo(theirs);
    assertThat(store.audit().records("third", 0, 1000)).isEmpty();
    assertThat(store.audit().firstBroken("acme")).isEmpty();
    assertThatThrownBy(() -> store.audit().records("acme", 0, 0))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void a_record_is_kept_with_the_change_it_is_about_or_not_at_all() {
    StoredConnection row = Rows.row("acme", "Sales");
    Rows.failing(
        () ->
            store.atomically(
                "acme",
                () -> {
                  store.auditLog().orElseThrow().append(record("acme", 1));
                  store.insert(row);
                  store.replace(row, 99);
                  return row;
                }),
        CoreErrorCode.STALE_VERSION);
    assertThat(store.audit().records("acme", 0, 10)).isEmpty();
    assertThat(store.find("acme", row.id())).isEmpty();
    store.atomically(
        "acme",
        () -> {
          store.audit().append(record("acme", 1));
          store.insert(row);
          return row;
        });
    assertThat(store.audit().records("acme", 0, 10)).hasSize(1);
  }

  @Test
  void records_outlive_what_they_are_about() {
    appended("acme", 1);
    store.insert(Rows.row("acme", "Sales"));
    store.deleteAccount("acme");
    assertThat(store.audit().records("acme", 0, 10)).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "UPDATE audit_log SET user_id = 'eve' WHERE sequence = 3",
        "DELETE FROM audit_log WHERE sequence = 3"
      })
  void the_table_refuses_changes(String change) {
    appended("acme", 4);
    assertThatThrownBy(() -> Rows.byHand(file, change)).isInstanceOf(SQLException.class);
    assertThat(store.audit().firstBroken("acme")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "UPDATE audit_log SET user_id = 'eve' WHERE sequence = 3",
        "UPDATE audit_log SET at = '2026-05-01T12:00:00.123456788Z' WHERE sequence = 3",
        "UPDATE audit_log SET operation = 'delete' WHERE sequence = 3",
        "UPDATE audit_log SET result = 'allowed' WHERE sequence = 3",
        "UPDATE audit_log SET connection_id = NULL WHERE sequence = 3",
        "UPDATE audit_log SET object = 'Sales.Order' WHERE sequence = 3",
        "UPDATE audit_log SET fields = '[\"server\"]' WHERE sequence = 3",
        "UPDATE audit_log SET code = 'X' WHERE sequence = 3",
        "UPDATE audit_log SET hash = upper(hash) WHERE sequence = 3",
        "DELETE FROM audit_log WHERE sequence = 3",
        "UPDATE audit_log SET sequence = -sequence WHERE sequence = 3"
      })
  void whoever_takes_the_triggers_away_is_found_out(String change) throws SQLException {
    appended("acme", 6);
    appended("other", 6);
    Rows.byHand(
        file,
        "DROP TRIGGER audit_log_keeps_records",
        "DROP TRIGGER audit_log_loses_no_records",
        change + " AND account_id = 'acme'");
    assertThat(store.audit().firstBroken("acme")).hasValue(3);
    assertThat(store.audit().firstBroken("other")).isEmpty();
  }

  @Test
  void long_logs_are_checked_to_their_end() throws SQLException {
    store.atomically("acme", () -> appended("acme", 2100));
    assertThat(store.audit().firstBroken("acme")).isEmpty();
    Rows.byHand(
        file,
        "DROP TRIGGER audit_log_keeps_records",
        "UPDATE audit_log SET code = 'X' WHERE sequence = 2050");
    assertThat(store.audit().firstBroken("acme")).hasValue(2050);
  }
}
