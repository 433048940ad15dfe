package dev.connections.core.internal.sealing;

import java.nio.CharBuffer;

/** Texts that come from outside. */
final class Texts {
  private static final int MOST_SHOWN = 60;

  private Texts() {}

  /**
   * {@return whether a text survives being written as UTF-8} Half a surrogate pair doesn't: it
   * becomes a question mark, so that two different texts become one.
   *
   * @param text any text
   */
  static boolean wellFormed(CharSequence text) {
    return text.codePoints()
        .noneMatch(c -> c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE);
  }

  static boolean wellFormed(char[] text) {
    return wellFormed(CharBuffer.wrap(text));
  }

  /**
   * {@return a path as it may stand in a message: short and without control characters}
   *
   * @param path a field's path, perhaps made up by somebody
   */
  static String shown(String path) {
    String plain = path.replaceAll("[^\\p{Alnum}._-]", "?");
    return plain.length() <= MOST_SHOWN ? plain : plain.substring(0, MOST_SHOWN) + "…";
  }
}
