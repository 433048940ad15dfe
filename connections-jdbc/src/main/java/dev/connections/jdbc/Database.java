package dev.connections.jdbc;

import dev.connections.api.AdapterContext;
import dev.connections.api.AdapterLife;
import dev.connections.api.Attempt;
import dev.connections.api.CallLimits;
import dev.connections.api.Operation;
import dev.connections.api.Registration;
import dev.connections.api.RemoteCalls;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;

/**
 * One database, read through one configuration: pool, calls, failures. What a JDBC adapter is built
 * on. Nothing is dialled until something is read. Safe for any thread.
 */
public final class Database implements AutoCloseable {
  /** Rows of a stream fetched at a time: a round trip each, and some hundred kilobytes. */
  private static final int FETCH = 5_000;

  private final DatabaseSettings settings;
  private final DatabaseDriver driver;
  private final DatabaseFailures failures;
  private final RemoteCalls calls;
  private final Dialler dialler;
  private final DatabasePool pool;
  private final PoolWatch watch;
  private final AdapterLife life = new AdapterLife();

  private Database(DatabaseSettings settings, DatabaseDriver driver, AdapterContext context) {
    this.settings = settings;
    this.driver = driver;
    this.failures = new DatabaseFailures(settings);
    this.calls =
        context.calls(CallLimits.parallel(settings.poolSize()).withTimeout(settings.callTimeout()));
    this.dialler = new Dialler(settings, driver, failures, context);
    this.watch = new PoolWatch(context.events(), context.clock());
    this.pool = new DatabasePool(settings, dialler::dial, ConnectionBudget.SHARED, watch);
  }

  /**
   * {@return a database; nothing is dialled yet}
   *
   * @param settings where it is and how it is used
   * @param driver opens connections
   * @param context the adapter's surroundings
   */
  public static Database of(
      DatabaseSettings settings, DatabaseDriver driver, AdapterContext context) {
    return new Database(settings, driver, context);
  }

  /**
   * A round trip.
   *
   * @param <T> what it gives
   */
  @FunctionalInterface
  public interface SessionCall<T> {
    /**
     * Makes the round trip.
     *
     * @param session the connection, for this call
     * @return what it gave
     * @throws SQLException as the driver throws it; the caller makes a precise failure of it
     */
    T on(Session session) throws SQLException;
  }

  /**
   * {@return an operation that also ends when this database is closed}
   *
   * @param operation deadline and cancellation of the call
   * @throws dev.connections.api.ConnectionException if it has ended already
   */
  public Operation during(Operation operation) {
    return life.during(operation);
  }

  /**
   * Makes a round trip that may be repeated.
   *
   * @param name what it is, for figures and logs
   * @param operation deadline and cancellation
   * @param call the round trip
   * @param <T> what it gives
   * @return what it gave
   * @throws dev.connections.api.ConnectionException with a precise code, if it fails
   */
  public <T> T call(String name, Operation operation, SessionCall<T> call) {
    driver.prepare(operation);
    return calls.read(name, operation, attempt -> onPooled(attempt, call, operation));
  }

  /**
   * Makes a round trip that changes something, so that it is never repeated.
   *
   * @param name what it is, for figures and logs
   * @param operation deadline and cancellation
   * @param call the round trip
   * @param <T> what it gives
   * @return what it gave
   * @throws dev.connections.api.ConnectionException with a precise code, if it fails; whether
   *     anything was changed is open where no answer came
   */
  public <T> T change(String name, Operation operation, SessionCall<T> call) {
    driver.prepare(operation);
    return calls.write(name, operation, attempt -> onPooled(attempt, call, operation));
  }

  private <T> T onPooled(Attempt attempt, SessionCall<T> call, Operation operation) {
    return on(take(attempt), attempt, call, operation, true);
  }

  private Connection take(Attempt attempt) {
    try {
      return pool.take(caller(attempt));
    } catch (SQLException | RuntimeException e) {
      throw failures.of(e);
    }
  }

