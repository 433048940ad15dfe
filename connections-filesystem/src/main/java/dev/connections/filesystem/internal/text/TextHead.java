package dev.connections.filesystem.internal.text;

import dev.connections.api.Operation;
import dev.connections.filesystem.internal.FileContent;
import dev.connections.filesystem.internal.ReadLimits;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/** The first bytes of a file, of which more can be read. Used by one thread. */
public final class TextHead implements AutoCloseable {
  private static final int STEP = 1024 * 1024;

  private final InputStream stream;
  private final Operation operation;
  private byte[] bytes;
  private int length;
  private boolean complete;

  private TextHead(InputStream stream, byte[] bytes, Operation operation) {
    this.stream = stream;
    this.bytes = bytes;
    this.operation = operation;
  }

  /**
   * {@return the first bytes of a file: so many that they hold enough lines, within the limits}
   *
   * @param content the file
   * @param limits how many bytes, and how many lines are enough
   * @param operation asked before each part
   * @throws IOException if the file can't be read
   */
  public static TextHead read(FileContent content, ReadLimits limits, Operation operation)
      throws IOException {
    // One more than the file has, so that one read also sees its end.
    long known = content.size() < 0 ? limits.headBytes() : content.size() + 1;
    byte[] first = new byte[(int) Math.min(known, limits.headBytes())];
    TextHead head = new TextHead(content.head(), first, operation);
    try {
      head.fill();
      while (!head.complete
          && head.length < limits.largestHeadBytes()
          && head.lines() < limits.enoughRecords()) {
        head.grow(limits.largestHeadBytes());
      }
    } catch (IOException | RuntimeException e) {
      head.close();
      throw e;
    }
    return head;
  }

  /**
   * Reads on: twice as much as there is.
   *
   * @param most the most bytes to have then
   * @throws IOException if the file can't be read
   */
  public void grow(int most) throws IOException {
    bytes = Arrays.copyOf(bytes, (int) Math.min(most, Math.max(64L, bytes.length * 2L)));
    fill();
  }

  private void fill() throws IOException {
    while (!complete && length < bytes.length) {
      operation.checkpoint();
      int read = stream.read(bytes, length, Math.min(STEP, bytes.length - length));
      if (read < 0) {
        complete = true;
      } else {
        length += read;
      }
    }
  }

  private int lines() {
    int feeds = 0;
    int returns = 0;
    for (int i = 0; i < length; i++) {
      byte b = bytes[i];
      feeds += b == '\n' ? 1 : 0;
      returns += b == '\r' ? 1 : 0;
    }
    return Math.max(feeds, returns);
  }

  /** {@return the bytes, not copied; only the first {@link #length} count} */
  public byte[] bytes() {
    return bytes;
  }

  /** {@return how many bytes were read} */
  public int length() {
    return length;
  }

  /** {@return whether the file ends there} */
  public boolean complete() {
    return complete;
  }

  @Override
  public void close() throws IOException {
    stream.close();
  }
}
