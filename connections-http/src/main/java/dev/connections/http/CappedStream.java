package dev.connections.http;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/** The body of an answer up to a limit. The last of what was read can be looked at again. */
final class CappedStream extends FilterInputStream {
  private static final int REMEMBERED = 8 << 10;

  private final long limit;
  private final byte[] recent = new byte[REMEMBERED];
  private long count;

  /** There is more than the limit allows. */
  static final class TooLarge extends IOException {
    private static final long serialVersionUID = 1L;

    TooLarge() {
      super("more than the limit");
    }
  }

  CappedStream(InputStream body, long limit) {
    super(body);
    this.limit = limit;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] buffer, int offset, int length) throws IOException {
    if (length == 0) {
      return 0; // the client would wait for more to come
    }
    int read = super.read(buffer, offset, length);
    if (read > 0) {
      remember(buffer, offset, read);
      if (count > limit) {
        throw new TooLarge();
      }
    }
    return read;
  }

  @Override
  public long skip(long wanted) throws IOException {
    byte[] skipped = new byte[(int) Math.min(Math.max(wanted, 0), REMEMBERED)];
    return Math.max(0, read(skipped, 0, skipped.length));
  }

  @Override
  public boolean markSupported() {
    return false;
  }

  private void remember(byte[] buffer, int offset, int read) {
    int skipped = Math.max(0, read - REMEMBERED);
    for (int i = skipped; i < read; i++) {
      recent[(int) ((count + i) % REMEMBERED)] = buffer[offset + i];
    }
    count += read;
  }

  /** {@return the last of what was read, as text} */
  String recentText() {
    int length = (int) Math.min(count, REMEMBERED);
    byte[] text = new byte[length];
    for (int i = 0; i < length; i++) {
      text[i] = recent[(int) ((count - length + i) % REMEMBERED)];
    }
    return new String(text, StandardCharsets.UTF_8);
  }
}
