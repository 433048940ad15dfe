package dev.connections.api;

/**
 * Makes a text from outside, such as a name that somebody asked for, fit to stand in a message or
 * in a line of a log. It doesn't make a secret fit for that.
 */
public final class PlainText {
  private PlainText() {}

  /**
   * {@return the text on one line, without characters that steer a terminal or the direction of
   * writing, cut to a length}
   *
   * @param text from outside
   * @param longest how many characters stay at most; a longer text ends in an ellipsis
   */
  public static String of(String text, int longest) {
    StringBuilder plain = new StringBuilder(Math.min(text.length(), longest));
    int at = 0;
    while (at < text.length()) {
      int character = text.codePointAt(at);
      if (plain.length() + Character.charCount(character) > longest) {
        return plain.append('…').toString();
      }
      plain.appendCodePoint(isPlain(character) ? character : '?');
      at += Character.charCount(character);
    }
    return plain.toString();
  }

  /**
   * {@return whether a text would stay as it is}
   *
   * @param text from outside
   */
  public static boolean isPlain(String text) {
    return text.codePoints().allMatch(PlainText::isPlain);
  }

  private static boolean isPlain(int character) {
    return switch (Character.getType(character)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          false;
      default -> true;
    };
  }
}
