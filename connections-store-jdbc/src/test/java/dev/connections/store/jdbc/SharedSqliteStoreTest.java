package dev.connections.store.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.connections.api.StandardErrorCode;
import dev.connections.core.ConnectionFilter;
import dev.connections.core.CoreErrorCode;
import dev.connections.core.store.StoredConnection;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two stores on one file: as two processes, since they share nothing but the file. */
final class SharedSqliteStoreTest extends SharedStoreContract {
  @TempDir Path directory;

  /** Longer than SQLite isn't asked whether somebody wrote. */
  SharedSqliteStoreTest() {
    super(Duration.ofMillis(2));
  }

  @Override
  void clear() {
    // The directory is this test's own.
  }

  @Override
  DatabaseStore node() {
    return SqliteStore.at(directory.resolve("connections.db"));
  }

  /** One that waits a fifth of a second, to be waited for in a test. */
  private SqliteStore impatient() {
    return SqliteStore.open(
        new SqliteFile(
            directory.resolve("connections.db"), new Patience(Duration.ofMillis(200)), 0));
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
          return Rows.failing(() -> SqliteStore.at(file), StandardErrorCode.CANCELLED);
        });
    Rows.failing(() -> ((SqliteStore) here).backupTo(copy), StandardErrorCode.CANCELLED);
    assertThat(Thread.interrupted()).isTrue();
    assertThat(copy).doesNotExist();
    ((SqliteStore) here).backupTo(copy);
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
}
