package dev.connections.filesystem.internal.text;

import dev.connections.api.Operation;
import dev.connections.filesystem.internal.FileContent;
import dev.connections.filesystem.internal.ReadLimits;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** Parts of a large file behind its head: some from the middle, spread evenly, and the last one. */
public final class TextSlices {
  private TextSlices() {}

  /** Bytes from within a file. */
  public static final class Slice {
    private final byte[] bytes;
    private final int length;
    private final boolean last;

    private Slice(byte[] bytes, int length, boolean last) {
      this.bytes = bytes;
      this.length = length;
      this.last = last;
    }

    /** {@return the bytes, not copied; only the first {@link #length} count} */
    public byte[] bytes() {
      return bytes;
    }

    /** {@return how many bytes were read} */
    public int length() {
      return length;
    }

    /** {@return whether the file ends with them} */
    public boolean last() {
      return last;
    }
  }

  /**
   * {@return the parts, in the file's order; none if the file can't be read at any place}
   *
   * @param content the file
   * @param behind where the head ends
   * @param limits how many parts, of which size
   * @param unit the bytes of the smallest character: each part starts at a multiple of it
   * @param operation asked before each part
   * @throws IOException if the file can't be read
   */
  public static List<Slice> read(
      FileContent content, long behind, ReadLimits limits, int unit, Operation operation)
      throws IOException {
    List<Slice> slices = new ArrayList<>();
    long size = content.size();
    if (!content.seekable() || size <= behind) {
      return slices;
    }
    long tail = Math.max(behind, size - limits.sliceBytes());
    long gap = (tail - behind) / (limits.slices() + 1);
    // Where the parts would touch each other the rest is small; its end alone says enough.
    for (int i = 1; i <= limits.slices() && gap > limits.sliceBytes(); i++) {
      slices.add(slice(content, behind + i * gap, limits.sliceBytes(), unit, operation));
    }
    slices.add(slice(content, tail, (int) (size - tail), unit, operation));
    return slices;
  }

  private static Slice slice(
      FileContent content, long near, int length, int unit, Operation operation)
      throws IOException {
    operation.checkpoint();
    long start = near - near % unit;
    ByteBuffer buffer = ByteBuffer.allocate(length + (int) (near - start));
    int read = 0;
    while (read >= 0 && buffer.hasRemaining()) {
      read = content.read(start + buffer.position(), buffer);
    }
    return new Slice(
        buffer.array(), buffer.position(), start + buffer.position() >= content.size());
  }
}
