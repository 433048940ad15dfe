package dev.connections.filesystem.internal.json;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.function.Supplier;

/** Ends the reading of a stream where a single value exceeds its limit. Used by one thread. */
final class RecordBound extends FilterInputStream {
  private final long limit;
  private final Supplier<? extends RuntimeException> failure;
  private long read;
  private long bound;

  RecordBound(InputStream stream, long limit, Supplier<? extends RuntimeException> failure) {
    super(stream);
    this.limit = limit;
    this.failure = failure;
    this.bound = limit;
  }

  /** Begins a new value: it may be as long as the limit. */
  void next() {
    bound = read + limit;
  }

  /** How many bytes were read. */
  long count() {
    return read;
  }

  @Override
  public int read() throws IOException {
    int value = super.read();
    counted(value < 0 ? 0 : 1);
    return value;
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    int got = super.read(target, offset, length);
    counted(Math.max(0, got));
    return got;
  }

  private void counted(int more) {
    read += more;
    if (read > bound) {
      throw failure.get();
    }
  }
}
