package dev.connections.filesystem.internal.json;

import dev.connections.filesystem.internal.content.CountedStream;
import dev.connections.filesystem.internal.text.TextEncoding;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.function.Supplier;

/**
 * Ends the reading of a stream where a single value exceeds its limit, and where bytes aren't the
 * UTF-8 that they seem to be: the parser itself lets some through. Used by one thread.
 */
final class RecordBound extends CountedStream {
  private final Supplier<? extends RuntimeException> notUtf8;
  private byte[] cut = new byte[0];
  private boolean wide;

  RecordBound(
      InputStream stream,
      long limit,
      Supplier<? extends RuntimeException> failure,
      Supplier<? extends RuntimeException> notUtf8) {
    super(stream, limit, failure);
    this.notUtf8 = notUtf8;
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    boolean first = count() == 0;
    int got = super.read(target, offset, length);
    if (got > 0) {
      wide |= first && wide(target, offset, got);
      if (!wide) {
        check(target, offset, got);
      }
    }
    return got;
  }

  /** Wider characters start with a byte order mark or leave a NUL among the first bytes. */
  private static boolean wide(byte[] data, int offset, int length) {
    boolean found = (data[offset] & 0xFE) == 0xFE;
    for (int i = 0; i < Math.min(4, length); i++) {
      found |= data[offset + i] == 0;
    }
    return found;
  }

  private void check(byte[] data, int offset, int length) {
    byte[] all = Arrays.copyOf(cut, cut.length + length);
    System.arraycopy(data, offset, all, cut.length, length);
    if (!TextEncoding.utf8(all, 0, all.length, true)) {
      throw notUtf8.get();
    }
    // The last character may go on in the next bytes: its start is looked at again with them.
    int start = all.length;
    while (start > 0 && start > all.length - 3 && (all[start - 1] & 0xC0) == 0x80) {
      start--;
    }
    boolean lead = start > 0 && (all[start - 1] & 0xC0) == 0xC0;
    cut = lead ? Arrays.copyOfRange(all, start - 1, all.length) : new byte[0];
  }
}
