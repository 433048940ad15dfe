package dev.connections.jdbc;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.HikariPoolMXBean;
import dev.connections.api.Failure;
import dev.connections.api.Registration;
import dev.connections.api.StandardErrorCode;
import dev.connections.api.StandardFailures;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

/** A small pool that is made when it is first needed and holds nothing while idle. */
final class DatabasePool implements AutoCloseable {
  /** The least that the pool can wait; in between we look for a failure. */
  private static final long LOOK_AGAIN = 250;

  /** What was used a moment ago lives. */
  private static final Duration ASKED_AFTER = Duration.ofMillis(500);

  /** Of the time that connecting may take, the part after which an answer isn't waited for. */
  private static final int LIVELY = 4;

  private static final AtomicInteger NUMBER = new AtomicInteger();

  private final DatabaseSettings settings;
  private final DialledConnections source;
  private final ConnectionBudget budget;
  private final PoolWatch watch;
  private final Runnable closesIdle = this::closeIdle;
  private final AtomicInteger dialling = new AtomicInteger();
  private final AtomicInteger waiting = new AtomicInteger();
  private Optional<HikariDataSource> pool = Optional.empty();
  private boolean closed;

  DatabasePool(
      DatabaseSettings settings,
      DialledConnections.Dialer dialer,
      ConnectionBudget budget,
      PoolWatch watch) {
    this.settings = settings;
    this.budget = budget;
    this.watch = watch;
    this.source =
        new DialledConnections(() -> budget.open(Caller.ofPool(settings.connectTimeout(), dialer)));
  }

  private synchronized HikariDataSource pool() {
    if (closed) {
      throw Failure.of(StandardErrorCode.CANCELLED, "The connection was closed.").asException();
    }
    HikariDataSource made = pool.orElseGet(this::make);
    pool = Optional.of(made);
    return made;
  }

  private HikariDataSource make() {
    HikariConfig config = new HikariConfig();
    config.setPoolName("connections-" + NUMBER.incrementAndGet());
    config.setDataSource(source);
    config.setMinimumIdle(0);
    config.setMaximumPoolSize(settings.poolSize());
    config.setIdleTimeout(Math.max(10_000, settings.idleTimeout().toMillis()));
    config.setConnectionTimeout(LOOK_AGAIN);
    config.setValidationTimeout(Math.max(1_000, settings.connectTimeout().toMillis()));
    config.setInitializationFailTimeout(-1);
    config.setExceptionOverride(new BrokenConnections(this::closeIdle));
    HikariDataSource made = new HikariDataSource(config);
    budget.join(closesIdle);
    return made;
  }

  /** Closes its idle connections now, and those in use when they return. */
  private void closeIdle() {
    renew();
  }

  /** Closes what is idle, and what is in use when it comes back. */
  void renew() {
    source.closeHanded();
    state().ifPresent(HikariPoolMXBean::softEvictConnections);
  }

  private synchronized Optional<HikariPoolMXBean> state() {
    return pool.map(HikariDataSource::getHikariPoolMXBean);
  }

  /** Tells the watch how the pool stands now. */
  void tell() {
    state().ifPresent(known -> watch.stands(known, waiting.get()));
  }

  /**
   * Who wants a connection.
   *
   * @param timeout how long they wait
   * @param onCancel has a hook run when they don't want it any more
   * @param dialer opens one where none is idle
   */
  record Caller(
      Duration timeout,
      Function<Runnable, Registration> onCancel,
      DialledConnections.Dialer dialer) {
    /** The pool itself, which nobody cancels. */
    static Caller ofPool(Duration timeout, DialledConnections.Dialer dialer) {
      return new Caller(timeout, hook -> () -> {}, dialer);
    }
  }

