package dev.connections.filesystem.internal.avro;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/** Writes headers of Avro files for tests. */
public final class AvroFiles {
  private AvroFiles() {}

  /** A file without rows. */
  public static byte[] of(String schema) {
    return of(Map.of("avro.schema", schema));
  }

  static byte[] of(Map<String, String> entries) {
    ByteArrayOutputStream out = start();
    number(out, entries.size());
    new LinkedHashMap<>(entries)
        .forEach(
            (key, value) -> {
              text(out, key);
              text(out, value);
            });
    number(out, 0);
    out.writeBytes(new byte[16]);
    return out.toByteArray();
  }

  static ByteArrayOutputStream start() {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(new byte[] {'O', 'b', 'j', 1});
    return out;
  }

  static void number(ByteArrayOutputStream out, long value) {
    long rest = (value << 1) ^ (value >> 63);
    while ((rest & ~0x7fL) != 0) {
      out.write((int) (rest & 0x7f) | 0x80);
      rest >>>= 7;
    }
    out.write((int) rest);
  }

  static void text(ByteArrayOutputStream out, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    number(out, bytes.length);
    out.writeBytes(bytes);
  }
}
