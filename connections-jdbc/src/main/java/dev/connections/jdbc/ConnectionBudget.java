package dev.connections.jdbc;

import dev.connections.api.Failure;
import dev.connections.api.StandardErrorCode;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * How many connections to databases this process holds at most, over all accounts and databases. At
 * the limit the idle ones of other pools are closed first. Safe for any thread.
 */
final class ConnectionBudget {
  /** The property by which a host sets another limit before the first connection. */
  static final String PROPERTY = "dev.connections.jdbc.mostConnections";

  private static final int MOST = 500;

  /** The budget of this process. */
  static final ConnectionBudget SHARED =
      new ConnectionBudget(Math.max(1, Integer.getInteger(PROPERTY, MOST)));

  private final int most;
  private final Semaphore free;
  private final Set<Runnable> idleClosers = ConcurrentHashMap.newKeySet();

  ConnectionBudget(int most) {
    this.most = most;
    this.free = new Semaphore(most, true);
  }

  /** What a pool does when others are short of connections. */
  void join(Runnable closesIdle) {
    idleClosers.add(closesIdle);
  }

  void leave(Runnable closesIdle) {
    idleClosers.remove(closesIdle);
  }

  /** {@return how many more there may be} */
  int left() {
    return free.availablePermits();
  }

  /**
   * Opens a connection within the budget; closing it gives its place back.
   *
   * @throws SQLException what the dialler threw
   */
  Connection open(Duration timeout, DialledConnections.Dialer dialer) throws SQLException {
    take(timeout);
    boolean opened = false;
    try {
      Connection made = counted(dialer.dial());
      opened = true;
      return made;
    } finally {
      if (!opened) {
        free.release();
      }
    }
  }

  private void take(Duration timeout) {
    if (free.tryAcquire()) {
      return;
    }
    idleClosers.forEach(Runnable::run);
    try {
      if (free.tryAcquire(timeout.toMillis(), TimeUnit.MILLISECONDS)) {
        return;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    throw Failure.of(
            StandardErrorCode.TIMEOUT,
            "This application holds " + most + " connections to databases, as many as it may.")
        .withRemedy("Try again later, or have the application's limit raised.")
        .asException();
  }

  /** The same connection, whose end is noticed. */
  private Connection counted(Connection made) {
    AtomicBoolean held = new AtomicBoolean(true);
    return (Connection)
        Proxy.newProxyInstance(
            ConnectionBudget.class.getClassLoader(),
            new Class<?>[] {Connection.class},
            (proxy, method, arguments) -> {
              String name = method.getName();
              try {
                return method.invoke(made, arguments);
              } catch (InvocationTargetException e) {
                // The pool logs what these throw; the driver's words may be anything.
                if (name.equals("isValid")) {
                  return false;
                }
                throw name.equals("close") ? new SQLException("couldn't close") : e.getCause();
              } finally {
                if ((name.equals("close") || name.equals("abort"))
                    && held.compareAndSet(true, false)) {
                  free.release();
                }
              }
            });
  }
}
