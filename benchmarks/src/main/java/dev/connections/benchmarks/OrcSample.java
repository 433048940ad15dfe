package dev.connections.benchmarks;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** A small ORC file: its schema, uncompressed, behind bytes that nobody reads. */
final class OrcSample {
  private static final int STRIPES = 4 * 1024;
  private static final byte[] MAGIC = "ORC".getBytes(StandardCharsets.US_ASCII);
  private static final int STRING = 7;
  private static final int STRUCT = 12;

  private OrcSample() {}

  static byte[] bytes(String... names) {
    ByteArrayOutputStream row = new ByteArrayOutputStream();
    whole(row, 1, STRUCT);
    ByteArrayOutputStream children = new ByteArrayOutputStream();
    for (int i = 1; i <= names.length; i++) {
      children.write(i);
    }
    bytes(row, 2, children.toByteArray());
    for (String name : names) {
      bytes(row, 3, name.getBytes(StandardCharsets.UTF_8));
    }
    ByteArrayOutputStream footer = new ByteArrayOutputStream();
    bytes(footer, 4, row.toByteArray());
    for (int i = 0; i < names.length; i++) {
      ByteArrayOutputStream column = new ByteArrayOutputStream();
      whole(column, 1, STRING);
      bytes(footer, 4, column.toByteArray());
    }
    whole(footer, 6, 100);
    ByteArrayOutputStream postscript = new ByteArrayOutputStream();
    whole(postscript, 1, footer.size());
    whole(postscript, 2, 0);
    whole(postscript, 3, 256 * 1024);
    bytes(postscript, 8000, MAGIC);
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    file.writeBytes(MAGIC);
    file.writeBytes(new byte[STRIPES]);
    file.writeBytes(footer.toByteArray());
    file.writeBytes(postscript.toByteArray());
    file.write(postscript.size());
    return file.toByteArray();
  }

  private static void whole(ByteArrayOutputStream out, int number, int value) {
    varint(out, number << 3);
    varint(out, value);
  }

  private static void bytes(ByteArrayOutputStream out, int number, byte[] value) {
    varint(out, number << 3 | 2);
    varint(out, value.length);
    out.writeBytes(value);
  }

  private static void varint(ByteArrayOutputStream out, int value) {
    int rest = value;
    while ((rest & ~0x7F) != 0) {
      out.write((rest & 0x7F) | 0x80);
      rest >>>= 7;
    }
    out.write(rest);
  }
}
