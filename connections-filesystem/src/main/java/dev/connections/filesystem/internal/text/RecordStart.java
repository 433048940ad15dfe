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
    int start = first < 0 ? -1 : fitting(part, first, rules, width);
    if (start >= 0) {
      return start;
    }
    // The part may begin within quotes: then a record starts behind the line of their end.
    int quote = first < 0 ? -1 : indexOf(part, rules.quote(), part.from());
    int behind = quote < 0 ? -1 : behindLineEnd(part, quote);
    return behind < 0 ? -1 : fitting(part, behind, rules, width);
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

  /** The first record that fits, if nearly all behind it do; lines before it end a record. */
  private static int fitting(TextPart part, int start, Rules rules, int width) {
    Splitter records = new Splitter(part, start, rules);
    int first = -1;
    int seen = 0;
    int fitting = 0;
    while (seen < ENOUGH && records.next() && records.whole()) {
      boolean fits =
          records.width() == width && records.broken() == 0 && !endsQuote(part, records, rules);
      first = first < 0 && fits ? records.recordStart() : first;
      seen++;
      fitting += fits ? 1 : 0;
    }
    return first >= 0 && fitting >= NEARLY_ALL * seen ? first : -1;
  }

  /** Whether a cell that no quote began ends with one: it is the rest of a longer cell. */
  private static boolean endsQuote(TextPart part, Splitter records, Rules rules) {
    for (int c = 0; c < records.width(); c++) {
      if (!records.quoted(c)
          && records.end(c) > records.start(c)
          && part.data()[records.end(c) - 1] == rules.quote()) {
        return true;
      }
    }
    return false;
  }
}
