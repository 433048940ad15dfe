package dev.connections.databricks.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTimeoutException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class AsideTest {
  private static final Duration LONG = Duration.ofSeconds(60);

  private final CountDownLatch closed = new CountDownLatch(1);
  private final Connection connection =
      (Connection)
          Proxy.newProxyInstance(
              AsideTest.class.getClassLoader(),
              new Class<?>[] {Connection.class},
              (proxy, method, arguments) -> {
                if (method.getName().equals("close")) {
                  closed.countDown();
                }
                return null;
              });

  @Test
  void what_is_made_in_time_is_given_and_stays_open() throws SQLException {
    assertThat(Aside.call("making", LONG, () -> connection) == connection).isTrue();
    assertThat(closed.getCount()).isEqualTo(1);
  }

  @Test
  void nobody_waits_longer_than_allowed_and_what_is_made_too_late_is_closed()
      throws InterruptedException {
    CountDownLatch waitedFor = new CountDownLatch(1);

    assertThatThrownBy(
            () ->
                Aside.call(
                    "making",
                    Duration.ofMillis(20),
                    () -> {
                      awaitWhateverComes(waitedFor);
                      return connection;
                    }))
        .isInstanceOf(SQLTimeoutException.class);
    assertThat(closed.getCount()).isEqualTo(1);

    waitedFor.countDown();
    assertThat(closed.await(60, TimeUnit.SECONDS)).isTrue();
  }

  /** As the driver does, it heeds no interruption. */
  private static void awaitWhateverComes(CountDownLatch latch) {
    boolean over = false;
    while (!over) {
      try {
        over = latch.await(60, TimeUnit.SECONDS);
      } catch (InterruptedException e) {
        over = false;
      }
    }
  }

  @Test
  void who_is_interrupted_stops_waiting() {
    Thread.currentThread().interrupt();

    assertThatThrownBy(
            () ->
                Aside.call(
                    "making",
                    LONG,
                    () -> {
                      TimeUnit.SECONDS.sleep(60);
                      return connection;
                    }))
        .isInstanceOf(SQLException.class);
    assertThat(Thread.interrupted()).isTrue();
  }

  @Test
  void what_the_driver_throws_comes_as_it_is() {
    SQLException refused = new SQLException("no");
    IllegalStateException broken = new IllegalStateException("odd");

    assertThatThrownBy(
            () ->
                Aside.call(
                    "making",
                    LONG,
                    () -> {
                      throw refused;
                    }))
        .isSameAs(refused);
    assertThatThrownBy(
            () ->
                Aside.call(
                    "making",
                    LONG,
                    () -> {
                      throw broken;
                    }))
        .isSameAs(broken);
  }
}
