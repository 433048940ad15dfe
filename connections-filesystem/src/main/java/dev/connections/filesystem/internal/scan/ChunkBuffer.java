package dev.connections.filesystem.internal.scan;

import dev.connections.filesystem.internal.FileContent;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * Bytes of a file from one place on, of which more can be read. Its memory is used again for the
 * next place. Used by one thread at a time.
 */
public final class ChunkBuffer {
  private byte[] bytes;
  private long position;
  private int length;
  private boolean last;

  ChunkBuffer(int size) {
    bytes = new byte[size];
  }

  /** {@return the bytes, not copied; only the first {@link #length} count} */
  public byte[] bytes() {
    return bytes;
  }

  /** {@return how many bytes were read} */
  public int length() {
    return length;
  }

  int capacity() {
    return bytes.length;
  }

  /** {@return where in the file the first byte stands} */
  public long position() {
    return position;
  }

  /** {@return whether the file ends with these bytes} */
  public boolean last() {
    return last;
  }

  /**
   * Reads the bytes from a place on.
   *
   * @param content the file; its size was asked before, and what is behind that isn't read
   * @param from where to start
   * @param count how many at most
   * @param size of the file
   * @throws IOException if the file can't be read
   */
  public void fill(FileContent content, long from, int count, long size) throws IOException {
    position = from;
    length = 0;
    readOn(content, count, size);
  }

  /**
   * Reads on behind the last byte.
   *
   * @param content the file
   * @param upTo how many bytes to have then at most
   * @param size of the file
   * @throws IOException if the file can't be read
   */
  public void readOn(FileContent content, int upTo, long size) throws IOException {
    int wanted = (int) Math.min(upTo, size - position);
    if (wanted > bytes.length) {
      bytes = Arrays.copyOf(bytes, wanted);
    }
    ByteBuffer target = ByteBuffer.wrap(bytes, length, Math.max(0, wanted - length));
    boolean ended = false;
    while (target.hasRemaining() && !ended) {
      ended = content.read(position + target.position(), target) < 0; // cut off meanwhile
    }
    length = target.position();
    last = ended || position + length >= size;
  }
}
