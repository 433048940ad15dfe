package dev.connections.jdbc;

import dev.connections.api.Operation;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/**
 * Several ordered streams of one catalog, side by side on one connection and in one transaction
 * that is rolled back at the end. So a large catalog is merged object by object, and none of its
 * parts is held in memory.
 *
 * <p>For databases whose driver keeps several results open on a connection without reading them
 * whole, such as PostgreSQL. For others read the small sets first, by {@link Database#byId}, and
 * the largest by {@link Database#stream}. Used by one thread.
 */
public final class CatalogReading implements SafeCloseable {
  private final Lease lease;
  private final DatabaseFailures failures;
  private final Operation operation;
  private final List<OrderedRows<?>> streams = new ArrayList<>();

  /** Opens the streams of a reading. */
  @FunctionalInterface
  public interface Opening {
    /**
     * Opens the streams; if that fails in a way that may pass, it is done again on another
     * connection.
     *
     * @param reading what they are opened by
     * @throws SQLException as the driver throws it
     */
    void open(CatalogReading reading) throws SQLException;
  }

  /** Holds the connection until the reading is closed. */
  static final class Lease implements OrderedRows.Lease {
    private final Session session;
    private final DatabasePool pool;
    private final boolean inTransaction;
    private boolean sound = true;
    private boolean ended;

    private Lease(Session session, DatabasePool pool, boolean inTransaction) {
      this.session = session;
      this.pool = pool;
      this.inTransaction = inTransaction;
    }

    /** Without a transaction PostgreSQL's driver reads every result into memory. */
    static Lease begin(Session session, DatabasePool pool, boolean inTransaction)
        throws SQLException {
      Connection connection = session.connection();
      connection.setReadOnly(true);
      if (inTransaction) {
        connection.setAutoCommit(false);
      }
      return new Lease(session, pool, inTransaction);
    }

    @Override
    public Session session() {
      return session;
    }

    @Override
    public void broken() {
      sound = false;
    }

    @Override
    public void released() {
      // The reading ends it.
    }

    /** Rolls back and gives the connection back, or discards it. Once. */
    void end() {
      if (ended) {
        return;
      }
      ended = true;
      boolean byItself = session.finish();
      try {
        if (sound && byItself) {
          if (inTransaction) {
            session.connection().rollback();
          }
          pool.giveBack(session.connection());
          return;
        }
      } catch (SQLException e) {
        // Then it is discarded.
      }
      pool.discard(session.connection());
    }
  }

  private CatalogReading(Lease lease, DatabaseFailures failures, Operation operation) {
    this.lease = lease;
    this.failures = failures;
    this.operation = operation;
  }

  static CatalogReading begin(
      Session session, DatabasePool pool, DatabaseFailures failures, Operation operation)
      throws SQLException {
    return new CatalogReading(Lease.begin(session, pool, true), failures, operation);
  }

  /**
   * Runs a statement that gives nothing, such as one that sets something for the transaction.
   *
   * @param sql a constant text
   * @throws SQLException as the driver throws it
   */
  public void execute(String sql) throws SQLException {
    try (var statement = lease.session().prepare(sql, Session.Binder.NONE)) {
      statement.execute();
    }
  }

  /**
   * Runs a query to its end, within the transaction.
   *
   * @param query the query
   * @param binder gives its values
   * @param reader reads its rows
   * @param <T> what a row is read as
   * @return a value per row, in their order
   * @throws SQLException as the driver throws it
   */
  public <T> List<T> list(CatalogQuery query, Session.Binder binder, Session.RowReader<T> reader)
      throws SQLException {
    return lease.session().query(query, binder, reader);
  }

  /**
   * {@return a stream, closed with this reading}
   *
   * @param query a query sorted by the object id in its first column
   * @param binder gives its values
   * @param reader reads its rows
   * @param fetch how many rows are fetched at a time, and held
   * @param <T> what a row is read as
   * @throws SQLException as the driver throws it
   */
  public <T> OrderedRows<T> stream(
      CatalogQuery query, Session.Binder binder, Session.RowReader<T> reader, int fetch)
      throws SQLException {
    OrderedRows<T> stream =
        OrderedRows.open(lease, query, binder, reader, fetch, failures, operation);
    streams.add(stream);
    return stream;
  }

  /** Closes the streams and gives the connection back. Calling it again does nothing. */
  @Override
  public void close() {
    try {
      streams.forEach(OrderedRows::close);
    } finally {
      lease.end();
    }
  }
}
