package dev.connections.filesystem.internal.xml;

import java.io.IOException;
import java.io.InputStream;

/**
 * Takes the documents apart that a file holds one behind the other, as exports in parts do: each
 * begins with an XML declaration. The stream ends with a document, and goes on with the next one.
 * Byte order marks between elements, where such parts were joined, become blanks.
 *
 * <p>Looks at bytes, so it finds documents in encodings that write ASCII as such; others stay as
 * they are. Used by one thread.
 */
final class Documents extends InputStream {
  private static final byte[] DECLARATION = {'<', '?', 'x', 'm', 'l'};
  private static final byte[] MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};
  private static final int LOOK_AHEAD = DECLARATION.length + 1;

  private final InputStream bytes;
  private final byte[] buffer = new byte[16 * 1024];
  private int from;
  private int to;
  private boolean atEnd;
  private boolean between;

  /** The last byte of the document that is no blank; 0 before there is one. */
  private int last;

  Documents(InputStream bytes) {
    this.bytes = bytes;
  }

  /** Goes on to the next document; false if there is none. */
  boolean next() {
    boolean more = between;
    between = false;
    last = 0;
    return more;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    if (length == 0) {
      return 0;
    }
    fill();
    int most = Math.min(length, atEnd ? to - from : to - from - LOOK_AHEAD + 1);
    int count = 0;
    while (count < most && !between) {
      if (begins(DECLARATION) && last == '>' && blank(from + DECLARATION.length)) {
        between = true;
      } else if (begins(MARK) && last == '>') {
        buffer[from] = ' ';
        buffer[from + 1] = ' ';
        buffer[from + 2] = ' ';
      } else {
        target[offset + count++] = buffer[from];
        last = blank(from) ? last : buffer[from];
        from++;
      }
    }
    return count == 0 ? -1 : count;
  }

  /** Reads on, so that a declaration which begins in what is there is there as a whole. */
  private void fill() throws IOException {
    while (!atEnd && to - from < LOOK_AHEAD) {
      System.arraycopy(buffer, from, buffer, 0, to - from);
      to -= from;
      from = 0;
      int count = bytes.read(buffer, to, buffer.length - to);
      atEnd = count < 0;
      to += Math.max(count, 0);
    }
  }

  private boolean begins(byte[] word) {
    if (to - from < word.length) {
      return false;
    }
    for (int i = 0; i < word.length; i++) {
      if (buffer[from + i] != word[i]) {
        return false;
      }
    }
    return true;
  }

  private boolean blank(int at) {
    return at < to
        && (buffer[at] == ' ' || buffer[at] == '\n' || buffer[at] == '\r' || buffer[at] == '\t');
  }

  @Override
  public void close() throws IOException {
    bytes.close();
  }
}
