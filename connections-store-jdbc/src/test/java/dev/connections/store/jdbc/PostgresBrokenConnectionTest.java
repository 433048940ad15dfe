package dev.connections.store.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.connections.api.StandardErrorCode;
import dev.connections.core.ConnectionFilter;
import dev.connections.core.store.StoredConnection;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Connections that break at a certain place, locks that are held, pools that are empty. */
final class PostgresBrokenConnectionTest {
  private final StoredConnection row = Rows.row("acme", "Sales");
  private String database;
  private Wire wire;
  private PostgresStore store;

  @BeforeEach
  void open() throws IOException {
    database = PostgresServer.emptied();
    wire = new Wire(PostgresServer.port());
    store = PostgresStore.at(PostgresServer.settings(database, wire.port()).poolSize(1).build());
  }

  @AfterEach
  void close() throws IOException {
    store.close();
    wire.close();
  }

  private long rows() {
    return Long.parseLong(
        PostgresServer.ask(database, "SELECT count(*) FROM connections.connections").get(0));
  }

  @Test
  void a_write_whose_connection_is_broken_before_it_begins_takes_another_one() {
    wire.cutAfter(0);
    store.insert(row);
    assertThat(rows()).isEqualTo(1);
  }

  @Test
  void a_write_whose_connection_breaks_in_the_middle_fails_and_has_changed_nothing() {
    wire.cutAfter(1);
    assertThat(Rows.failing(() -> store.insert(row), StoreErrorCode.STORE_UNREACHABLE).code())
        .matches(code -> code.transientFailure());
    assertThat(rows()).isZero();
    store.insert(row);
    assertThat(store.find("acme", row.id())).contains(row);
  }

  @Test
  void a_write_whose_commit_is_not_answered_says_that_nobody_knows() {
    wire.cutAfter(2);
    assertThat(Rows.failing(() -> store.insert(row), StoreErrorCode.OUTCOME_UNKNOWN).code())
        .matches(code -> !code.transientFailure());
    assertThat(store.find("acme", row.id())).contains(row);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2})
  void a_read_is_done_again_wherever_its_connection_breaks(int after) {
    store.insert(row);
    wire.cutAfter(after);
    assertThat(store.count(Rows.ADMIN, ConnectionFilter.all())).isEqualTo(1);
  }

  @Test
  void a_server_that_stays_away_is_told_in_time() throws IOException {
    PostgresStoreSettings impatient =
        PostgresServer.settings(database, wire.port())
            .patience(Duration.ofMillis(500))
            .poolSize(1)
            .build();
    try (PostgresStore third = PostgresStore.at(impatient)) {
      wire.close();
      Rows.failing(() -> third.insert(row), StoreErrorCode.STORE_UNREACHABLE);
      Rows.failing(() -> third.find("acme", row.id()), StoreErrorCode.STORE_UNREACHABLE);
    }
  }

  @Test
  void whoever_waits_too_long_for_a_row_or_a_connection_is_told_so_and_nothing_is_changed()
      throws Exception {
    store.insert(row);
    PostgresStoreSettings impatient =
        PostgresServer.settings(database).patience(Duration.ofMillis(500)).poolSize(1).build();
    CountDownLatch held = new CountDownLatch(1);
    CountDownLatch over = new CountDownLatch(1);
    ExecutorService thread = Executors.newSingleThreadExecutor();
    try (PostgresStore third = PostgresStore.at(impatient)) {
      store.atomically(
          "acme",
          () -> {
            store.delete("acme", row.id(), 1);
            Rows.failing(() -> third.delete("acme", row.id(), 1), StoreErrorCode.STORE_BUSY);
            return row;
          });
      Future<?> holder = thread.submit(() -> hold(third, held, over));
      held.await();
      assertThat(
              Rows.failing(() -> third.find("acme", row.id()), StoreErrorCode.STORE_BUSY)
                  .failure()
                  .message())
          .contains("connection");
      over.countDown();
      holder.get();
    } finally {
      over.countDown();
      thread.shutdownNow();
    }
    assertThat(rows()).isZero();
  }

  @Test
  void an_interruption_ends_the_wait_for_a_connection_and_is_not_lost() throws Exception {
    CountDownLatch held = new CountDownLatch(1);
    CountDownLatch over = new CountDownLatch(1);
    ExecutorService thread = Executors.newSingleThreadExecutor();
    try {
      Future<?> holder = thread.submit(() -> hold(store, held, over));
      held.await();
      Thread.currentThread().interrupt();
      Rows.failing(() -> store.insert(row), StandardErrorCode.CANCELLED);
      assertThat(Thread.interrupted()).isTrue();
      over.countDown();
      holder.get();
    } finally {
      over.countDown();
      thread.shutdownNow();
    }
    store.insert(row);
    assertThat(rows()).isEqualTo(1);
  }

  /** Keeps the only connection. */
  private static boolean hold(PostgresStore store, CountDownLatch held, CountDownLatch over) {
    return store.atomically(
        "acme",
        () -> {
          held.countDown();
          try {
            over.await();
            return true;
          } catch (InterruptedException e) {
            throw new AssertionError(e);
          }
        });
  }
}
