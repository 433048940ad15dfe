package dev.connections.filesystem.internal.parquet;

import dev.connections.api.ConnectionException;
import dev.connections.api.Failure;
import dev.connections.api.StandardErrorCode;
import dev.connections.filesystem.internal.FileContent;
import dev.connections.filesystem.internal.FileFailures;
import dev.connections.filesystem.internal.ReadLimits;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * The footer of a Parquet file: found by the last eight bytes, which hold its length and a magic
 * word. Nearly every footer is in the first read from the end.
 */
final class FooterBytes {
  private static final int TAIL = 64 * 1024;
  private static final int TRAILER = 8;

  /** The magic word at the start, the footer's length, and the magic word at the end. */
  private static final int LEAST = 12;

  private static final int PLAIN = 0x31524150; // PAR1, lowest byte first
  private static final int ENCRYPTED = 0x45524150; // PARE

  private final byte[] bytes;
  private final int offset;
  private final int length;

  private FooterBytes(byte[] bytes, int length) {
    this.bytes = bytes;
    this.offset = bytes.length - TRAILER - length;
    this.length = length;
  }

  /** How long the footer is. */
  int length() {
    return length;
  }

  InputStream stream() {
    return new ByteArrayInputStream(bytes, offset, length);
  }

  static FooterBytes of(FileContent content, ReadLimits limits) throws IOException {
    long size = content.size();
    if (size < LEAST) {
      throw malformed(content, "it has " + Math.max(size, 0) + " bytes, fewer than any has");
    }
    byte[] tail = read(content, size, (int) Math.min(size, TAIL));
    ByteBuffer trailer =
        ByteBuffer.wrap(tail, tail.length - TRAILER, TRAILER).order(ByteOrder.LITTLE_ENDIAN);
    int length = trailer.getInt();
    requireMagic(content, trailer.getInt());
    if (length < 0 || length > size - LEAST) {
      throw malformed(content, "its footer is said to be longer than the file");
    }
    if (length > limits.footerBytes()) {
      throw FileFailures.tooLarge(
          content.path(), "The footer", limits.footerBytes() / (1024 * 1024) + " MB");
    }
    if (length + TRAILER > tail.length) {
      tail = read(content, size, length + TRAILER);
    }
    return new FooterBytes(tail, length);
  }

  private static void requireMagic(FileContent content, int magic) {
    if (magic == ENCRYPTED) {
      throw Failure.of(
              StandardErrorCode.UNSUPPORTED,
              "The file '"
                  + FileFailures.shown(content.path())
                  + "' has an encrypted footer; keys aren't supported.")
          .withRemedy("Write it with a plaintext footer, or leave it out by a pattern.")
          .asException();
    }
    if (magic != PLAIN) {
      throw malformed(content, "it doesn't end as one does");
    }
  }

  private static byte[] read(FileContent content, long size, int count) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(count);
    while (bytes.hasRemaining()) {
      if (content.read(size - count + bytes.position(), bytes) < 0) {
        throw malformed(content, "it became shorter while it was read");
      }
    }
    return bytes.array();
  }

  private static ConnectionException malformed(FileContent content, String reason) {
    return FileFailures.malformed(content.path(), "Parquet", reason);
  }
}
