package dev.connections.filesystem.internal.avro;

import dev.connections.api.ConnectionException;
import dev.connections.filesystem.internal.FileFailures;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * The header of an Avro file: a magic word, and a map of names and bytes which holds the schema.
 * The codec of the data isn't needed to read it.
 */
final class AvroHeader {
  private static final byte[] MAGIC = {'O', 'b', 'j', 1};
  private static final int LONGEST_KEY = 10_000;
  private static final int MOST_ENTRIES = 10_000;
  private static final int MB = 1024 * 1024;
  private static final int CHUNK = 64 * 1024;
  private static final int VARINT_BITS = 64;

  private final InputStream in;
  private final String path;
  private final int limit;
  private final Map<String, String> entries = new LinkedHashMap<>();
  private int count;

  private AvroHeader(InputStream in, String path, int limit) {
    this.in = in;
    this.path = path;
    this.limit = limit;
  }

  static AvroHeader read(InputStream in, String path, int limit) throws IOException {
    AvroHeader header = new AvroHeader(in, path, limit);
    try {
      header.readMagic();
      header.readMap();
    } catch (EOFException e) {
      throw header.malformed("it ends within its header");
    }
    return header;
  }

  Optional<String> schema() {
    return Optional.ofNullable(entries.get("avro.schema"));
  }

  String codec() {
    return entries.getOrDefault("avro.codec", "null");
  }

  /** Names of what the writer added. */
  Set<String> ownKeys() {
    Set<String> keys = new TreeSet<>(entries.keySet());
    keys.removeIf(key -> key.startsWith("avro."));
    return Collections.unmodifiableSet(keys);
  }

  /** How many bytes the header has, as far as it was read. */
  int length() {
    return count;
  }

  private void readMagic() throws IOException {
    byte[] magic = in.readNBytes(MAGIC.length);
    count += magic.length;
    for (int i = 0; i < MAGIC.length; i++) {
      if (i >= magic.length || magic[i] != MAGIC[i]) {
        throw malformed("it doesn't begin as one does");
      }
    }
  }

  private void readMap() throws IOException {
    for (long block = readLong(); block != 0; block = readLong()) {
      if (block < 0) {
        block = -block;
        readLong(); // the block's size in bytes, for those who skip it
      }
      if (block < 0 || block > MOST_ENTRIES) {
        throw malformed("its header claims too many entries");
      }
      for (long i = 0; i < block; i++) {
        String key = readText(LONGEST_KEY);
        entries.put(key, readText(limit));
        if (entries.size() > MOST_ENTRIES) {
          throw malformed("its header has too many entries");
        }
      }
    }
  }

  private String readText(int longest) throws IOException {
    long length = readLong();
    if (length < 0) {
      throw malformed("its header claims a negative length");
    }
    if (length > longest || length > limit - count) {
      throw FileFailures.tooLarge(path, "The header", limit / MB + " MB");
    }
    // In chunks, so that a length that lies doesn't cost its memory.
    ByteArrayOutputStream bytes = new ByteArrayOutputStream((int) Math.min(length, CHUNK));
    for (int left = (int) length; left > 0; ) {
      byte[] chunk = in.readNBytes(Math.min(left, CHUNK));
      if (chunk.length == 0) {
        throw new EOFException();
      }
      bytes.writeBytes(chunk);
      left -= chunk.length;
    }
    count += (int) length;
    return bytes.toString(StandardCharsets.UTF_8);
  }

  /** A number of variable length, zigzag-coded. */
  private long readLong() throws IOException {
    long value = 0;
    for (int shift = 0; shift < VARINT_BITS; shift += 7) {
      int b = in.read();
      if (b < 0) {
        throw new EOFException();
      }
      count++;
      value |= (b & 0x7fL) << shift;
      if ((b & 0x80) == 0) {
        return (value >>> 1) ^ -(value & 1);
      }
    }
    throw malformed("its header holds a number without an end");
  }

  private ConnectionException malformed(String reason) {
    return FileFailures.malformed(path, "Avro", reason);
  }
}
