package dev.connections.store.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.connections.api.ConnectionException;
import dev.connections.core.ConnectionFilter;
import dev.connections.core.CoreErrorCode;
import dev.connections.core.audit.AuditOperation;
import dev.connections.core.audit.AuditRecord;
import dev.connections.core.store.StoredConnection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Two nodes on one database. */
final class SharedPostgresStoreTest {
  private static final Duration AGE = Duration.ofMillis(5);

  private String database;
  private PostgresStore here;
  private PostgresStore there;

  @BeforeEach
  void open() {
    database = PostgresServer.emptied();
    here = PostgresStore.at(PostgresServer.settings(database).rowAge(AGE).build());
    there = PostgresStore.at(PostgresServer.settings(database).rowAge(AGE).build());
  }

  @AfterEach
  void close() {
    here.close();
    there.close();
  }

  private static StoredConnection second(StoredConnection row, String description) {
    return row.toBuilder()
        .description(Optional.of(description))
        .changed(Rows.NOON, row.version() + 1, 1)
        .build();
  }

  /** As long as a row may be older than what another node wrote. */
  private static void letTheBoundPass() {
    long end = System.nanoTime() + AGE.toNanos();
    while (System.nanoTime() < end) {
      LockSupport.parkNanos(end - System.nanoTime());
    }
  }

  @Test
  void what_one_writes_the_other_reads_also_where_it_had_read_the_row_before() {
    StoredConnection row = Rows.row("acme", "Sales");
    here.insert(row);
    for (int i = 0; i < 50; i++) {
      StoredConnection before = there.find("acme", row.id()).orElseThrow();
      StoredConnection after = second(before, "change " + i);
      here.replace(after, before.version());
      assertThat(here.find("acme", row.id())).contains(after);
      letTheBoundPass();
      assertThat(there.find("acme", row.id())).contains(after);
    }
    here.delete("acme", row.id(), 51);
    assertThat(here.find("acme", row.id())).isEmpty();
    letTheBoundPass();
    assertThat(there.find("acme", row.id())).isEmpty();
  }

  /** A row in use is as old as it was read, however often it is asked for. */
  @Test
  void asking_again_and_again_keeps_no_row_alive() {
    StoredConnection row = Rows.row("acme", "Sales");
    here.insert(row);
    StoredConnection after = second(row, "changed");
    there.find("acme", row.id());
    here.replace(after, 1);
    long end = System.nanoTime() + AGE.toNanos();
    while (System.nanoTime() < end) {
      there.find("acme", row.id());
    }
    assertThat(there.find("acme", row.id())).contains(after);
  }

  @Test
  void of_two_who_change_the_same_version_the_second_is_told() {
    StoredConnection row = Rows.row("acme", "Sales");
    here.insert(row);
    there.find("acme", row.id());
    here.replace(second(row, "first"), 1);
    Rows.failing(() -> there.replace(second(row, "second"), 1), CoreErrorCode.STALE_VERSION);
  }

  /** One audit log is written by six threads of two nodes, and still is a chain. */
  @Test
  void both_write_at_once_and_nothing_is_lost_doubled_or_out_of_turn() throws Exception {
    List<Callable<Boolean>> writes = new ArrayList<>();
    for (PostgresStore store : List.of(here, there)) {
      for (int thread = 0; thread < 3; thread++) {
        String name = (store == here ? "here " : "there ") + thread + " ";
        writes.add(
            () -> {
              for (int i = 0; i < 20; i++) {
                insert(store, Rows.row("acme", name + i));
              }
              return true;
            });
      }
    }
    ExecutorService threads = Executors.newFixedThreadPool(writes.size());
    try {
      for (Future<Boolean> write : threads.invokeAll(writes)) {
        assertThat(write.get()).isTrue();
      }
    } finally {
      threads.shutdownNow();
    }
    assertThat(there.count(Rows.ADMIN, ConnectionFilter.all())).isEqualTo(120);
    assertThat(there.audit().records("acme", 0, 1000))
        .hasSize(120)
        .extracting(AuditRecord::connection)
        .doesNotHaveDuplicates();
    assertThat(here.audit().firstBroken("acme")).isEmpty();
  }

