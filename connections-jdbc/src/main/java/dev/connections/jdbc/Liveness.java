package dev.connections.jdbc;

import dev.connections.api.Registration;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;

/**
 * Asks a connection that was idle whether it lives. A firewall may have forgotten it without a
 * word, and then nothing ever answers: so there is a time-out, and who waits may give up before.
 */
final class Liveness {
  private Liveness() {}

  /**
   * {@return whether it answers in time, and is still wanted} If not, it isn't to be used again.
   */
  static boolean of(
      Connection connection, Duration timeout, Function<Runnable, Registration> onCancel) {
    AtomicBoolean ended = new AtomicBoolean();
    Registration hook =
        onCancel.apply(
            () -> {
              ended.set(true);
              Session.daemon(() -> cut(connection)); // it may wait for the network, a hook mustn't
            });
    boolean answered;
    try (hook) {
      answered = answers(connection, timeout);
    }
    return answered && !ended.get();
  }

  private static boolean answers(Connection connection, Duration timeout) {
    try {
      int before = limit(connection, Session.millis(timeout));
      boolean answered =
          connection.isValid((int) Math.max(1, Math.min(Integer.MAX_VALUE, timeout.toSeconds())));
      if (answered && before >= 0) {
        limit(connection, before);
      }
      return answered;
    } catch (SQLException e) {
      return false;
    }
  }

  /** Sets the network's time-out. {@return the one before; less than zero if there can be none} */
  private static int limit(Connection connection, int millis) throws SQLException {
    try {
      int before = connection.getNetworkTimeout();
      connection.setNetworkTimeout(Runnable::run, millis);
      return before;
    } catch (SQLFeatureNotSupportedException e) {
      return -1; // such a driver has one time-out for all calls, set when it connected
    }
  }

  private static void cut(Connection connection) {
    try {
      connection.abort(Runnable::run);
    } catch (SQLException e) {
      // Its time-out ends it then.
    }
  }
}
