package dev.connections.mssql.tds;

import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Types;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.UUID;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;

/**
 * Answers by asking another database through JDBC: H2 in its mode for SQL Server. Rows are read
 * while they are sent. Each query has a connection of its own.
 */
public final class H2Answers implements QueryAnswers {
  private static final Pattern PARAMETER = Pattern.compile("@P(\\d+)");
  private static final int LONGEST = 4000;

  private final Source source;
  private final UnaryOperator<String> dialect;

  /** Where connections come from. */
  @FunctionalInterface
  public interface Source {
    /** {@return a connection, closed by who asked for it} */
    Connection connect() throws SQLException;
  }

  /**
   * Answers from a database.
   *
   * @param source gives connections to it
   * @param dialect makes of a statement one that the database understands
   */
  public H2Answers(Source source, UnaryOperator<String> dialect) {
    this.source = source;
    this.dialect = dialect;
  }

  @Override
  public Answer answer(Query query) throws SQLException {
    Connection connection = source.connect();
    try {
      PreparedStatement statement = connection.prepareStatement(understood(query.text()));
      for (int i = 0; i < query.parameters().size(); i++) {
        statement.setObject(i + 1, query.parameters().get(i));
      }
      if (!statement.execute()) {
        connection.close();
        return Answer.done();
      }
      return rows(statement.getResultSet(), connection);
    } catch (SQLException e) {
      connection.close();
      return Answer.refused(error(e));
    }
  }

  /** Its own numbers for the parameters are one more than the driver's. */
  private String understood(String text) {
    return PARAMETER
        .matcher(dialect.apply(text))
        .replaceAll(found -> "?" + (Integer.parseInt(found.group(1)) + 1));
  }

  private static ServerError error(SQLException e) {
    int number =
        switch (e.getErrorCode()) {
          case 42102, 42103, 42104 -> 208;
          case 42122 -> 207;
          case 42000, 42001 -> 102;
          case 90096 -> 229;
          default -> 50000;
        };
    return new ServerError(number, 1, 16, ServerError.MARK + ' ' + e.getMessage());
  }

  private static Answer rows(ResultSet rows, Connection connection) throws SQLException {
    ResultSetMetaData described = rows.getMetaData();
    List<Column> columns = new ArrayList<>();
    for (int i = 1; i <= described.getColumnCount(); i++) {
      columns.add(Column.of(described.getColumnLabel(i), type(described, i)));
    }
    return new Answer.Rows(columns, new Cursor(rows, columns), List.of(), () -> close(connection));
  }

  private static void close(Connection connection) throws IOException {
    try {
      connection.close();
    } catch (SQLException e) {
      throw new IOException(e);
    }
  }

  private static ColumnType type(ResultSetMetaData described, int i) throws SQLException {
    int precision = described.getPrecision(i);
    return switch (described.getColumnType(i)) {
      case Types.BIT, Types.BOOLEAN -> ColumnType.BIT;
      case Types.TINYINT, Types.SMALLINT -> ColumnType.SMALLINT;
      case Types.INTEGER -> ColumnType.INT;
      case Types.BIGINT -> ColumnType.BIGINT;
      case Types.REAL -> ColumnType.of(ColumnType.Kind.REAL);
      case Types.DOUBLE, Types.FLOAT -> ColumnType.of(ColumnType.Kind.FLOAT);
      case Types.NUMERIC, Types.DECIMAL -> ColumnType.decimal(described.getScale(i));
      case Types.DATE -> ColumnType.of(ColumnType.Kind.DATE);
      case Types.TIME -> ColumnType.of(ColumnType.Kind.TIME);
      case Types.TIMESTAMP -> ColumnType.of(ColumnType.Kind.DATETIME2);
      case Types.TIMESTAMP_WITH_TIMEZONE -> ColumnType.of(ColumnType.Kind.DATETIMEOFFSET);
      case Types.BINARY, Types.VARBINARY, Types.BLOB ->
          described.getColumnClassName(i).equals(UUID.class.getName())
              ? ColumnType.of(ColumnType.Kind.UNIQUEIDENTIFIER)
              : ColumnType.varbinary(ColumnType.MAX);
      default ->
          precision > 0 && precision <= LONGEST ? ColumnType.nvarchar(precision) : ColumnType.TEXT;
    };
  }

  /** Rows, one after the other. */
  private static final class Cursor implements Iterator<Object[]> {
    private final ResultSet rows;
    private final List<Column> columns;
    private boolean more;

    Cursor(ResultSet rows, List<Column> columns) throws SQLException {
      this.rows = rows;
      this.columns = columns;
      this.more = rows.next();
    }

    @Override
    public boolean hasNext() {
      return more;
    }

    @Override
    public Object[] next() {
      if (!more) {
        throw new NoSuchElementException();
      }
      try {
        Object[] values = new Object[columns.size()];
        for (int i = 0; i < values.length; i++) {
          values[i] = value(i);
        }
        more = rows.next();
        return values;
      } catch (SQLException e) {
        throw new IllegalStateException(e);
      }
    }

    private Object value(int i) throws SQLException {
      return switch (columns.get(i).type().kind()) {
        case NVARCHAR -> rows.getString(i + 1);
        case VARBINARY -> rows.getBytes(i + 1);
        case DATE -> rows.getObject(i + 1, LocalDate.class);
        case TIME -> rows.getObject(i + 1, LocalTime.class);
        case DATETIME2 -> rows.getObject(i + 1, LocalDateTime.class);
        case DATETIMEOFFSET -> rows.getObject(i + 1, OffsetDateTime.class);
        default -> rows.getObject(i + 1);
      };
    }
  }
}
