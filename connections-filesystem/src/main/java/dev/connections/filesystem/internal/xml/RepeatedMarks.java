package dev.connections.filesystem.internal.xml;

import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;
import java.util.Arrays;

/**
 * Leaves out the byte order marks that follow the first one. A program that puts one before a text
 * that has one already makes such files, and a parser takes the second one for a character before
 * the declaration, where none may be.
 */
final class RepeatedMarks {
  private static final byte[][] MARKS = {
    {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF}, {(byte) 0xFE, (byte) 0xFF}, {(byte) 0xFF, (byte) 0xFE}
  };

  private static final int LONGEST = 3;

  private RepeatedMarks() {}

  /** The same bytes with at most one mark at their start. */
  static PushbackInputStream leftOut(InputStream bytes) throws IOException {
    PushbackInputStream stream = new PushbackInputStream(bytes, StrictDecoding.LOOK + LONGEST);
    for (byte[] mark : MARKS) {
      boolean any = false;
      byte[] next = stream.readNBytes(mark.length);
      while (Arrays.equals(next, mark)) {
        any = true;
        next = stream.readNBytes(mark.length);
      }
      stream.unread(next);
      if (any) {
        stream.unread(mark);
        return stream;
      }
    }
    return stream;
  }
}
