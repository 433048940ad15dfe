package dev.connections.store.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.connections.core.ConnectionFilter;
import dev.connections.core.CoreErrorCode;
import dev.connections.core.store.StoredConnection;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SqliteBackupTest {
  @TempDir Path directory;
  private SqliteStore store;

  @BeforeEach
  void open() {
    store = SqliteStore.at(directory.resolve("connections.db"));
  }

  @AfterEach
  void close() {
    store.close();
  }

  /** Pairs are written together, so a copy that has half of one was no moment of the store. */
  private void pair(int number) {
    store.atomically(
        "acme",
        () -> {
          store.insert(Rows.row("acme", "Left " + number));
          store.insert(Rows.row("acme", "Right " + number));
          return number;
        });
  }

  private static long left(SqliteStore copy) {
    return copy.count(Rows.ADMIN, ConnectionFilter.all().withText("left"));
  }

  private static long right(SqliteStore copy) {
    return copy.count(Rows.ADMIN, ConnectionFilter.all().withText("right"));
  }

  @Test
  void a_copy_under_load_is_the_store_as_it_was_at_one_moment() throws Exception {
    store.keyset().replace(Optional.empty(), "keyset", Set.of());
    AtomicInteger written = new AtomicInteger();
    CountDownLatch under = new CountDownLatch(20);
    CountDownLatch done = new CountDownLatch(1);
    ExecutorService thread = Executors.newSingleThreadExecutor();
    try {
      Future<?> writing =
          thread.submit(
              () -> {
                while (done.getCount() > 0) {
                  pair(written.get());
                  written.incrementAndGet();
                  under.countDown();
                }
              });
      under.await();
      List<Path> copies = new ArrayList<>();
      for (int i = 0; i < 5; i++) {
        int before = written.get();
        Path path = directory.resolve("copy " + i);
        store.backupTo(path);
        copies.add(path);
        int after = written.get() + 1;
        try (SqliteStore copy = SqliteStore.at(path)) {
          assertThat(left(copy)).isEqualTo(right(copy)).isBetween((long) before, (long) after);
          assertThat(copy.keyset().load()).contains("keyset");
        }
      }
      done.countDown();
      writing.get();
      assertThat(left(store)).isEqualTo(written.get());
      assertThat(copies).hasSize(5);
    } finally {
      done.countDown();
      thread.shutdownNow();
    }
  }

  @Test
  void a_copy_never_takes_the_place_of_a_file() throws Exception {
    Path copy = directory.resolve("copy");
    Files.writeString(copy, "precious");
    Rows.failing(() -> store.backupTo(copy), CoreErrorCode.INVALID_ARGUMENT);
    Rows.failing(
        () -> store.backupTo(directory.resolve("connections.db")), CoreErrorCode.INVALID_ARGUMENT);
    assertThat(Files.readString(copy)).isEqualTo("precious");
  }

  @Test
  void a_copy_that_cant_be_written_leaves_nothing_behind() throws Exception {
    Rows.failing(
        () -> store.backupTo(directory.resolve("absent/copy")), StoreErrorCode.STORE_INACCESSIBLE);
    try (Stream<Path> files = Files.list(directory)) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .allMatch(name -> name.startsWith("connections.db"));
    }
  }

  @Test
  void a_copy_goes_its_own_way() {
    StoredConnection row = Rows.row("acme", "Sales");
    store.insert(row);
    Path path = directory.resolve("copy");
    store.backupTo(path);
    store.deleteAccount("acme");
    try (SqliteStore copy = SqliteStore.at(path)) {
      assertThat(copy.find("acme", row.id())).contains(row);
      copy.insert(Rows.row("acme", "Other"));
    }
    assertThat(store.count(Rows.ADMIN, ConnectionFilter.all())).isZero();
  }
}
