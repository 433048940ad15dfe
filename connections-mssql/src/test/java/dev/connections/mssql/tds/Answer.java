package dev.connections.mssql.tds;

import java.io.Closeable;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;

/** What a server makes of a query. An answer is given once. */
public sealed interface Answer {
  /** {@return rows, each an array of as many values as there are columns} */
  static Answer rows(List<Column> columns, Object[]... rows) {
    return rows(columns, Arrays.asList(rows).iterator());
  }

  /** {@return rows that are made while they are sent} */
  static Answer rows(List<Column> columns, Iterator<Object[]> rows) {
    return new Rows(columns, rows, List.of(), () -> {});
  }

  /** {@return one row of one column} */
  static Answer value(ColumnType type, Object value) {
    return rows(List.of(Column.of("", type)), new Object[][] {{value}});
  }

  /** {@return an answer without rows} */
  static Answer done() {
    return new Done();
  }

  /** {@return errors instead of rows} */
  static Answer refused(ServerError... errors) {
    return new Refused(List.of(errors));
  }

  /** {@return nothing at all, until the client gives up} */
  static Answer silence() {
    return new Silence();
  }

  /** {@return bytes in place of an answer, whatever they are} */
  static Answer tokens(byte[] bytes) {
    return new Tokens(bytes);
  }

  /** {@return this answer, broken off after a number of its bytes} */
  default Answer cutAfter(int bytes, Cut cut) {
    return new Broken(this, bytes, cut);
  }

  /** {@return this answer, with so many of its bytes changed by chance} */
  default Answer changed(long seed, int bytes) {
    return new Changed(this, seed, bytes);
  }

  /** {@return these rows, and errors after the last of them} */
  default Answer butThen(ServerError... errors) {
    if (this instanceof Rows rows) {
      return new Rows(rows.columns(), rows.rows(), List.of(errors), rows.source());
    }
    throw new IllegalStateException("there are no rows");
  }

  /** How a connection is broken off. */
  enum Cut {
    /** It ends in order, as by a server that is shut down. */
    CLOSED,
    /** It is reset, as by a firewall. */
    RESET
  }

  /**
   * Rows.
   *
   * @param columns what they are made of
   * @param rows each an array of values
   * @param errors what goes wrong after them
   * @param source closed when they have been sent
   */
  record Rows(
      List<Column> columns, Iterator<Object[]> rows, List<ServerError> errors, Closeable source)
      implements Answer {}

  /** No rows. */
  record Done() implements Answer {}

  /**
   * A refusal.
   *
   * @param errors the reasons
   */
  record Refused(List<ServerError> errors) implements Answer {}

  /** Nothing. */
  record Silence() implements Answer {}

  /**
   * Any bytes.
   *
   * @param bytes what is sent
   */
  record Tokens(byte[] bytes) implements Answer {}

  /**
   * An answer that breaks off.
   *
   * @param whole the answer
   * @param bytes how much of it is sent
   * @param cut how it ends
   */
  record Broken(Answer whole, int bytes, Cut cut) implements Answer {}

  /**
   * An answer that isn't what it should be.
   *
   * @param whole what it should be
   * @param seed of chance
   * @param bytes how many of its bytes are others
   */
  record Changed(Answer whole, long seed, int bytes) implements Answer {}
}
