package dev.connections.jdbc;

import dev.connections.api.Failure;
import dev.connections.api.Registration;
import dev.connections.api.StandardErrorCode;
import dev.connections.api.StandardFailures;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
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
  Connection open(DatabasePool.Caller caller) throws SQLException {
    take(caller);
    boolean opened = false;
    try {
      Connection made = counted(caller.dialer().dial());
      opened = true;
      return made;
    } finally {
      if (!opened) {
        free.release();
      }
    }
  }

  private void take(DatabasePool.Caller caller) {
    if (free.tryAcquire()) {
      return;
    }
    idleClosers.forEach(Runnable::run);
    Wait wait = new Wait(Thread.currentThread());
    boolean taken = false;
    Registration hook = caller.onCancel().apply(wait::cancel);
    try (hook) {
      taken = free.tryAcquire(caller.timeout().toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      if (!wait.cancelled()) {
        Thread.currentThread().interrupt();
      }
      throw StandardFailures.cancelled().asException(e);
    } finally {
      wait.end();
    }
    if (!taken) {
      throw Failure.of(
              StandardErrorCode.TIMEOUT,
              "This application holds " + most + " connections to databases, as many as it may.")
          .withRemedy("Try again later, or have the application's limit raised.")
          .asException();
    }
  }

  /** One caller's wait in line. A cancel ends it, and touches nothing that the caller does next. */
  private static final class Wait {
    private final Thread caller;
    private boolean cancelled;
    private boolean over;

    Wait(Thread caller) {
      this.caller = caller;
    }

    synchronized void cancel() {
      if (!over) {
        cancelled = true;
        caller.interrupt();
      }
    }

    synchronized boolean cancelled() {
      return cancelled;
    }

    /** A cancel that came when the place was taken is left to the dialling, which has its own. */
    synchronized void end() {
      over = true;
      if (cancelled) {
        Thread.interrupted();
      }
    }
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
