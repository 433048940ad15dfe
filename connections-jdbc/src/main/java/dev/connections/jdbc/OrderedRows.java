package dev.connections.jdbc;

import dev.connections.api.Operation;
import dev.connections.api.Registration;
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
public final class OrderedRows<T> implements SafeCloseable {
  private final Lease lease;
  private final DatabaseFailures failures;
  private final Operation operation;
  private final PreparedStatement statement;
  private final ResultSet rows;
  private final Session.RowReader<T> reader;
  private final Registration hook;
  private boolean more;
  private long at;
  private boolean closed;

  /** The connection that the rows come from, perhaps shared with other rows. */
  interface Lease {
    Session session();

    /** Says that the stream broke, so that the connection isn't used again. */
    void broken();

    /** Says that these rows are closed. */
    void released();
  }

  private OrderedRows(
      Lease lease,
      PreparedStatement statement,
      ResultSet rows,
      Session.RowReader<T> reader,
      DatabaseFailures failures,
      Operation operation)
      throws SQLException {
    this.lease = lease;
    this.statement = statement;
    this.rows = rows;
    this.reader = reader;
    this.failures = failures;
    this.operation = operation;
    advance();
    this.hook = operation.onCancel(lease.session()::end);
  }

  /** A stream on a connection without auto-commit: else PostgreSQL's driver reads it whole. */
  static <T> OrderedRows<T> open(
      Lease lease,
      CatalogQuery query,
      Session.Binder binder,
      Session.RowReader<T> reader,
      int fetch,
      DatabaseFailures failures,
      Operation operation)
      throws SQLException {
    PreparedStatement statement = lease.session().prepare(query.text(), binder);
    try {
      statement.setFetchSize(fetch);
      return new OrderedRows<>(
          lease, statement, statement.executeQuery(), reader, failures, operation);
    } catch (SQLException | RuntimeException e) {
      statement.close();
      throw e;
    }
  }

  private void advance() throws SQLException {
    more = rows.next();
    at = more ? rows.getLong(1) : Long.MAX_VALUE;
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
    if (!more || at > id) {
      return List.of();
    }
    List<T> found = new ArrayList<>();
    try {
      while (more && at <= id) {
        if (at == id) {
          found.add(reader.read(rows));
        }
        advance();
      }
      return found;
    } catch (SQLException | RuntimeException e) {
      lease.broken();
      operation.checkpoint();
      throw failures.of(e);
    }
  }

  /** Gives the connection back, unless other rows come from it. Calling it again does nothing. */
  @Override
  public void close() {
    if (closed) {
      return;
    }
    closed = true;
    hook.close();
    try {
      rows.close();
      statement.close();
    } catch (SQLException | RuntimeException e) {
      lease.broken();
    }
    lease.released();
  }
}
