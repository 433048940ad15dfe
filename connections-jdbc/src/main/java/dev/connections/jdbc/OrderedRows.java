package dev.connections.jdbc;

import dev.connections.api.Operation;
import dev.connections.api.Registration;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/**
 * The rows of a large query, streamed in the order of the catalog's object id, which stands in the
 * first column. However many rows there are, those of one object are held. Used by one thread.
 *
 * @param <T> what a row is read as
 */
public final class OrderedRows<T> implements AutoCloseable {
  /** Rows fetched at a time: a round trip each, and some hundred kilobytes. */
  private static final int FETCH = 5_000;

  private final DatabasePool pool;
  private final DatabaseFailures failures;
  private final Operation operation;
  private final Session session;
  private final boolean inTransaction;
  private final PreparedStatement statement;
  private final ResultSet rows;
  private final Session.RowReader<T> reader;
  private final Registration hook;
  private boolean more;
  private boolean sound = true;
  private boolean closed;

  private OrderedRows(
      Session session,
      boolean inTransaction,
      PreparedStatement statement,
      ResultSet rows,
      Session.RowReader<T> reader,
      DatabasePool pool,
      DatabaseFailures failures,
      Operation operation)
      throws SQLException {
    this.session = session;
    this.inTransaction = inTransaction;
    this.statement = statement;
    this.rows = rows;
    this.reader = reader;
    this.pool = pool;
    this.failures = failures;
    this.operation = operation;
    this.more = rows.next();
    this.hook = operation.onCancel(session::end);
  }

  static <T> OrderedRows<T> open(
      Session session,
      CatalogQuery query,
      Session.Binder binder,
      Session.RowReader<T> reader,
      boolean inTransaction,
      DatabasePool pool,
      DatabaseFailures failures,
      Operation operation)
      throws SQLException {
    Connection connection = session.connection();
    connection.setReadOnly(true);
    if (inTransaction) {
      connection.setAutoCommit(false); // else PostgreSQL's driver reads everything into memory
    }
    PreparedStatement statement = session.prepare(query.text(), binder);
    try {
      statement.setFetchSize(FETCH);
      return new OrderedRows<>(
          session,
          inTransaction,
          statement,
          statement.executeQuery(),
          reader,
          pool,
          failures,
          operation);
    } catch (SQLException | RuntimeException e) {
      statement.close();
      throw e;
    }
  }

  /**
   * {@return the rows of one object, in their order; empty if there are none} Rows of objects
   * before it are passed over.
   *
   * @param id the object's id; greater than that of the call before
   * @throws dev.connections.api.ConnectionException if the stream broke, or the operation ended
   */
  public List<T> of(long id) {
    operation.checkpoint();
    List<T> found = new ArrayList<>();
    try {
      while (more && rows.getLong(1) <= id) {
        if (rows.getLong(1) == id) {
          found.add(reader.read(rows));
        }
        more = rows.next();
      }
      return found;
    } catch (SQLException | RuntimeException e) {
      sound = false;
      operation.checkpoint();
      throw failures.of(e);
    }
  }

  /** Gives the connection back. Calling it again does nothing. */
  @Override
  public void close() {
    if (closed) {
      return;
    }
    closed = true;
    hook.close();
    session.finish();
    try {
      if (sound && !session.wasEnded()) {
        rows.close();
        statement.close();
        if (inTransaction) {
          session.connection().rollback();
        }
        DatabasePool.giveBack(session.connection());
        return;
      }
    } catch (SQLException e) {
      // Then it is discarded.
    }
    pool.discard(session.connection());
  }
}
