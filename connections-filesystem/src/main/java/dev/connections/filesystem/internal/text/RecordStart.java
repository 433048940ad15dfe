package dev.connections.filesystem.internal.text;

import dev.connections.filesystem.internal.text.Splitter.Rules;

/** Finds where a record starts in a part of a file that begins anywhere, perhaps within quotes. */
final class RecordStart {
  private static final int ENOUGH = 50;
  private static final double NEARLY_ALL = 0.8;

  private RecordStart() {}

  /**
   * {@return where a record starts, or −1 if from no place the records have the table's width}
   *
   * @param part the part
   * @param rules how the file is cut
   * @param width how many cells most records have
   */
  static int in(TextPart part, Rules rules, int width) {
    int first = behindLineEnd(part, part.from());
    if (first >= 0 && fits(part, first, rules, width)) {
      return first;
    }
    // The part may begin within quotes: then a record starts behind the line of their end.
    int quote = first < 0 ? -1 : indexOf(part, rules.quote(), part.from());
    int behind = quote < 0 ? -1 : behindLineEnd(part, quote);
    return behind >= 0 && fits(part, behind, rules, width) ? behind : -1;
  }

  private static int behindLineEnd(TextPart part, int from) {
    for (int i = from; i + 1 < part.to(); i++) {
      byte b = part.data()[i];
      if (b == '\n' || (b == '\r' && part.data()[i + 1] != '\n')) {
        return i + 1;
      }
    }
    return -1;
  }

  private static int indexOf(TextPart part, int wanted, int from) {
    for (int i = from; i < part.to(); i++) {
      if (part.data()[i] == wanted) {
        return i;
      }
    }
    return -1;
  }

  private static boolean fits(TextPart part, int start, Rules rules, int width) {
    Splitter records = new Splitter(part, start, rules);
    int seen = 0;
    int fitting = 0;
    while (seen < ENOUGH && records.next() && records.whole()) {
      seen++;
      fitting += records.width() == width && records.broken() == 0 ? 1 : 0;
    }
    return seen > 0 && fitting >= NEARLY_ALL * seen;
  }
}
