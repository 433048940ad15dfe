package dev.connections.filesystem.internal.content;

import dev.connections.filesystem.internal.FileFailures;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/**
 * What a compressed file unfolds to, up to a limit. A few kilobytes can unfold to gigabytes; who
 * reads only a sample never gets there, who reads on is stopped here.
 */
public final class UnfoldingStream extends FilterInputStream {
  private static final long MB = 1024 * 1024;

  /** From here on the ratio is looked at: a small file of equal lines may well shrink so far. */
  private static final long RATIO_FROM = 16 * MB;

  private static final long MOST_RATIO = 500;

  private final String path;
  private final long compressed;
  private final long limit;
  private long count;

  /**
   * Makes a stream.
   *
   * @param in what is unfolded
   * @param path relative path, for messages
   * @param compressed how many bytes it takes in the file
   * @param limit how many bytes may come out
   */
  public UnfoldingStream(InputStream in, String path, long compressed, long limit) {
    super(in);
    this.path = path;
    this.compressed = compressed;
    this.limit = limit;
  }

  @Override
  public int read() throws IOException {
    int one = super.read();
    if (one >= 0) {
      counted(1);
    }
    return one;
  }

  @Override
  public int read(byte[] bytes, int offset, int length) throws IOException {
    int read = super.read(bytes, offset, length);
    counted(Math.max(read, 0));
    return read;
  }

  @Override
  public long skip(long wanted) throws IOException {
    long skipped = super.skip(wanted);
    counted(skipped);
    return skipped;
  }

  @Override
  public boolean markSupported() {
    return false;
  }

  private void counted(long more) {
    count += more;
    if (count > limit) {
      throw FileFailures.tooLarge(path, "The decompressed content", limit / MB + " MB");
    }
    if (count > RATIO_FROM && count / MOST_RATIO > compressed) {
      throw FileFailures.tooLarge(
          path, "The decompressed content", MOST_RATIO + " times its compressed size");
    }
  }
}
