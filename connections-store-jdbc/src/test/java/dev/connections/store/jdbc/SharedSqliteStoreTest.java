package dev.connections.store.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.connections.api.StandardErrorCode;
import dev.connections.core.ConnectionFilter;
import dev.connections.core.CoreErrorCode;
import dev.connections.core.store.StoredConnection;
import java.nio.file.Path;
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
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two stores on one file: as two processes, since they share nothing but the file. */
final class SharedSqliteStoreTest {
  @TempDir Path directory;
  private SqliteStore here;
  private SqliteStore there;

  @BeforeEach
  void open() {
    here = SqliteStore.at(directory.resolve("connections.db"));
    there = SqliteStore.at(directory.resolve("connections.db"));
  }

  /** One that waits a fifth of a second, to be waited for in a test. */
  private SqliteStore impatient() {
    return SqliteStore.open(
        new SqliteFile(
            directory.resolve("connections.db"), new Patience(Duration.ofMillis(200)), 0));
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

  /** Longer than the time for which a row may be older than what another process wrote. */
  private static void letTheBoundPass() {
    long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(2);
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

  @Test
  void an_own_write_is_seen_at_once_by_every_thread() throws Exception {
    StoredConnection row = Rows.row("acme", "Sales");
    here.insert(row);
    ExecutorService threads = Executors.newFixedThreadPool(3);
    CountDownLatch done = new CountDownLatch(1);
    try {
      List<Future<Boolean>> readers = new ArrayList<>();
      for (int i = 0; i < 3; i++) {
        readers.add(
            threads.submit(
                () -> {
                  long last = 0;
                  while (done.getCount() > 0) {
                    long version = here.find("acme", row.id()).orElseThrow().version();
                    assertThat(version).isGreaterThanOrEqualTo(last);
                    last = version;
                  }
                  return true;
                }));
      }
      StoredConnection present = row;
      for (int i = 0; i < 100; i++) {
        StoredConnection next = second(present, "change " + i);
        here.replace(next, present.version());
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

  @Test
  void both_write_at_once_and_nothing_is_lost() throws Exception {
    List<Callable<Boolean>> writes = new ArrayList<>();
    for (SqliteStore store : List.of(here, there)) {
      for (int thread = 0; thread < 3; thread++) {
        String name = (store == here ? "here " : "there ") + thread + " ";
        writes.add(
            () -> {
              for (int i = 0; i < 10; i++) {
                store.insert(Rows.row("acme", name + i));
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
    assertThat(here.count(Rows.ADMIN, ConnectionFilter.all())).isEqualTo(60);
    assertThat(there.count(Rows.ADMIN, ConnectionFilter.all())).isEqualTo(60);
  }

  @Test
  void whoever_waits_too_long_for_another_write_is_told_so_and_reads_go_on() {
    StoredConnection row = Rows.row("acme", "Sales");
    try (SqliteStore third = impatient()) {
      here.atomically(
          "acme",
          () -> {
            here.insert(row);
            Rows.failing(() -> third.insert(Rows.row("acme", "Other")), StoreErrorCode.STORE_BUSY);
            assertThat(third.find("acme", row.id())).isEmpty();
            assertThat(here.find("acme", row.id())).contains(row);
            assertThat(here.count(Rows.ADMIN, ConnectionFilter.all())).isEqualTo(1);
            return row;
          });
      third.insert(Rows.row("acme", "Other"));
    }
    assertThat(there.count(Rows.ADMIN, ConnectionFilter.all())).isEqualTo(2);
  }

  @Test
  void a_thread_that_waits_too_long_for_another_of_the_same_store_is_told_so() {
    ExecutorService thread = Executors.newSingleThreadExecutor();
    try (SqliteStore third = impatient()) {
      third.atomically(
          "acme",
          () -> {
            Future<?> other =
                thread.submit(
                    () ->
                        Rows.failing(
                            () -> third.insert(Rows.row("acme", "Other")),
                            StoreErrorCode.STORE_BUSY));
            assertThatCodeOf(other);
            return true;
          });
    } finally {
      thread.shutdownNow();
    }
  }

  private static void assertThatCodeOf(Future<?> call) {
    try {
      call.get();
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void an_interruption_neither_stops_a_write_nor_is_lost() {
    Thread.currentThread().interrupt();
    here.insert(Rows.row("acme", "Sales"));
    assertThat(Thread.interrupted()).isTrue();
    assertThat(there.find("acme", Rows.row("acme", "Sales").id())).isPresent();
  }

  @Test
  void an_interruption_ends_a_wait_to_open_and_a_copy_and_is_not_lost() {
    Path file = directory.resolve("connections.db");
    Path copy = directory.resolve("copy.db");
    StoreDirectory.alone(
        file,
        () -> {
          Thread.currentThread().interrupt();
          Rows.failing(() -> SqliteStore.at(file), StandardErrorCode.CANCELLED);
        });
    Rows.failing(() -> here.backupTo(copy), StandardErrorCode.CANCELLED);
    assertThat(Thread.interrupted()).isTrue();
    assertThat(copy).doesNotExist();
    here.backupTo(copy);
    SqliteStore.at(copy).close();
  }

  @Test
  void a_store_that_is_closed_in_the_middle_of_work_keeps_nothing_of_it() {
    StoredConnection row = Rows.row("acme", "Sales");
    Rows.failing(
        () ->
            here.atomically(
                "acme",
                () -> {
                  here.insert(row);
                  here.close();
                  return row;
                }),
        CoreErrorCode.CLOSED);
    assertThat(there.find("acme", row.id())).isEmpty();
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
}
