package dev.connections.simulators.internal;

import java.io.IOException;
import java.io.InputStream;

/** A body that ends by an error, or never. */
final class BrokenBody extends InputStream {
  private final byte[] start;
  private final byte[] repeated;
  private long position;

  private BrokenBody(byte[] start, byte[] repeated) {
    this.start = start;
    this.repeated = repeated;
  }

  /** The first bytes, then an error. */
  static InputStream lostAfter(byte[] body, int bytes) {
    return new BrokenBody(java.util.Arrays.copyOf(body, Math.min(bytes, body.length)), new byte[0]);
  }

  /** All but the last bytes, then what was before them again and again. */
  static InputStream endless(byte[] body) {
    int tail = Math.min(body.length, 8192);
    byte[] repeated = java.util.Arrays.copyOfRange(body, body.length - tail, body.length);
    return new BrokenBody(body, repeated.length == 0 ? new byte[] {' '} : repeated);
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    read(one, 0, 1);
    return one[0] & 0xff;
  }

  @Override
  public int read(byte[] into, int offset, int length) throws IOException {
    byte[] part = position < start.length ? start : repeated;
    if (part.length == 0) {
      throw new IOException("the simulator breaks the connection here");
    }
    int from = (int) (position < start.length ? position : (position - start.length) % part.length);
    int count = Math.min(length, part.length - from);
    System.arraycopy(part, from, into, offset, count);
    position += count;
    return count;
  }
}
