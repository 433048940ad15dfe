package dev.connections.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.connections.testkit.TestAdapterContext;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class PoolWatchTest {
  private static final AtomicReference<Instant> NOW = new AtomicReference<>(Instant.EPOCH);

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
}
