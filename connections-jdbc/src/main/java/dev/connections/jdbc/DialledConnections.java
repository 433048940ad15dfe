package dev.connections.jdbc;

import java.io.PrintWriter;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.time.Duration;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.logging.Logger;
import javax.sql.DataSource;

/**
 * Where the pool gets its connections. After a failed attempt none is made until somebody asks
 * anew: a pool would repeat a wrong password until the account is locked.
 */
final class DialledConnections implements DataSource {
  /** Whether a pool does something on its own account, on this thread. */
  private static final ThreadLocal<Boolean> BY_POOL = ThreadLocal.withInitial(() -> false);

  private final Dialer dialer;
  private final Queue<Connection> handed = new ConcurrentLinkedQueue<>();
  private Optional<Exception> refused = Optional.empty();
  private long failures;

  /** Opens one connection. */
  @FunctionalInterface
  interface Dialer {
    Connection dial() throws SQLException;
  }

  DialledConnections(Dialer dialer) {
    this.dialer = dialer;
  }

  /** Gives the pool a connection that was made elsewhere; it takes it as its next one. */
  void hand(Connection connection) {
    handed.add(connection);
  }

  /** Closes what was handed over and never taken. */
  void closeHanded() {
    keepHanded(0);
  }

  /** Closes what was handed over beyond what there is room for. */
  void keepHanded(int most) {
    while (handed.size() > Math.max(0, most)) {
      Connection left = handed.poll();
      if (left != null) {
        DatabasePool.close(left);
      }
    }
  }

  /** Allows another attempt. {@return a mark to ask for failures since} */
  synchronized long allow() {
    if (refused.isPresent()) {
      refused = Optional.empty();
    }
    return failures;
  }

  synchronized Optional<Exception> failureSince(long mark) {
    return failures > mark ? refused : Optional.empty();
  }

  @Override
  public Connection getConnection() throws SQLException {
    Connection made = handed.poll();
    if (made != null) {
      return fresh(made);
    }
    synchronized (this) {
      if (refused.isPresent()) {
        throw new SQLException("not tried again");
      }
    }
    try {
      return fresh(dialer.dial());
    } catch (SQLException | RuntimeException e) {
      synchronized (this) {
        refused = Optional.of(e);
        failures++;
      }
      // Without the cause: what the pool makes of it goes to its log.
      throw new SQLException("couldn't connect");
    }
  }

  /** How long a connection wasn't used. */
  private interface Idle {
    long idleNanos();
  }

  /** Something of the pool that is done on a connection. */
  @FunctionalInterface
  interface Taking {
    Connection take() throws SQLException;
  }

  /**
   * Takes from the pool without its own question whether a connection lives: nobody can stop it.
   */
  static Connection unasked(Taking taking) throws SQLException {
    BY_POOL.set(true);
    try {
      return taking.take();
    } finally {
      BY_POOL.remove();
    }
  }

  /** {@return how long a connection of a pool wasn't used} */
  static Duration idle(Connection pooled) throws SQLException {
    return Duration.ofNanos(pooled.unwrap(Idle.class).idleNanos());
  }

  /**
   * The same connection, which lives until it was used: it has just signed in. A pool asks each of
   * them whether it lives while nobody who waits can be told that it doesn't, or stop the question.
   */
  private static Connection fresh(Connection made) {
    AtomicBoolean asked = new AtomicBoolean();
    AtomicLong used = new AtomicLong(System.nanoTime());
    return (Connection)
        Proxy.newProxyInstance(
            DialledConnections.class.getClassLoader(),
            new Class<?>[] {Connection.class, Idle.class},
            (proxy, method, arguments) -> {
              if (method.getDeclaringClass() == Idle.class) {
                return System.nanoTime() - used.get();
              }
              boolean byPool = BY_POOL.get();
              if (method.getName().equals("isValid")
                  && (byPool || asked.compareAndSet(false, true))) {
                return true;
              }
              if (!byPool) {
                used.set(System.nanoTime());
              }
              try {
                return method.invoke(made, arguments);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
  }

  @Override
  public Connection getConnection(String user, String password) throws SQLException {
    throw new SQLFeatureNotSupportedException();
  }

  @Override
  public PrintWriter getLogWriter() {
    return new PrintWriter(PrintWriter.nullWriter());
  }

  @Override
  public void setLogWriter(PrintWriter out) {
    // There is none.
  }

  @Override
  public void setLoginTimeout(int seconds) {
    // The configuration's own time-out counts.
  }

  /** How long closing the pool waits for connections that are being made. */
  @Override
  public int getLoginTimeout() {
    return 1;
  }

  @Override
  public Logger getParentLogger() throws SQLFeatureNotSupportedException {
    throw new SQLFeatureNotSupportedException();
  }

  @Override
  public <T> T unwrap(Class<T> type) throws SQLException {
    throw new SQLFeatureNotSupportedException();
  }

  @Override
  public boolean isWrapperFor(Class<?> type) {
    return false;
  }
}
