package dev.connections.store.jdbc;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One connection to the database and the statements prepared on it. The texts of statements are our
 * own; every value is bound. Used by one thread at a time.
 */
final class Session implements AutoCloseable {
  /** Makes something of the row a result stands at. */
  @FunctionalInterface
  interface RowReader<T> {
    T read(ResultSet row) throws SQLException;
  }

  /** Something done on a session. */
  @FunctionalInterface
  interface Work<T> {
    T in(Session session) throws SQLException;
  }

  private final Connection connection;
  private final Dialect dialect;
  private final Map<String, PreparedStatement> prepared = new HashMap<>();
  private @Nullable SQLException failure;

  Session(Connection connection, Dialect dialect) {
    this.connection = connection;
    this.dialect = dialect;
  }

  Dialect dialect() {
    return dialect;
  }

  /**
   * Begins a transaction with the next statement. Where it says what it reads, it writes nothing.
   */
  void begin(boolean readOnly) throws SQLException {
    connection.setAutoCommit(false);
    connection.setReadOnly(readOnly);
  }

  void commit() throws SQLException {
    connection.commit();
  }

  void rollback() throws SQLException {
    connection.rollback();
  }

  /** What the first statement that failed said. */
  Optional<SQLException> failure() {
    return Optional.ofNullable(failure);
  }

  /** Runs a statement of ours that has neither values nor a result. */
  void run(String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  /** Returns how many rows were written. */
  int update(String sql, List<? extends @Nullable Object> values) throws SQLException {
    return execute(sql, values, PreparedStatement::executeUpdate);
  }

  int update(String sql, @Nullable Object... values) throws SQLException {
    return update(sql, listed(values));
  }

  /**
   * Runs one statement for each list of values, in as few round trips as the driver needs. Returns
   * how many rows were written.
   */
  int batch(String sql, List<? extends List<? extends @Nullable Object>> rows) throws SQLException {
    if (rows.isEmpty()) {
      return 0;
    }
    return execute(
        sql,
        List.of(),
        statement -> {
          for (List<? extends @Nullable Object> row : rows) {
            bind(statement, row);
            statement.addBatch();
          }
          return Arrays.stream(statement.executeBatch()).sum();
        });
  }

  private static void bind(PreparedStatement statement, List<? extends @Nullable Object> values)
      throws SQLException {
    int at = 1;
    for (Object value : values) {
      statement.setObject(at++, value);
    }
  }

  <T> List<T> list(String sql, List<? extends @Nullable Object> values, RowReader<T> reader)
      throws SQLException {
    return execute(
        sql,
        values,
        statement -> {
          try (ResultSet rows = statement.executeQuery()) {
            List<T> found = new ArrayList<>();
            while (rows.next()) {
              found.add(reader.read(rows));
            }
            return found;
          }
        });
  }

  <T> Optional<T> first(String sql, RowReader<T> reader, @Nullable Object... values)
      throws SQLException {
    return list(sql, listed(values), reader).stream().findFirst();
  }

  long number(String sql, List<? extends @Nullable Object> values) throws SQLException {
    return list(sql, values, row -> row.getLong(1)).get(0);
  }

  private static List<@Nullable Object> listed(@Nullable Object... values) {
    List<@Nullable Object> list = new ArrayList<>(values.length);
    for (Object value : values) {
      list.add(value);
    }
    return list;
  }

  @FunctionalInterface
  private interface Execution<T> {
    T of(PreparedStatement statement) throws SQLException;
  }

  private <T> T execute(String sql, List<? extends @Nullable Object> values, Execution<T> execution)
      throws SQLException {
    PreparedStatement statement = prepared.get(sql);
    if (statement == null) {
      statement = connection.prepareStatement(sql);
      prepared.put(sql, statement);
    }
    try {
      bind(statement, values);
      T result = execution.of(statement);
      statement.clearParameters(); // what it held may be large, or a secret's ciphertext
      return result;
    } catch (SQLException e) {
      failure = failure == null ? e : failure;
      discard(sql, statement, e);
      throw e;
    }
  }

  /** The driver closes some statements that fail, so none of them is used again. */
  private void discard(String sql, PreparedStatement statement, SQLException why) {
    prepared.remove(sql);
    try {
      statement.close();
    } catch (SQLException e) {
      why.addSuppressed(e);
    }
  }

  /** Closes the statements with the connection. */
  @Override
  public void close() throws SQLException {
    connection.close();
  }
}
