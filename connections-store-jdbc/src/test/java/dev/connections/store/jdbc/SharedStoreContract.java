package dev.connections.store.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

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
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * What two nodes may rely on who use one store, and share nothing else: two processes on one file,
 * or two nodes on one database.
 */
abstract class SharedStoreContract {
  /** One node and the other. */
  DatabaseStore here;

  DatabaseStore there;
  private final Duration age;

  /** Given how much older a row may be than what the other node wrote. */
  SharedStoreContract(Duration age) {
    this.age = age;
  }

  /** Makes the store of this test empty. */
  abstract void clear() throws Exception;

  /** Opens the store of this test as one more node. */
  abstract DatabaseStore node();

  @BeforeEach
  final void open() throws Exception {
    clear();
    here = node();
    there = node();
  }

  @AfterEach
  final void close() {
    here.close();
    there.close();
  }

  static StoredConnection second(StoredConnection row, String description) {
    return row.toBuilder()
        .description(Optional.of(description))
        .changed(Rows.NOON, row.version() + 1, 1)
        .build();
  }

  private void letTheBoundPass() {
    long end = System.nanoTime() + age.toNanos();
    while (System.nanoTime() < end) {
      LockSupport.parkNanos(end - System.nanoTime());
    }
  }

  static void insert(DatabaseStore store, StoredConnection row) {
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
    long end = System.nanoTime() + age.toNanos();
    while (System.nanoTime() < end) {
      there.find("acme", row.id());
    }
    assertThat(there.find("acme", row.id())).contains(after);
  }

  @Test
  void an_own_write_is_seen_at_once_by_every_thread() throws Exception {
    StoredConnection row = Rows.row("acme", "Sales");
    here.insert(row);
    ExecutorService threads = Executors.newFixedThreadPool(3);
    CountDownLatch done = new CountDownLatch(1);
    AtomicLong written = new AtomicLong(row.version());
    try {
      List<Future<Boolean>> readers = new ArrayList<>();
      for (int i = 0; i < 3; i++) {
        readers.add(
            threads.submit(
                () -> {
                  while (done.getCount() > 0) {
                    long least = written.get();
                    assertThat(here.find("acme", row.id()).orElseThrow().version())
                        .isGreaterThanOrEqualTo(least);
                  }
                  return true;
                }));
      }
      StoredConnection present = row;
      for (int i = 0; i < 100; i++) {
        StoredConnection next = second(present, "change " + i);
        here.replace(next, present.version());
        written.set(next.version());
        assertThat(here.find("acme", row.id())).contains(next);
        present = next;
      }
      done.countDown();
      for (Future<Boolean> reader : readers) {
        assertThat(reader.get()).isTrue();
      }
    } finally {
      done.countDown();
      threads.shutdownNow();
    }
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
    for (DatabaseStore store : List.of(here, there)) {
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

  @Test
  void one_keyset_wins() {
    assertThat(here.keyset().load()).isEmpty();
    assertThat(here.keyset().replace(Optional.empty(), "first", Set.of())).isTrue();
    assertThat(there.keyset().replace(Optional.empty(), "second", Set.of())).isFalse();
    assertThat(there.keyset().load()).contains("first");
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
}