  /**
   * Takes a connection. Where none is idle it is made by the caller: a pool that makes it tells a
   * failure only when its own time is over.
   *
   * @throws SQLException what the driver threw
   */
  Connection take(Caller caller) throws SQLException {
    long end = System.nanoTime() + caller.timeout().toNanos();
    HikariDataSource from = pool();
    AtomicBoolean cancelled = new AtomicBoolean();
    Registration hook = caller.onCancel().apply(() -> cancelled.set(true));
    waiting.incrementAndGet();
    try (hook) {
      while (true) {
        Connection taken = next(from, caller, end, cancelled);
        if (lives(taken, caller, end)) {
          return taken;
        }
        from.evictConnection(taken);
      }
    } finally {
      waiting.decrementAndGet();
      tell();
    }
  }

  /** The next connection that the pool has, which may have died while it was idle. */
  private Connection next(HikariDataSource from, Caller caller, long end, AtomicBoolean cancelled)
      throws SQLException {
    HikariPoolMXBean state = from.getHikariPoolMXBean();
    dialIfNoneIsIdle(state, caller);
    long mark = source.allow();
    while (true) {
      try {
        Connection taken = DialledConnections.unasked(from::getConnection);
        // One that came back meanwhile was taken in place of the dialled one, which the pool, not
        // knowing it, would neither renew nor close: it is kept for others who wait, else closed.
        source.keepHanded(
            Math.min(settings.poolSize() - state.getTotalConnections(), waiting.get() - 1));
        return taken;
      } catch (SQLException e) {
        if (cancelled.get() || Thread.currentThread().isInterrupted()) {
          throw StandardFailures.cancelled().asException(e);
        }
        if (!(e instanceof SQLTransientConnectionException)) {
          throw e;
        }
        throwFailure(source.failureSince(mark));
        tell();
        if (System.nanoTime() - end >= 0) {
          throw Failure.of(
                  StandardErrorCode.TIMEOUT,
                  "No connection to " + settings.displayName() + " became free in time.")
              .withRemedy("Try again, allow more time, or raise the pool's size.")
              .asException(e);
        }
      }
    }
  }

  /** Asks one that was idle whether it lives: not longer than the caller waits. */
  private boolean lives(Connection taken, Caller caller, long end) throws SQLException {
    if (DialledConnections.idle(taken).compareTo(ASKED_AFTER) < 0) {
      return true;
    }
    Duration left = Duration.ofNanos(Math.max(1, end - System.nanoTime()));
    Duration most = settings.connectTimeout().dividedBy(LIVELY);
    return Liveness.of(taken, most.compareTo(left) < 0 ? most : left, caller.onCancel());
  }

  /** Many may ask at once: together they dial no more than the pool may hold. */
  private void dialIfNoneIsIdle(HikariPoolMXBean state, Caller caller) throws SQLException {
    int others = dialling.getAndIncrement();
    try {
      if (state.getIdleConnections() == 0
          && state.getTotalConnections() + others < settings.poolSize()) {
        source.hand(budget.open(caller));
      }
    } finally {
      dialling.decrementAndGet();
    }
  }

  private static void throwFailure(Optional<Exception> failure) throws SQLException {
    if (failure.isPresent()) {
      if (failure.get() instanceof SQLException sql) {
        throw sql;
      }
      throw (RuntimeException) failure.get();
    }
  }

  /** Closes a connection that may be broken or in the midst of something. */
  void discard(Connection connection) {
    Optional<HikariDataSource> from;
    synchronized (this) {
      from = pool;
    }
    // Evicting closes it. A pool that was closed has cut it already.
    from.ifPresent(known -> known.evictConnection(connection));
    tell();
  }

  /** Takes a connection back that is sound. */
  void giveBack(Connection connection) {
    close(connection);
    tell();
  }

  static void close(Connection connection) {
    try {
      connection.close();
    } catch (SQLException e) {
      // It is gone in any case.
    }
  }

  /** {@return how many connections there are, in use or idle} */
  int size() {
    return state().map(HikariPoolMXBean::getTotalConnections).orElse(0);
  }

  @Override
  public void close() {
    Optional<HikariDataSource> from;
    synchronized (this) {
      closed = true;
      from = pool;
      pool = Optional.empty();
    }
    budget.leave(closesIdle);
    from.ifPresent(HikariDataSource::close);
    source.closeHanded();
  }
}
