package dev.connections.jdbc;

import com.zaxxer.hikari.HikariPoolMXBean;
import dev.connections.api.Events;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.CallableStatement;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Watches what a host does with borrowed connections, and tells it as figures: slow statements,
 * connections that are kept too long, and how the pool stands. Safe for any thread.
 */
final class PoolWatch {
  /** What takes longer is told as {@code query.slow}. */
  static final Duration SLOW = Duration.ofSeconds(1);

  /** What is kept longer was most likely forgotten. */
  static final Duration LEAKED = Duration.ofMinutes(5);

  private final Events events;
  private final Clock clock;
  private final Map<Object, Borrowed> borrowed = new ConcurrentHashMap<>();

  private record Borrowed(Instant since, AtomicBoolean told) {}

  PoolWatch(Events events, Clock clock) {
    this.events = events;
    this.clock = clock;
  }

  /** Tells how the pool stands, and how many wait for a connection. */
  void stands(HikariPoolMXBean pool, int waiting) {
    events.level("pool.active", pool.getActiveConnections());
    events.level("pool.idle", pool.getIdleConnections());
    events.level("pool.waiting", waiting);
    Instant now = clock.instant();
    borrowed
        .values()
        .forEach(
            one -> {
              if (one.since().plus(LEAKED).isBefore(now) && one.told().compareAndSet(false, true)) {
                events.counted("connection.leaked", 1);
              }
            });
  }

  /** {@return the connection as a host gets it} */
  Connection lend(Connection connection, Runnable returned) {
    Object key = new Object();
    borrowed.put(key, new Borrowed(clock.instant(), new AtomicBoolean()));
    return (Connection)
        Proxy.newProxyInstance(
            PoolWatch.class.getClassLoader(),
            new Class<?>[] {Connection.class},
            (proxy, method, arguments) -> {
              if (method.getName().equals("equals")) {
                return proxy == arguments[0];
              }
              if (method.getName().equals("close")) {
                return closed(connection, method, borrowed.remove(key) != null, returned);
              }
              Object result = invoke(connection, method, arguments);
              return result instanceof Statement statement
                  ? watched(statement, (Connection) proxy)
                  : result;
            });
  }

  private static Object closed(
      Connection connection, Method method, boolean first, Runnable returned) throws Throwable {
    try {
      return invoke(connection, method, new Object[0]);
    } finally {
      if (first) {
        returned.run();
      }
    }
  }

  private Statement watched(Statement statement, Connection owner) {
    Class<?> kind =
        statement instanceof CallableStatement
            ? CallableStatement.class
            : statement instanceof PreparedStatement ? PreparedStatement.class : Statement.class;
    return (Statement)
        Proxy.newProxyInstance(
            PoolWatch.class.getClassLoader(),
            new Class<?>[] {kind},
            (proxy, method, arguments) -> {
              if (method.getName().equals("equals")) {
                return proxy == arguments[0];
              }
              if (method.getName().equals("getConnection")) {
                return owner;
              }
              if (!method.getName().startsWith("execute")) {
                return invoke(statement, method, arguments);
              }
              long start = System.nanoTime();
              try {
                return invoke(statement, method, arguments);
              } finally {
                ran(Duration.ofNanos(System.nanoTime() - start));
              }
            });
  }

  /** Tells a statement that took long. */
  void ran(Duration time) {
    if (time.compareTo(SLOW) >= 0) {
      events.took("query.slow", time);
    }
  }

  private static Object invoke(Object target, Method method, Object[] arguments) throws Throwable {
    try {
      return method.invoke(target, arguments);
    } catch (InvocationTargetException e) {
      throw Optional.ofNullable(e.getCause()).orElse(e);
    }
  }
}
