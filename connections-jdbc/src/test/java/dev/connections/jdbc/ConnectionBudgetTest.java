package dev.connections.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.connections.api.ConnectionException;
import dev.connections.api.StandardErrorCode;
import dev.connections.testkit.RecordedEvents;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class ConnectionBudgetTest {
  private static final Duration SHORT = Duration.ofMillis(50);

  private static final DatabasePool.Caller HASTY =
      DatabasePool.Caller.ofPool(SHORT, ToolkitServer::connect);

  private final ConnectionBudget budget = new ConnectionBudget(2);

  private DatabasePool pool() {
    return new DatabasePool(
        ToolkitServer.settings("localhost", ToolkitServer.port(), 4),
        ToolkitServer::connect,
        budget,
        new PoolWatch(new RecordedEvents(), Clock.systemUTC()));
  }

  @Test
  void no_more_connections_are_open_than_the_process_may_have() throws SQLException {
    try (Connection one = budget.open(HASTY);
        Connection two = budget.open(HASTY)) {
      assertThat(one.isValid(1) && two.isValid(1)).isTrue();
      ConnectionException refused =
          catchThrowableOfType(ConnectionException.class, () -> budget.open(HASTY));
      assertThat(refused.code()).isEqualTo(StandardErrorCode.TIMEOUT);
      assertThat(refused.failure().message()).contains("2 connections");
    }
    assertThat(budget.left()).isEqualTo(2);
  }

  @Test
  void a_place_is_given_back_once_however_a_connection_ends() throws SQLException {
    Connection aborted = budget.open(HASTY);
    aborted.abort(Runnable::run);
    aborted.close();
    assertThatThrownBy(
            () ->
                budget.open(
                    DatabasePool.Caller.ofPool(
                        SHORT,
                        () -> {
                          throw new SQLException("no");
                        })))
        .isInstanceOf(SQLException.class);

    assertThat(budget.left()).isEqualTo(2);
  }

  @Test
  void a_wait_for_a_place_is_ended_by_a_cancel_that_leaves_no_trace() throws SQLException {
    DatabasePool.Caller cancelled =
        new DatabasePool.Caller(
            Duration.ofMinutes(10),
            hook -> {
              new Thread(hook).start();
              return () -> {};
            },
            ToolkitServer::connect);
    try (Connection one = budget.open(HASTY);
        Connection two = budget.open(HASTY)) {
      assertThat(one.isValid(1) && two.isValid(1)).isTrue();
      ConnectionException ended =
          catchThrowableOfType(ConnectionException.class, () -> budget.open(cancelled));

      assertThat(ended.code()).isEqualTo(StandardErrorCode.CANCELLED);
      assertThat(Thread.currentThread().isInterrupted()).isFalse();
    }
    assertThat(budget.left()).isEqualTo(2);
  }

  @Test
  void an_interrupted_wait_for_a_place_is_cancelled_and_stays_interrupted() throws SQLException {
    try (Connection one = budget.open(HASTY);
        Connection two = budget.open(HASTY)) {
      assertThat(one.isValid(1) && two.isValid(1)).isTrue();
      Thread.currentThread().interrupt();
      ConnectionException ended =
          catchThrowableOfType(ConnectionException.class, () -> budget.open(HASTY));

      assertThat(Thread.interrupted()).isTrue();
      assertThat(ended.code()).isEqualTo(StandardErrorCode.CANCELLED);
    }
  }

  private static final DatabasePool.Caller CALLER =
      DatabasePool.Caller.ofPool(Duration.ofSeconds(30), ToolkitServer::connect);

  @Test
  void what_was_dialled_and_not_needed_any_more_is_closed() throws SQLException {
    try (DatabasePool pool = pool()) {
      Connection first = pool.take(CALLER);
      DatabasePool.Caller overtaken =
          DatabasePool.Caller.ofPool(
              Duration.ofSeconds(30),
              () -> {
                Connection made = ToolkitServer.connect();
                first.close(); // so that one is idle when this one is there
                return made;
              });

      try (Connection taken = pool.take(overtaken)) {
        assertThat(taken.isValid(1)).isTrue();
        assertThat(budget.left()).isEqualTo(1);
      }
    }
    assertThat(budget.left()).isEqualTo(2);
  }

  @Test
  void at_the_limit_the_idle_connections_of_another_pool_are_closed() throws SQLException {
    try (DatabasePool idle = pool();
        DatabasePool busy = pool()) {
      Connection first = idle.take(CALLER);
      Connection second = idle.take(CALLER);
      first.close();
      second.close();
      assertThat(budget.left()).isZero();

      try (Connection mine = busy.take(CALLER)) {
        assertThat(mine.isValid(1)).isTrue();
      }
    }
    assertThat(budget.left()).isEqualTo(2);
  }
}
