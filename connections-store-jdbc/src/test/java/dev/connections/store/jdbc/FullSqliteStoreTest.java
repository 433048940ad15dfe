package dev.connections.store.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.connections.api.ConnectionException;
import dev.connections.core.ConnectionFilter;
import dev.connections.core.audit.AuditOperation;
import dev.connections.core.audit.AuditRecord;
import dev.connections.core.store.StoredConfiguration;
import dev.connections.core.store.StoredConnection;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A store that may not become larger, as one whose disk is full. */
final class FullSqliteStoreTest {
  @TempDir Path directory;

  private SqliteFile limited() {
    Path file = directory.resolve("connections.db");
    SqliteStore.at(file).close();
    return new SqliteFile(file, new Patience(Duration.ofSeconds(10)), 60);
  }

  private static StoredConnection large(int number) {
    StoredConfiguration configuration =
        new StoredConfiguration(1, "{\"x\":\"" + "x".repeat(5_000) + "\"}");
    return Rows.row("acme", "Connection " + number).toBuilder()
        .configuration(configuration)
        .build();
  }

  private static List<StoredConnection> filled(SqliteStore store) {
    List<StoredConnection> stored = new ArrayList<>();
    while (true) {
      StoredConnection row = large(stored.size());
      try {
        store.insert(row);
        stored.add(row);
      } catch (ConnectionException full) {
        assertThat(full.code()).isEqualTo(StoreErrorCode.STORE_FULL);
        assertThat(full.failure().vendorCode()).contains("SQLITE_FULL");
        return stored;
      }
    }
  }

  @Test
  void what_has_no_room_is_refused_and_all_else_can_still_be_read() {
    SqliteFile limited = limited();
    try (SqliteStore store = SqliteStore.open(limited)) {
      List<StoredConnection> stored = filled(store);
      assertThat(stored).hasSizeGreaterThan(5);
      assertThat(store.count(Rows.ADMIN, ConnectionFilter.all())).isEqualTo(stored.size());
      for (StoredConnection row : stored) {
        assertThat(store.find("acme", row.id())).contains(row);
      }
      store.delete("acme", stored.get(0).id(), 1);
      store.delete("acme", stored.get(1).id(), 1); // an index may need a page more by now
      store.insert(stored.get(0));
      assertThat(store.find("acme", stored.get(0).id())).contains(stored.get(0));
    }
  }

  @Test
  void work_that_hides_such_a_failure_is_not_kept_by_halves() {
    SqliteFile limited = limited();
    try (SqliteStore store = SqliteStore.open(limited)) {
      List<StoredConnection> stored = filled(store);
      AtomicInteger hidden = new AtomicInteger();
      Rows.failing(
          () ->
              store.atomically(
                  "acme",
                  () -> {
                    store.delete("acme", stored.get(0).id(), 1);
                    for (int i = 0; i < 3; i++) {
                      try {
                        store.insert(large(stored.size() + i));
                      } catch (ConnectionException full) {
                        hidden.incrementAndGet();
                      }
                    }
                    return hidden;
                  }),
          StoreErrorCode.STORE_FULL);
      assertThat(hidden).hasPositiveValue();
      assertThat(store.count(Rows.ADMIN, ConnectionFilter.all())).isEqualTo(stored.size());
      assertThat(store.find("acme", stored.get(0).id())).contains(stored.get(0));
    }
  }

  @Test
  void a_full_store_takes_no_audit_record_and_says_so() {
    SqliteFile limited = limited();
    try (SqliteStore store = SqliteStore.open(limited)) {
      AuditRecord record =
          AuditRecord.of(AuditOperation.TEST, Rows.NOON, "acme", "ada")
              .object("x".repeat(300_000))
              .build();
      Rows.failing(() -> store.audit().append(record), StoreErrorCode.STORE_FULL);
      assertThat(store.audit().records("acme", 0, 10)).isEmpty();
    }
  }
}