  private DatabasePool.Caller caller(Attempt attempt) {
    return new DatabasePool.Caller(
        attempt.timeout(), attempt::onCancel, () -> dialler.dial(attempt));
  }

  /** Runs a call on a connection; what isn't pooled stays open. */
  private <T> T on(
      Connection connection,
      Attempt attempt,
      SessionCall<T> call,
      Operation operation,
      boolean pooled) {
    boolean sound = false;
    long start = System.nanoTime();
    try {
      Session session = new Session(connection, attempt.timeout());
      Registration hook = attempt.onCancel(session::end);
      try (hook) {
        T result = call.on(session);
        sound = session.finish();
        return result;
      } finally {
        session.finish();
      }
    } catch (SQLException | RuntimeException e) {
      operation.checkpoint();
      throw failures.of(e);
    } finally {
      watch.ran(Duration.ofNanos(System.nanoTime() - start));
      if (pooled && sound) {
        pool.giveBack(connection);
      } else if (pooled) {
        pool.discard(connection);
      }
    }
  }

  /**
   * Runs a catalog query to its end.
   *
   * @param query the query
   * @param binder gives its values
   * @param reader reads its rows
   * @param operation deadline and cancellation
   * @param <T> what a row is read as
   * @return a value per row, in their order
   * @throws dev.connections.api.ConnectionException with a precise code, if it fails
   */
  public <T> List<T> list(
      CatalogQuery query, Session.Binder binder, Session.RowReader<T> reader, Operation operation) {
    return call(query.name(), operation, session -> session.query(query, binder, reader));
  }

  /**
   * Runs a catalog query to its end and groups its rows by the object id in their first column.
   *
   * @param query the query
   * @param binder gives its values
   * @param reader reads its rows
   * @param operation deadline and cancellation
   * @param <T> what a row is read as
   * @return the rows of each object, in their order
   * @throws dev.connections.api.ConnectionException with a precise code, if it fails
   */
  public <T> Map<Long, List<T>> byId(
      CatalogQuery query, Session.Binder binder, Session.RowReader<T> reader, Operation operation) {
    record Row<T>(long id, T value) {}
    Session.RowReader<Row<T>> withId =
        (ResultSet row) -> new Row<>(row.getLong(1), reader.read(row));
    Map<Long, List<T>> grouped = new HashMap<>();
    for (Row<T> row : list(query, binder, withId, operation)) {
      grouped.computeIfAbsent(row.id(), id -> new ArrayList<>(2)).add(row.value());
    }
    return grouped;
  }

  /**
   * Opens a large query, to be read as a stream. Only its first round trip is repeated; a stream
   * that breaks later throws.
   *
   * @param query a query sorted by the object id in its first column
   * @param binder gives its values
   * @param reader reads its rows
   * @param operation deadline and cancellation, of the reading too
   * @param <T> what a row is read as
   * @return the rows; to be closed
   * @throws dev.connections.api.ConnectionException with a precise code, if it fails
   */
  public <T> OrderedRows<T> stream(
      CatalogQuery query, Session.Binder binder, Session.RowReader<T> reader, Operation operation) {
    driver.prepare(operation);
    return Opened.by(
        calls, query.name(), operation, attempt -> open(query, binder, reader, operation, attempt));
  }

  private <T> OrderedRows<T> open(
      CatalogQuery query,
      Session.Binder binder,
      Session.RowReader<T> reader,
      Operation operation,
      Attempt attempt) {
    return begin(
        attempt,
        operation,
        session -> {
          CatalogReading.Lease lease =
              CatalogReading.Lease.begin(session, pool, driver.streamsInTransactions());
          return OrderedRows.open(
              new OwnLease(lease), query, binder, reader, FETCH, failures, operation);
        });
  }

  /** Lets results of a session be fetched by portions; the pool ends what is begun. */
  void beginStreaming(Session session) throws SQLException {
    if (driver.streamsInTransactions()) {
      session.connection().setAutoCommit(false);
    }
  }

