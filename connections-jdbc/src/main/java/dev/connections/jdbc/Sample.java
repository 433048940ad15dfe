package dev.connections.jdbc;

import dev.connections.api.Notice;
import dev.connections.api.NoticeCode;
import dev.connections.api.RowPreview;
import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.math.BigDecimal;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Types;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Rows of a query, to be looked at. Neither a long value nor many of them fill the memory: values
 * are cut after {@value #LONGEST} characters or bytes, and a sample that becomes too large ends
 * early. Both is told by a notice.
 */
public final class Sample {
  /** How many characters or bytes of a value are shown. */
  public static final int LONGEST = 4_096;

  /** How many characters and bytes all values together have at most, but for the last row's. */
  private static final long MOST = 8_000_000;

  /** Rows fetched at a time, where the driver fetches by portions. */
  private static final int FETCH = 20;

  private final ResultSet rows;
  private final ResultSetMetaData names;
  private final int limit;
  private boolean cut;
  private long size;

  private Sample(ResultSet rows, int limit) throws SQLException {
    this.rows = rows;
    this.names = rows.getMetaData();
    this.limit = limit;
  }

  /**
   * {@return what a query gives, up to a limit}
   *
   * @param session runs it
   * @param sql a query for one row more than the limit
   * @param limit how many rows there are at most
   * @throws SQLException as the driver throws it
   */
  public static RowPreview.RowSample of(Session session, String sql, int limit)
      throws SQLException {
    try (PreparedStatement statement = session.prepare(sql, Session.Binder.NONE)) {
      statement.setFetchSize(FETCH);
      try (ResultSet rows = statement.executeQuery()) {
        return new Sample(rows, limit).read();
      }
    }
  }

  private RowPreview.RowSample read() throws SQLException {
    List<String> columns = new ArrayList<>();
    for (int i = 1; i <= names.getColumnCount(); i++) {
      columns.add(names.getColumnLabel(i));
    }
    List<List<Optional<Object>>> read = new ArrayList<>();
    boolean more = rows.next();
    while (more && read.size() < limit && size < MOST) {
      read.add(row(columns.size()));
      more = rows.next();
    }
    return new RowPreview.RowSample(columns, read, more, notices(more && read.size() < limit));
  }

  private List<Notice> notices(boolean endedEarly) {
    List<Notice> notices = new ArrayList<>();
    if (cut) {
      notices.add(
          truncated(
              String.format(
                  Locale.ROOT,
                  "Values are shown up to %,d characters or bytes; some are longer.",
                  LONGEST)));
    }
    if (endedEarly) {
      notices.add(truncated("Fewer rows are shown than were asked for: they are large."));
    }
    return notices;
  }

  private static Notice truncated(String message) {
    return Notice.of(NoticeCode.TRUNCATED, new Notice.Scope.Source(), message);
  }

  private List<Optional<Object>> row(int columns) throws SQLException {
    List<Optional<Object>> values = new ArrayList<>(columns);
    for (int i = 1; i <= columns; i++) {
      Optional<Object> value = value(i).map(this::shortened);
      size += value.map(Sample::size).orElse(0);
      values.add(value);
    }
    return values;
  }

  private Optional<Object> value(int column) throws SQLException {
    if (names.getPrecision(column) > LONGEST) {
      switch (names.getColumnType(column)) {
        case Types.VARCHAR,
            Types.NVARCHAR,
            Types.LONGVARCHAR,
            Types.LONGNVARCHAR,
            Types.CLOB,
            Types.NCLOB -> {
          return characters(column);
        }
        case Types.BINARY, Types.VARBINARY, Types.LONGVARBINARY, Types.BLOB -> {
          return bytes(column);
        }
        default -> {
          // Of the others no driver gives a part.
        }
      }
    }
    Object value = rows.getObject(column);
    // Types of the driver's own don't leave it; the database's text says the same.
    boolean plain =
        value == null
            || value instanceof Boolean
            || value instanceof Number
            || value instanceof String
            || value instanceof byte[];
    return Optional.ofNullable(plain ? value : rows.getString(column));
  }

  /** The beginning of a text: a driver that streams doesn't read on. */
  private Optional<Object> characters(int column) throws SQLException {
    try (Reader text = rows.getCharacterStream(column)) {
      if (text == null) {
        return Optional.empty();
      }
      char[] read = new char[LONGEST + 1];
      int length = 0;
      int more = text.read(read);
      while (more > 0) {
        length += more;
        more = text.read(read, length, read.length - length);
      }
      return Optional.of(new String(read, 0, length));
    } catch (IOException e) {
      throw new SQLException("a value broke off", "08006", e);
    }
  }

  private Optional<Object> bytes(int column) throws SQLException {
    try (InputStream bytes = rows.getBinaryStream(column)) {
      return bytes == null ? Optional.empty() : Optional.of(bytes.readNBytes(LONGEST + 1));
    } catch (IOException e) {
      throw new SQLException("a value broke off", "08006", e);
    }
  }

  private Object shortened(Object value) {
    if (value instanceof String text && text.length() > LONGEST) {
      cut = true;
      // No half of a character that takes two.
      return text.substring(
          0, Character.isHighSurrogate(text.charAt(LONGEST - 1)) ? LONGEST - 1 : LONGEST);
    }
    if (value instanceof byte[] bytes && bytes.length > LONGEST) {
      cut = true;
      return Arrays.copyOf(bytes, LONGEST);
    }
    return value;
  }

  private static int size(Object value) {
    if (value instanceof String text) {
      return text.length();
    }
    if (value instanceof byte[] bytes) {
      return bytes.length;
    }
    return value instanceof BigDecimal number ? number.unscaledValue().bitLength() / 8 + 1 : 8;
  }
}
