package dev.connections.filesystem.internal.text;

/**
 * Which quotes a text has.
 *
 * @param doubled whether there is a double quote
 * @param escapedDouble whether one follows a backslash
 * @param singleAround whether single quotes stand at the start and at the end of what may be cells
 * @param escapedSingle whether a single quote follows a backslash
 * @param escapedDelimiter whether what may be a delimiter follows a backslash
 */
record QuoteMarks(
    boolean doubled,
    boolean escapedDouble,
    boolean singleAround,
    boolean escapedSingle,
    boolean escapedDelimiter) {

  static QuoteMarks in(TextPart part, int from, int most) {
    byte[] data = part.data();
    int to = (int) Math.min(part.to(), from + (long) most);
    boolean doubled = false;
    boolean escapedDouble = false;
    boolean before = false;
    boolean after = false;
    boolean escapedSingle = false;
    boolean escapedDelimiter = false;
    for (int i = from; i < to; i++) {
      byte b = data[i];
      if (b == '"') {
        doubled = true;
        escapedDouble |= i > from && data[i - 1] == '\\';
      } else if (b == '\'') {
        before |= i == from || borders(data[i - 1]);
        after |= i + 1 == to || borders(data[i + 1]);
        escapedSingle |= i > from && data[i - 1] == '\\';
      } else if (b == '\\') {
        escapedDelimiter |= i + 1 < to && DelimiterCounts.DELIMITERS.indexOf(data[i + 1]) >= 0;
      }
    }
    return new QuoteMarks(doubled, escapedDouble, before && after, escapedSingle, escapedDelimiter);
  }

  private static boolean borders(byte b) {
    return Splitter.endsLine(b) || DelimiterCounts.DELIMITERS.indexOf(b) >= 0;
  }
}