  /** The connection of a stream that shares it with no other. */
  private record OwnLease(CatalogReading.Lease lease) implements OrderedRows.Lease {
    @Override
    public Session session() {
      return lease.session();
    }

    @Override
    public void broken() {
      lease.broken();
    }

    @Override
    public void released() {
      lease.end();
    }
  }

  /**
   * Opens several streams side by side, in one transaction on one connection. Only their opening is
   * repeated, all of it; a stream that breaks later throws.
   *
   * @param name what is read, for figures and logs
   * @param operation deadline and cancellation, of the reading too
   * @param opening opens the streams
   * @return the reading; to be closed
   * @throws dev.connections.api.ConnectionException with a precise code, if it fails
   */
  public CatalogReading reading(String name, Operation operation, CatalogReading.Opening opening) {
    driver.prepare(operation);
    return Opened.by(calls, name, operation, attempt -> open(opening, operation, attempt));
  }

  private CatalogReading open(
      CatalogReading.Opening opening, Operation operation, Attempt attempt) {
    return begin(
        attempt,
        operation,
        session -> {
          CatalogReading reading = CatalogReading.begin(session, pool, failures, operation);
          opening.open(reading);
          return reading;
        });
  }

  /** Begins something that keeps its connection beyond the attempt. */
  private <T> T begin(Attempt attempt, Operation operation, SessionCall<T> call) {
    Connection connection = take(attempt);
    try {
      Session session = new Session(connection, attempt.timeout());
      Registration hook = attempt.onCancel(session::end);
      try (hook) {
        return call.on(session);
      } catch (SQLException | RuntimeException e) {
        session.finish();
        throw e;
      }
    } catch (SQLException | RuntimeException e) {
      pool.discard(connection);
      operation.checkpoint();
      throw failures.of(e);
    }
  }

  /** {@return a data source on the pool, as {@link SqlAccess} gives it to a host} */
  public DataSource dataSource() {
    return dataSource(connection -> {});
  }

  /**
   * {@return a data source on the pool whose connections are prepared before a host gets them} What
   * the preparation changes is undone when the connection returns to the pool.
   *
   * @param preparation sets what catalog queries leave otherwise, such as the isolation
   */
  public DataSource dataSource(Preparation preparation) {
    return new PooledDataSource(
        new Borrowing(
            pool, driver, dialler, settings.connectTimeout(), preparation, watch, failures, life));
  }

  /** Makes a connection ready for a host. */
  @FunctionalInterface
  public interface Preparation {
    /**
     * Sets what a host expects.
     *
     * @param connection from the pool
     * @throws SQLException as the driver throws it
     */
    void prepare(Connection connection) throws SQLException;
  }

  /**
   * Lets no connection that is open now be used by later calls: idle ones are closed, others when
   * they return to the pool. For credentials that a connection keeps and that end before it.
   */
  public void renew() {
    pool.renew();
  }

  /** {@return how failures are worded} */
  public DatabaseFailures failures() {
    return failures;
  }

  /** {@return how many connections the pool holds, in use or idle} */
  public int pooled() {
    return pool.size();
  }

  DatabaseSettings settings() {
    return settings;
  }

  RemoteCalls calls() {
    return calls;
  }

  Dialler dialler() {
    return dialler;
  }

  /** A connection outside the pool, which counts against the limit of the process all the same. */
  Connection dialAside(Attempt attempt) {
    try {
      return ConnectionBudget.SHARED.open(caller(attempt));
    } catch (SQLException e) {
      throw failures.of(e);
    }
  }

  /** Runs a call on a connection of its own, which stays open. */
  <T> T callOn(Connection connection, String name, Operation operation, SessionCall<T> call) {
    return calls.read(name, operation, attempt -> on(connection, attempt, call, operation, false));
  }

  /** Ends running calls and closes every connection. Calling it again does nothing. */
  @Override
  public void close() {
    life.end();
    dialler.close();
    pool.close();
  }
}
