package dev.connections.databricks.internal;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTimeoutException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Makes a connection on a thread of its own. The driver has time-outs for each of its calls and
 * none for all of them, and heeds no interruption; what it makes too late is closed.
 */
final class Aside {
  private Aside() {}

  /** {@return what is made, within its time} */
  static Connection call(String name, Duration time, Callable<Connection> making)
      throws SQLException {
    Making task = new Making(making);
    Thread thread = new Thread(task, name);
    thread.setDaemon(true);
    thread.start();
    try {
      return task.get(time.toNanos(), TimeUnit.NANOSECONDS);
    } catch (TimeoutException e) {
      task.giveUp();
      throw new SQLTimeoutException("the driver didn't connect in time", e);
    } catch (InterruptedException e) {
      task.giveUp();
      Thread.currentThread().interrupt();
      throw new SQLTimeoutException("interrupted while the driver connects", e);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof SQLException failed) {
        throw failed;
      }
      if (e.getCause() instanceof RuntimeException failed) {
        throw failed;
      }
      throw (Error) e.getCause();
    }
  }

  /** A task that closes what nobody waits for any more. */
  private static final class Making extends FutureTask<Connection> {
    private Optional<Connection> made = Optional.empty();
    private boolean givenUp;

    Making(Callable<Connection> making) {
      super(making);
    }

    @Override
    protected synchronized void set(Connection connection) {
      made = Optional.of(connection);
      super.set(connection);
      if (givenUp) {
        close(connection);
      }
    }

    synchronized void giveUp() {
      givenUp = true;
      cancel(true);
      made.ifPresent(Making::close);
    }

    private static void close(Connection late) {
      try {
        late.close();
      } catch (SQLException e) {
        // It is given up in any case.
      }
    }
  }
}
