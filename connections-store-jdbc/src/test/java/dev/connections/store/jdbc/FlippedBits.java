package dev.connections.store.jdbc;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** What damage, or somebody who may write the rows, makes of a text: one bit of it is another. */
final class FlippedBits {
  private static final int BITS = 7; // the eighth would end the text for a database

  private FlippedBits() {}

  /** A text for each byte from one place to another, with a bit of that byte flipped. */
  static List<String> ofEachByte(String text, int from, int to, Random random) {
    List<String> flipped = new ArrayList<>();
    for (int at = from; at < to; at++) {
      byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
      bytes[at] ^= (byte) (1 << random.nextInt(BITS));
      if (bytes[at] == 0) {
        bytes[at] = 1;
      }
      flipped.add(new String(bytes, StandardCharsets.US_ASCII));
    }
    return flipped;
  }

  /** As {@link #ofEachByte(String, int, int, Random)}, from its begin to its end. */
  static List<String> ofEachByte(String text, Random random) {
    return ofEachByte(text, 0, text.length(), random);
  }
}
