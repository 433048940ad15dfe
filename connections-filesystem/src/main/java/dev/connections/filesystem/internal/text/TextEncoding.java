package dev.connections.filesystem.internal.text;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The encoding of a text, as found at its start.
 *
 * @param charset the encoding
 * @param markLength how many bytes the byte order mark takes, with its repetitions; 0 without one
 * @param guessed whether nothing speaks for it but that no better one fits
 */
public record TextEncoding(Charset charset, int markLength, boolean guessed) {
  private static final Charset WINDOWS_1252 = Charset.forName("windows-1252");
  private static final Charset UTF_32LE = Charset.forName("UTF-32LE");
  private static final Charset UTF_32BE = Charset.forName("UTF-32BE");
  private static final int PATTERN_BYTES = 4096;

  /**
   * {@return the encoding of a text, or nothing if it isn't text}
   *
   * @param data its first bytes
   * @param length how many there are
   * @param complete whether that is all of it, so that its last character isn't cut
   */
  public static Optional<TextEncoding> of(byte[] data, int length, boolean complete) {
    TextEncoding marked = byMark(data, length);
    if (marked != null) {
      return Optional.of(marked);
    }
    TextEncoding wide = byNulls(data, length);
    if (wide != null) {
      return Optional.of(wide);
    }
    int control = 0;
    for (int i = 0; i < length; i++) {
      byte b = data[i];
      if (b >= 0 && b < ' ') {
        if (b == 0) {
          return Optional.empty();
        }
        control += b == '\n' || b == '\r' || b == '\t' || b == '\f' || b == 1 ? 0 : 1;
      }
    }
    if (utf8(data, 0, length, !complete)) {
      return Optional.of(new TextEncoding(StandardCharsets.UTF_8, 0, false));
    }
    // Compressed or encrypted bytes have one control character in ten; a Western text has none.
    return control * 50L > length
        ? Optional.empty()
        : Optional.of(new TextEncoding(WINDOWS_1252, 0, true));
  }

  private static @Nullable TextEncoding byMark(byte[] data, int length) {
    if (starts(data, length, 0, 0xEF, 0xBB, 0xBF)) {
      return marked(StandardCharsets.UTF_8, data, length, 0xEF, 0xBB, 0xBF);
    }
    if (starts(data, length, 0, 0xFF, 0xFE, 0, 0)) {
      return marked(UTF_32LE, data, length, 0xFF, 0xFE, 0, 0);
    }
    if (starts(data, length, 0, 0, 0, 0xFE, 0xFF)) {
      return marked(UTF_32BE, data, length, 0, 0, 0xFE, 0xFF);
    }
    if (starts(data, length, 0, 0xFF, 0xFE)) {
      return marked(StandardCharsets.UTF_16LE, data, length, 0xFF, 0xFE);
    }
    if (starts(data, length, 0, 0xFE, 0xFF)) {
      return marked(StandardCharsets.UTF_16BE, data, length, 0xFE, 0xFF);
    }
    return null;
  }

  /** A mark may be repeated, where a program put one before a text that had one already. */
  private static TextEncoding marked(Charset charset, byte[] data, int length, int... mark) {
    int end = mark.length;
    while (starts(data, length, end, mark)) {
      end += mark.length;
    }
    return new TextEncoding(charset, end, false);
  }

  private static boolean starts(byte[] data, int length, int from, int... mark) {
    if (length - from < mark.length) {
      return false;
    }
    for (int i = 0; i < mark.length; i++) {
      if ((data[from + i] & 0xFF) != mark[i]) {
        return false;
      }
    }
    return true;
  }

  /** Delimiters, digits and line ends leave a NUL in every second byte of UTF-16. */
  private static @Nullable TextEncoding byNulls(byte[] data, int length) {
    int pairs = Math.min(length, PATTERN_BYTES) / 2;
    int first = 0;
    int second = 0;
    for (int i = 0; i < pairs; i++) {
      first += data[2 * i] == 0 ? 1 : 0;
      second += data[2 * i + 1] == 0 ? 1 : 0;
    }
    if (second * 10 > pairs * 3 && first * 50 <= pairs) {
      return new TextEncoding(StandardCharsets.UTF_16LE, 0, false);
    }
    if (first * 10 > pairs * 3 && second * 50 <= pairs) {
      return new TextEncoding(StandardCharsets.UTF_16BE, 0, false);
    }
    return null;
  }

  /**
   * {@return whether bytes are UTF-8}
   *
   * @param data the bytes
   * @param from the first one
   * @param to behind the last one
   * @param cut whether the last character may be incomplete
   */
  public static boolean utf8(byte[] data, int from, int to, boolean cut) {
    int i = from;
    while (i < to) {
      int lead = data[i++];
      if (lead >= 0) {
        continue;
      }
      lead &= 0xFF;
      int more = lead < 0xC2 ? -1 : lead < 0xE0 ? 1 : lead < 0xF0 ? 2 : lead < 0xF5 ? 3 : -1;
      if (more < 0) {
        return false;
      }
      for (int k = 0; k < more; k++, i++) {
        if (i == to) {
          return cut;
        }
        int next = data[i] & 0xFF;
        if ((next & 0xC0) != 0x80 || (k == 0 && !second(lead, next))) {
          return false;
        }
      }
    }
    return true;
  }

  /** No overlong forms, no surrogates, nothing above U+10FFFF. */
  private static boolean second(int lead, int next) {
    return switch (lead) {
      case 0xE0 -> next >= 0xA0;
      case 0xED -> next < 0xA0;
      case 0xF0 -> next >= 0x90;
      case 0xF4 -> next < 0x90;
      default -> true;
    };
  }

  /** {@return whether every ASCII byte is that ASCII character} */
  public boolean bytewise() {
    return unit() == 1;
  }

  /** {@return the encoding of the same text once it was turned to UTF-8, where that is done} */
  public TextEncoding inUtf8() {
    return bytewise() ? this : new TextEncoding(StandardCharsets.UTF_8, 0, guessed);
  }

  /** {@return how many bytes the smallest character takes} */
  public int unit() {
    if (charset.equals(UTF_32LE) || charset.equals(UTF_32BE)) {
      return 4;
    }
    return charset.equals(StandardCharsets.UTF_16LE) || charset.equals(StandardCharsets.UTF_16BE)
        ? 2
        : 1;
  }
}
