package dev.connections.mssql.tds;

import java.io.IOException;
import java.io.OutputStream;

/** Lets a number of bytes through, and breaks off. */
final class LimitedStream extends OutputStream {
  private final OutputStream out;
  private final Answer.Cut cut;
  private long left;

  LimitedStream(OutputStream out, long bytes, Answer.Cut cut) {
    this.out = out;
    this.left = bytes;
    this.cut = cut;
  }

  @Override
  public void write(int value) throws IOException {
    if (left == 0) {
      out.flush();
      throw new CutException(cut);
    }
    left--;
    out.write(value);
  }

  @Override
  public void flush() throws IOException {
    out.flush();
  }
}
