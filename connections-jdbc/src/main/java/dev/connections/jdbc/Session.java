package dev.connections.jdbc;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.sql.SQLTimeoutException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * A connection during one call: each statement gets the call's time-out, and the call can be ended
 * by another thread. Used by one thread at a time.
 */
public final class Session {
  /** How long a server may take to obey a cancel before its connection is cut. */
  private static final Duration GRACE = Duration.ofMillis(500);

  private final Connection connection;
  private final Duration timeout;
  private final CountDownLatch finished = new CountDownLatch(1);
  private Optional<Statement> running = Optional.empty();
  private boolean ended;

  Session(Connection connection, Duration timeout) throws SQLException {
    this.connection = connection;
    this.timeout = timeout;
    try {
      // The server's own time-out comes first; this one is for a server that answers nothing.
      connection.setNetworkTimeout(Runnable::run, millis(timeout.plus(GRACE)));
    } catch (SQLFeatureNotSupportedException e) {
      // Such a driver has one time-out for all calls of a connection, set when it was opened.
    }
  }

  static int millis(Duration time) {
    return (int) Math.max(1, Math.min(Integer.MAX_VALUE, time.toMillis()));
  }

  /** Gives a statement its values. */
  @FunctionalInterface
  public interface Binder {
    /** Has nothing to give. */
    Binder NONE = statement -> {};

    /**
     * Sets the values.
     *
     * @param statement the statement to set them on
     * @throws SQLException as the driver throws it
     */
    void bind(PreparedStatement statement) throws SQLException;
  }

  /**
   * Makes a value of a row.
   *
   * @param <T> the value
   */
  @FunctionalInterface
  public interface RowReader<T> {
    /**
     * {@return what the present row holds}
     *
     * @param row stands on a row; never moved
     * @throws SQLException as the driver throws it
     */
    T read(ResultSet row) throws SQLException;
  }

  /**
   * Runs a query to its end.
   *
   * @param query the query
   * @param binder gives its values
   * @param reader reads its rows
   * @param <T> what a row is read as
   * @return a value per row, in their order
   * @throws SQLException as the driver throws it
   */
  public <T> List<T> query(CatalogQuery query, Binder binder, RowReader<T> reader)
      throws SQLException {
    return query(query.text(), binder, reader);
  }

  /**
   * Runs a query to its end.
   *
   * @param sql the query; values are bound, and a name in it is quoted by the caller
   * @param binder gives its values
   * @param reader reads its rows
   * @param <T> what a row is read as
   * @return a value per row, in their order
   * @throws SQLException as the driver throws it
   */
  public <T> List<T> query(String sql, Binder binder, RowReader<T> reader) throws SQLException {
    try (PreparedStatement statement = prepare(sql, binder);
        ResultSet rows = statement.executeQuery()) {
      List<T> read = new ArrayList<>();
      while (rows.next()) {
        read.add(reader.read(rows));
      }
      return read;
    }
  }

  /**
   * Runs one statement, whatever it is; a result is left unread. It isn't prepared, so a question
   * mark in it is only that.
   *
   * @param sql the statement
   * @throws SQLException as the driver throws it
   */
  public void execute(String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      limit(statement);
      begin(statement);
      statement.execute(sql);
    }
  }

  private void limit(Statement statement) throws SQLException {
    statement.setQueryTimeout((int) Math.min(Integer.MAX_VALUE, 1 + timeout.toSeconds()));
  }

  PreparedStatement prepare(String sql, Binder binder) throws SQLException {
    PreparedStatement statement = connection.prepareStatement(sql);
    try {
      limit(statement);
      binder.bind(statement);
      begin(statement);
      return statement;
    } catch (SQLException | RuntimeException e) {
      statement.close();
      throw e;
    }
  }

  private synchronized void begin(Statement statement) throws SQLException {
    if (ended) {
      throw new SQLTimeoutException("ended before it began");
    }
    running = Optional.of(statement);
  }

  /** {@return the connection; its lifetime is the call's} */
  public Connection connection() {
    return connection;
  }

  /** Ends what runs: asks the server first, and cuts the connection if it doesn't obey. */
  void end() {
    Optional<Statement> statement;
    synchronized (this) {
      if (ended || finished.getCount() == 0) {
        return;
      }
      ended = true;
      statement = running;
    }
    // Both may wait for the network, and a hook must not.
    statement.ifPresent(known -> daemon(() -> cancel(known)));
    daemon(this::cutUnlessFinished);
  }

  static void daemon(Runnable code) {
    Thread thread = new Thread(code, "connections-cancel");
    thread.setDaemon(true);
    thread.start();
  }

  private static void cancel(Statement statement) {
    try {
      statement.cancel();
    } catch (SQLException e) {
      // The connection is cut a little later.
    }
  }

  private void cutUnlessFinished() {
    try {
      if (!finished.await(GRACE.toMillis(), TimeUnit.MILLISECONDS)) {
        connection.abort(Runnable::run);
      }
    } catch (SQLException | InterruptedException e) {
      // Its time-out ends it then.
    }
  }

  /**
   * Says that the call is over, so that nothing is ended any more. {@return whether it ended by
   * itself} If not, a cancel may still be on its way, and the connection isn't to be used again.
   */
  boolean finish() {
    synchronized (this) {
      finished.countDown();
      return !ended;
    }
  }
}
