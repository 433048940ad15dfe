package dev.connections.filesystem.internal.orc;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.Deflater;

/** Writes the ends of ORC files for tests: a schema and a number of rows, without data. */
public final class OrcFiles {
  static final int NONE = 0;
  static final int ZLIB = 1;
  static final int SNAPPY = 2;
  static final int ZSTD = 5;
  static final int LONG = 4;
  static final int STRING = 7;
  static final int LIST = 10;
  static final int MAP = 11;
  static final int STRUCT = 12;
  static final int UNION = 13;
  static final int DECIMAL = 14;
  static final int VARCHAR = 16;

  private final List<byte[]> types = new ArrayList<>();
  private long rows = 3;
  private int compression = NONE;
  private long blockSize = 256 * 1024;
  private boolean magic = true;
  private boolean encrypted;
  private int chunks = 1;

  /** A file of one column of whole numbers for each name. */
  public static byte[] ofColumns(long rows, String... names) {
    OrcFiles file = new OrcFiles().rows(rows);
    int[] children = new int[names.length];
    for (int i = 0; i < names.length; i++) {
      children[i] = i + 1;
    }
    file.type(STRUCT, children, names);
    for (int i = 0; i < names.length; i++) {
      file.type(LONG, new int[0]);
    }
    return file.build();
  }

  OrcFiles rows(long count) {
    rows = count;
    return this;
  }

  OrcFiles compressed(int kind) {
    compression = kind;
    return this;
  }

  OrcFiles blockSize(long bytes) {
    blockSize = bytes;
    return this;
  }

  /** Has the footer's bytes stand so many times, each in a chunk of its own. */
  OrcFiles chunks(int count) {
    chunks = count;
    return this;
  }

  OrcFiles withoutMagic() {
    magic = false;
    return this;
  }

  OrcFiles encrypted() {
    encrypted = true;
    return this;
  }

  OrcFiles type(int kind, int[] children, String... names) {
    return type(kind, 0, 0, 0, children, names);
  }

  OrcFiles type(int kind, int length, int precision, int scale, int[] children, String... names) {
    Message type = new Message().whole(1, kind);
    Message packed = new Message();
    for (int child : children) {
      packed.varint(child);
    }
    if (children.length > 0) {
      type.bytes(2, packed.toBytes());
    }
    for (String name : names) {
      type.bytes(3, name.getBytes(StandardCharsets.UTF_8));
    }
    type.whole(4, length).whole(5, precision).whole(6, scale);
    types.add(type.toBytes());
    return this;
  }

  byte[] build() {
    Message footer = new Message();
    types.forEach(type -> footer.bytes(4, type));
    footer.bytes(5, new Message().bytes(1, "origin".getBytes(StandardCharsets.UTF_8)).toBytes());
    footer.whole(6, rows);
    if (encrypted) {
      footer.bytes(10, new byte[0]);
    }
    footer.bytes(12, "a writer".getBytes(StandardCharsets.UTF_8));
    if (compression == NONE) {
      return around(footer.toBytes());
    }
    byte[] chunk = chunk(footer.toBytes());
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (int i = 0; i < chunks; i++) {
      all.writeBytes(chunk);
    }
    return around(all.toByteArray());
  }

  private byte[] chunk(byte[] footer) {
    byte[] compressed = new byte[footer.length + 1024];
    int length;
    switch (compression) {
      case SNAPPY ->
          length =
              new io.airlift.compress.snappy.SnappyCompressor()
                  .compress(footer, 0, footer.length, compressed, 0, compressed.length);
      case ZSTD ->
          length =
              new io.airlift.compress.zstd.ZstdCompressor()
                  .compress(footer, 0, footer.length, compressed, 0, compressed.length);
      default -> {
        Deflater deflater = new Deflater(Deflater.DEFAULT_COMPRESSION, true);
        deflater.setInput(footer);
        deflater.finish();
        length = deflater.deflate(compressed);
        deflater.end();
      }
    }
    ByteArrayOutputStream chunk = new ByteArrayOutputStream();
    int header = length << 1;
    chunk.write(header);
    chunk.write(header >>> 8);
    chunk.write(header >>> 16);
    chunk.write(compressed, 0, length);
    return chunk.toByteArray();
  }

  private byte[] around(byte[] footer) {
    Message postscript =
        new Message().whole(1, footer.length).whole(2, compression).whole(3, blockSize);
    if (magic) {
      postscript.bytes(8000, "ORC".getBytes(StandardCharsets.US_ASCII));
    }
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    file.writeBytes("ORC".getBytes(StandardCharsets.US_ASCII));
    file.writeBytes(footer);
    byte[] last = postscript.toBytes();
    file.writeBytes(last);
    file.write(last.length);
    return file.toByteArray();
  }

  /** A Protocol Buffers message. */
  static final class Message {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    Message whole(int number, long value) {
      varint((long) number << 3);
      varint(value);
      return this;
    }

    Message bytes(int number, byte[] value) {
      varint((long) number << 3 | 2);
      varint(value.length);
      out.writeBytes(value);
      return this;
    }

    void varint(long value) {
      long rest = value;
      while ((rest & ~0x7FL) != 0) {
        out.write((int) (rest & 0x7F) | 0x80);
        rest >>>= 7;
      }
      out.write((int) rest);
    }

    byte[] toBytes() {
      return out.toByteArray();
    }
  }
}
