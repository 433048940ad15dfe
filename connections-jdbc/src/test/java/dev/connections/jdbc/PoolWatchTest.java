package dev.connections.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.connections.api.ConnectionException;
import dev.connections.api.StandardErrorCode;
import dev.connections.testkit.TestAdapterContext;
import dev.connections.testkit.TestOperation;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class PoolWatchTest {
  private static final AtomicReference<Instant> NOW = new AtomicReference<>(Instant.EPOCH);

  private static final int POOL = 4;

  private final TestAdapterContext context = TestAdapterContext.create().withClock(new Hand());
  private final Database database = ToolkitServer.open(context);

  /** A clock that is moved by hand. */
  private static final class Hand extends Clock {
    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }

    @Override
    public Instant instant() {
      return NOW.get();
    }
  }

  @AfterEach
  void close() {
    database.close();
  }

  @Test
  void the_pools_figures_are_told_when_a_host_borrows_and_returns() throws SQLException {
    try (Connection borrowed = database.dataSource().getConnection()) {
      assertThat(borrowed.isClosed()).isFalse();
      assertThat(context.events().levels())
          .containsEntry("pool.active", 1L)
          .containsEntry("pool.idle", 0L)
          .containsEntry("pool.waiting", 0L);
    }
    assertThat(context.events().levels())
        .containsEntry("pool.active", 0L)
        .containsEntry("pool.idle", 1L);
  }

  @Test
  void a_hosts_slow_statement_is_told_and_a_quick_one_is_not() throws SQLException {
    try (Connection borrowed = database.dataSource().getConnection();
        Statement quick = borrowed.createStatement();
        PreparedStatement slow = borrowed.prepareStatement("select pg_sleep(1.05)")) {
      quick.execute("select 1");
      assertThat(context.events().times("query.slow")).isEmpty();
      assertThat(quick.getConnection()).isSameAs(borrowed);

      slow.execute();

      assertThat(context.events().times("query.slow"))
          .hasSize(1)
          .allMatch(time -> time.compareTo(PoolWatch.SLOW) >= 0);
    }
  }

  @Test
  void a_connection_that_is_kept_too_long_is_told_once() throws SQLException {
    try (Connection forgotten = database.dataSource().getConnection()) {
      NOW.set(NOW.get().plus(PoolWatch.LEAKED).plus(Duration.ofSeconds(1)));
      for (int i = 0; i < 2; i++) {
        try (Connection another = database.dataSource().getConnection()) {
          assertThat(another).isNotSameAs(forgotten);
        }
      }
    }
    assertThat(context.events().counts()).containsEntry("connection.leaked", 1L);
  }

  @Test
  void connections_that_are_never_given_back_are_told_though_nobody_gets_another_one()
      throws Exception {
    List<Connection> forgotten = new ArrayList<>();
    for (int i = 0; i < POOL; i++) {
      forgotten.add(database.dataSource().getConnection());
    }
    NOW.set(NOW.get().plus(PoolWatch.LEAKED).plus(Duration.ofSeconds(1)));
    ExecutorService host = Executors.newSingleThreadExecutor();
    try {
      Future<Boolean> waiting =
          host.submit(
              () -> {
                try (Connection late = database.dataSource().getConnection()) {
                  return late.isValid(10);
                }
              });

      until(() -> context.events().counts().getOrDefault("connection.leaked", 0L) == POOL);
      until(() -> context.events().levels().get("pool.waiting") == 1);
      forgotten.get(0).close();

      assertThat(waiting.get()).isTrue();
      until(() -> context.events().levels().get("pool.waiting") == 0);
    } finally {
      for (Connection one : forgotten) {
        one.close();
      }
      host.shutdownNow();
    }
  }

  private static void until(BooleanSupplier condition) {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).as("waited too long").isLessThan(end);
      Thread.onSpinWait();
    }
  }

  @Test
  void a_host_that_is_interrupted_while_it_waits_is_told_so() throws Exception {
    List<Connection> all = new ArrayList<>();
    for (int i = 0; i < POOL; i++) {
      all.add(database.dataSource().getConnection());
    }
    ExecutorService host = Executors.newSingleThreadExecutor();
    try {
      Future<Connection> waiting = host.submit(() -> database.dataSource().getConnection());
      until(() -> context.events().levels().get("pool.waiting") == 1);
      host.shutdownNow();

      assertThat(catchThrowable(waiting::get).getCause().getCause())
          .isInstanceOfSatisfying(
              ConnectionException.class,
              thrown -> assertThat(thrown.code()).isEqualTo(StandardErrorCode.CANCELLED));
    } finally {
      for (Connection one : all) {
        one.close();
      }
    }
  }

  @Test
  void our_own_calls_tell_the_pools_figures_too() {
    database.<Integer>call(
        "one",
        TestOperation.start(),
        session -> session.query("select 1", Session.Binder.NONE, row -> 1).size());

    assertThat(context.events().levels())
        .containsEntry("pool.active", 0L)
        .containsEntry("pool.idle", 1L);
  }

  @Test
  void what_is_borrowed_equals_itself_alone() throws SQLException {
    try (Connection one = database.dataSource().getConnection();
        Connection other = database.dataSource().getConnection();
        Statement statement = one.createStatement()) {
      assertThat(Set.of(one, other)).contains(one);
      assertThat(List.of(statement)).contains(statement);
    }
  }
}
