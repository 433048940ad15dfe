package dev.connections.filesystem.internal.parquet;

import java.nio.ByteBuffer;

/**
 * Small numbers as Parquet packs them: runs of one repeated number, and groups of eight that are
 * packed bit by bit. Where the bytes end early the buffer says so by its own exception.
 */
final class PackedInts {
  /** A few bytes can stand for any number of equal values; no writer puts more into a page. */
  private static final int MOST = 16 * 1024 * 1024;

  private PackedInts() {}

  /** How many bits numbers up to a largest one need. */
  static int width(int largest) {
    return 32 - Integer.numberOfLeadingZeros(largest);
  }

  /** How many of the first numbers have a value. */
  static int count(ByteBuffer bytes, int width, int length, int wanted) {
    int found = 0;
    for (int number : read(bytes, width, length)) {
      found += number == wanted ? 1 : 0;
    }
    return found;
  }

  /** The first numbers. */
  static int[] read(ByteBuffer bytes, int width, int length) {
    if (width < 0 || width > 32 || length < 0 || length > MOST) {
      throw new IllegalArgumentException("no such numbers");
    }
    int[] numbers = new int[length];
    int filled = 0;
    while (filled < length) {
      int header = varint(bytes);
      int count = header >>> 1;
      if ((header & 1) == 0) {
        int number = repeated(bytes, width);
        int end = (int) Math.min(length, (long) filled + count);
        if (count == 0) {
          throw new IllegalArgumentException("a run of nothing");
        }
        while (filled < end) {
          numbers[filled++] = number;
        }
      } else {
        filled = packed(bytes, width, numbers, filled, count);
      }
    }
    return numbers;
  }

  private static int repeated(ByteBuffer bytes, int width) {
    int number = 0;
    for (int i = 0; i < (width + 7) / 8; i++) {
      number |= (bytes.get() & 0xFF) << (8 * i);
    }
    return number;
  }

  private static int packed(ByteBuffer bytes, int width, int[] numbers, int from, int groups) {
    int filled = from;
    for (int group = 0; group < groups && filled < numbers.length; group++) {
      long bits = 0;
      int held = 0;
      for (int i = 0; i < 8; i++) {
        while (held < width) {
          bits |= (bytes.get() & 0xFFL) << held;
          held += 8;
        }
        int number = (int) (bits & ((1L << width) - 1));
        bits >>>= width;
        held -= width;
        if (filled < numbers.length) {
          numbers[filled++] = number;
        }
      }
    }
    if (groups == 0) {
      throw new IllegalArgumentException("a group of nothing");
    }
    return filled;
  }

  private static int varint(ByteBuffer bytes) {
    int result = 0;
    for (int shift = 0; shift < 32; shift += 7) {
      byte b = bytes.get();
      result |= (b & 0x7F) << shift;
      if (b >= 0) {
        return result;
      }
    }
    throw new IllegalArgumentException("no number");
  }
}
