package dev.connections.filesystem.internal.text;

import java.util.Arrays;

/**
 * Counts all delimiters of a text's first lines in one pass, so that only those which stand in many
 * lines equally often are looked at closely.
 */
final class DelimiterCounts {
  /** What may stand between two cells; the first ones win where two fit equally. */
  static final String DELIMITERS = ",;\t| \u0001";

  private static final int MOST_COUNTED = 255;
  private static final int LINE_END = DELIMITERS.length();
  private static final int OTHER = LINE_END + 1;
  private static final byte[] CLASSES = classes();

  private final int[][] linesByCount = new int[DELIMITERS.length()][MOST_COUNTED + 1];
  private final int[] counts = new int[DELIMITERS.length()];
  private int lines;

  private DelimiterCounts() {}

  private static byte[] classes() {
    byte[] classes = new byte[256];
    Arrays.fill(classes, (byte) OTHER);
    for (int i = 0; i < DELIMITERS.length(); i++) {
      classes[DELIMITERS.charAt(i)] = (byte) i;
    }
    classes['\n'] = (byte) LINE_END;
    classes['\r'] = (byte) LINE_END;
    return classes;
  }

  /**
   * Counts the first lines.
   *
   * @param part the text
   * @param from where to start
   * @param to where to end at the latest
   * @param rules what stands around cells in which delimiters don't count, and before comments
   * @param mostLines how many lines are enough
   */
  static DelimiterCounts of(TextPart part, int from, int to, Splitter.Rules rules, int mostLines) {
    int quote = rules.quote();
    DelimiterCounts found = new DelimiterCounts();
    byte[] data = part.data();
    boolean cellStart = true;
    int lineStart = from;
    int i = from;
    while (i < to && found.lines < mostLines) {
      byte b = data[i];
      int kind = CLASSES[b & 0xFF];
      if (b == '\\' && rules.escape() == '\\' && i + 1 < to && !Splitter.endsLine(data[i + 1])) {
        i++;
        cellStart = false;
      } else if (kind < LINE_END) {
        found.counts[kind]++;
        cellStart = true;
      } else if (kind == LINE_END) {
        found.line(i > lineStart && data[lineStart] != rules.comment());
        lineStart = i + 1;
        cellStart = true;
      } else if (cellStart && b == quote) {
        i = closing(data, i + 1, to, quote);
        cellStart = false;
      } else {
        cellStart = false;
      }
      i++;
    }
    found.line((i >= to && part.last() && lineStart < to) || found.lines == 0);
    return found;
  }

  private static int closing(byte[] data, int from, int to, int quote) {
    for (int i = from; i < to; i++) {
      if (data[i] == quote) {
        if (i + 1 >= to || CLASSES[data[i + 1] & 0xFF] != OTHER) {
          return i;
        }
        i += data[i + 1] == quote ? 1 : 0;
      }
    }
    return to;
  }

  private void line(boolean counted) {
    for (int k = 0; k < counts.length; k++) {
      if (counted) {
        linesByCount[k][Math.min(counts[k], MOST_COUNTED)]++;
      }
      counts[k] = 0;
    }
    lines += counted ? 1 : 0;
  }

  /** The share of lines that have a delimiter most lines with it have equally often. */
  double share(int delimiter) {
    int most = 0;
    for (int count = 1; count <= MOST_COUNTED; count++) {
      most = Math.max(most, linesByCount[delimiter][count]);
    }
    return lines == 0 ? 0 : (double) most / lines;
  }
}
