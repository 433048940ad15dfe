package dev.connections.mssql.tds;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/** Writes what an answer is made of: tokens, one after the other. */
final class Tokens {
  /** Which kind of request ends, or a part of which. */
  enum End {
    BATCH(0xFD),
    PROCEDURE(0xFE),
    IN_PROCEDURE(0xFF);

    private final int token;

    End(int token) {
      this.token = token;
    }
  }

  /** More follows. */
  static final int MORE = 0x01;

  /** It went wrong. */
  static final int ERROR = 0x02;

  /** The number of rows counts. */
  static final int COUNT = 0x10;

  /** The client's wish to stop has been obeyed. */
  static final int STOPPED = 0x20;

  private static final int DATABASE = 1;
  private static final int PACKET_SIZE = 4;
  private static final int COLLATION = 7;
  private static final int ROUTE = 20;

  private final TdsOutput out;

  Tokens(TdsOutput out) {
    this.out = out;
  }

  /** What stands after a token's length. */
  @FunctionalInterface
  private interface Content {
    void write(TdsOutput out) throws IOException;
  }

  private void token(int token, Content content) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    content.write(new TdsOutput(bytes));
    out.u8(token).u16(bytes.size()).bytes(bytes.toByteArray());
  }

  /** The version of the protocol has its high byte first. */
  void loginAcknowledged(int protocol, ServerVersion version) throws IOException {
    token(
        0xAD,
        ack ->
            ack.u8(1)
                .i32(Integer.reverseBytes(protocol))
                .shortText(version.product())
                .u8(version.major())
                .u8(version.minor())
                .u8(version.build() >> 8)
                .u8(version.build()));
  }

  void database(String now, String before) throws IOException {
    token(0xE3, change -> change.u8(DATABASE).shortText(now).shortText(before));
  }

  void packetSize(int now, int before) throws IOException {
    token(
        0xE3,
        change ->
            change
                .u8(PACKET_SIZE)
                .shortText(Integer.toString(now))
                .shortText(Integer.toString(before)));
  }

  void collation() throws IOException {
    token(
        0xE3,
        change ->
            change
                .u8(COLLATION)
                .u8(ValueWriter.COLLATION.length)
                .bytes(ValueWriter.COLLATION)
                .u8(0));
  }

  void route(String host, int port) throws IOException {
    token(
        0xE3,
        change ->
            change.u8(ROUTE).u16(5 + host.length() * 2).u8(0).u16(port).longText(host).u16(0));
  }

  void challenge(byte[] question) throws IOException {
    token(0xED, content -> content.bytes(question));
  }

  /** Who gives tokens, and for what: offsets count from the number of the parts. */
  void federation(String authority, String resource) throws IOException {
    byte[] first = TdsOutput.utf16(authority);
    byte[] second = TdsOutput.utf16(resource);
    int table = 4 + 2 * 9;
    out.u8(0xEE).i32(table + first.length + second.length).i32(2);
    out.u8(1).i32(first.length).i32(table);
    out.u8(2).i32(second.length).i32(table + first.length);
    out.bytes(first).bytes(second);
  }

  /** The features that are granted, without anything to say of them. */
  void features(List<Integer> granted) throws IOException {
    SortedSet<Integer> sorted = new TreeSet<>(granted);
    out.u8(0xAE);
    for (int feature : sorted) {
      out.u8(feature).i32(0);
    }
    out.u8(0xFF);
  }

  void error(ServerError error) throws IOException {
    token(
        0xAA,
        content ->
            content
                .i32(error.number())
                .u8(error.state())
                .u8(error.severity())
                .longText(error.text())
                .shortText("endpoint")
                .shortText("")
                .i32(1));
  }

  void columns(List<Column> columns) throws IOException {
    out.u8(0x81).u16(columns.size());
    for (Column column : columns) {
      out.i32(0).u16(1);
      new ValueWriter(out).type(column.type());
      out.shortText(column.name());
    }
  }

  /** Nulls are marked in front, if there are any. */
  void row(List<Column> columns, Object[] values) throws IOException {
    ValueWriter writer = new ValueWriter(out);
    byte[] nulls = nulls(columns.size(), values);
    if (nulls.length == 0) {
      out.u8(0xD1);
    } else {
      out.u8(0xD2).bytes(nulls);
    }
    for (int i = 0; i < columns.size(); i++) {
      if (values[i] != null) {
        writer.value(columns.get(i).type(), values[i]);
      }
    }
  }

  private static byte[] nulls(int columns, Object[] values) {
    byte[] bits = new byte[(columns + 7) / 8];
    boolean any = false;
    for (int i = 0; i < columns; i++) {
      if (values[i] == null) {
        bits[i / 8] |= (byte) (1 << (i % 8));
        any = true;
      }
    }
    return any ? bits : new byte[0];
  }

  void returnStatus(int status) throws IOException {
    out.u8(0x79).i32(status);
  }

  /** The number by which a prepared statement is called from now on. */
  void handle(int handle) throws IOException {
    out.u8(0xAC).u16(0).shortText("").u8(1).i32(0).u16(0);
    ValueWriter writer = new ValueWriter(out);
    writer.type(ColumnType.INT);
    writer.value(ColumnType.INT, handle);
  }

  void done(End end, int status, long rows) throws IOException {
    out.u8(end.token).u16(status).u16(0).i64(rows);
  }
}
