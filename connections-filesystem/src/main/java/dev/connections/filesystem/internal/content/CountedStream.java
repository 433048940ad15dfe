package dev.connections.filesystem.internal.content;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.function.Supplier;

/** Counts bytes, and ends the reading where a single record exceeds its limit. For one thread. */
public class CountedStream extends FilterInputStream {
  private final long limit;
  private final Supplier<? extends RuntimeException> failure;
  private long read;
  private long bound;

  /**
   * Makes a stream.
   *
   * @param stream what is read
   * @param limit how many bytes a record may have
   * @param failure thrown where one has more
   */
  public CountedStream(
      InputStream stream, long limit, Supplier<? extends RuntimeException> failure) {
    super(stream);
    this.limit = limit;
    this.failure = failure;
    this.bound = limit;
  }

  /** Begins a new record: it may be as long as the limit. */
  public final void next() {
    bound = read + limit;
  }

  /** {@return how many bytes were read} */
  public final long count() {
    return read;
  }

  @Override
  public final int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    int got = super.read(target, offset, length);
    if (got > 0) {
      read += got;
      if (read > bound) {
        throw failure.get();
      }
    }
    return got;
  }
}
