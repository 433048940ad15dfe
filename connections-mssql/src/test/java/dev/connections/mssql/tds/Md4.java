package dev.connections.mssql.tds;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** The digest of RFC 1320, which NTLM makes its keys of and Java doesn't have. */
final class Md4 {
  private static final int BLOCK = 64;
  private static final int[][] SHIFTS = {{3, 7, 11, 19}, {3, 5, 9, 13}, {3, 9, 11, 15}};
  private static final int[] ADDED = {0, 0x5A827999, 0x6ED9EBA1};
  private static final int[] THIRD = {0, 8, 4, 12, 2, 10, 6, 14, 1, 9, 5, 13, 3, 11, 7, 15};

  private Md4() {}

  static byte[] of(byte[] text) {
    int length = (text.length + 9 + BLOCK - 1) / BLOCK * BLOCK;
    ByteBuffer padded = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
    padded.put(text).put((byte) 0x80);
    padded.putLong(length - 8, 8L * text.length);
    padded.rewind();
    int[] state = {0x67452301, 0xEFCDAB89, 0x98BADCFE, 0x10325476};
    int[] words = new int[16];
    while (padded.hasRemaining()) {
      for (int i = 0; i < words.length; i++) {
        words[i] = padded.getInt();
      }
      mix(state, words);
    }
    ByteBuffer digest = ByteBuffer.allocate(16).order(ByteOrder.LITTLE_ENDIAN);
    for (int each : state) {
      digest.putInt(each);
    }
    return digest.array();
  }

  private static void mix(int[] state, int[] words) {
    int a = state[0];
    int b = state[1];
    int c = state[2];
    int d = state[3];
    for (int step = 0; step < 48; step++) {
      int round = step / 16;
      int i = step % 16;
      int mixed =
          switch (round) {
            case 0 -> (b & c) | (~b & d);
            case 1 -> (b & c) | (b & d) | (c & d);
            default -> b ^ c ^ d;
          };
      int word =
          switch (round) {
            case 0 -> i;
            case 1 -> i % 4 * 4 + i / 4;
            default -> THIRD[i];
          };
      int next = Integer.rotateLeft(a + mixed + words[word] + ADDED[round], SHIFTS[round][i % 4]);
      a = d;
      d = c;
      c = b;
      b = next;
    }
    state[0] += a;
    state[1] += b;
    state[2] += c;
    state[3] += d;
  }
}