  private static void insert(PostgresStore store, StoredConnection row) {
    store.atomically(
        "acme",
        () -> {
          store
              .audit()
              .append(
                  AuditRecord.of(AuditOperation.CREATE, Rows.NOON, "acme", "ada")
                      .connection(row.id())
                      .fields(List.of("server", "a, \"b\"\n"))
                      .build());
          store.insert(row);
          return row;
        });
  }

  @Test
  void one_keyset_wins() {
    assertThat(here.keyset().load()).isEmpty();
    assertThat(here.keyset().replace(Optional.empty(), "first", Set.of())).isTrue();
    assertThat(there.keyset().replace(Optional.empty(), "second", Set.of())).isFalse();
    assertThat(there.keyset().replace(Optional.of("zeroth"), "second", Set.of())).isFalse();
    assertThat(there.keyset().replace(Optional.of("first"), "second", Set.of())).isTrue();
    assertThat(here.keyset().load()).contains("second");
  }

  @Test
  void an_id_is_given_once_and_that_is_a_mistake_of_the_caller() {
    here.insert(Rows.row("acme", "Sales"));
    StoredConnection twin = Rows.row("acme", "Sales").toBuilder().name("Twin").build();
    assertThatThrownBy(() -> there.insert(twin)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void a_taken_name_leaves_the_rest_of_the_work_to_be_kept_when_it_is_found_before() {
    here.insert(Rows.row("acme", "Sales"));
    StoredConnection other = Rows.row("acme", "Other");
    StoredConnection twin = Rows.row("acme", "Twin").toBuilder().name("Sales").build();
    there.atomically(
        "acme",
        () -> {
          Rows.failing(() -> there.insert(twin), CoreErrorCode.NAME_TAKEN);
          there.insert(other);
          return other;
        });
    assertThat(here.find("acme", other.id())).contains(other);
  }

  /**
   * A statement that failed has ended the server's transaction, whatever the caller makes of it.
   */
  @Test
  void work_that_hides_a_failed_statement_is_not_kept_by_halves() {
    StoredConnection sales = Rows.row("acme", "Sales");
    here.insert(sales);
    here.insert(Rows.row("acme", "Other"));
    StoredConnection renamed =
        second(Rows.row("acme", "Other"), "x").toBuilder().name("Sales").build();
    assertThatThrownBy(
            () ->
                there.atomically(
                    "acme",
                    () -> {
                      there.delete("acme", Rows.row("acme", "Other").id(), 1);
                      there.insert(Rows.row("acme", "Other"));
                      Rows.failing(() -> there.replace(renamed, 1), CoreErrorCode.NAME_TAKEN);
                      return renamed;
                    }))
        .isInstanceOf(ConnectionException.class);
    assertThat(here.find("acme", sales.id())).contains(sales);
    assertThat(here.count(Rows.ADMIN, ConnectionFilter.all())).isEqualTo(2);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "UPDATE connections.audit_log SET user_id = 'eve' WHERE sequence = 3",
        "UPDATE connections.audit_log SET at = '2026-05-01T12:00:00.123456788Z' WHERE sequence = 3",
        "UPDATE connections.audit_log SET result = 'denied' WHERE sequence = 3",
        "UPDATE connections.audit_log SET fields = '[\"server\"]' WHERE sequence = 3",
        "UPDATE connections.audit_log SET hash = upper(hash) WHERE sequence = 3",
        "DELETE FROM connections.audit_log WHERE sequence = 3"
      })
  void the_audit_log_refuses_its_owner_and_whoever_gets_round_that_is_found_out(String change) {
    for (int i = 0; i < 6; i++) {
      insert(here, Rows.row("acme", "Connection " + i));
    }
    assertThatThrownBy(() -> PostgresServer.run(database, change))
        .hasMessageContaining("never changed");
    assertThat(there.audit().firstBroken("acme")).isEmpty();
    PostgresServer.run(database, "SET session_replication_role = replica", change);
    assertThat(there.audit().firstBroken("acme")).hasValue(3);
  }
}
