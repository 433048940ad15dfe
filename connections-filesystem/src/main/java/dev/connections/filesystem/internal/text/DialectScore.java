package dev.connections.filesystem.internal.text;

import dev.connections.filesystem.internal.text.Splitter.Rules;
import java.util.Arrays;

/**
 * How well one way of cutting fits a text: many records of one width, wide ones, and cells that
 * mean something.
 *
 * @param rules the way of cutting
 * @param width how many cells most records have
 * @param share the share of records that have so many
 * @param records how many records were cut
 * @param quotedCells how many cells were quoted and closed
 * @param padded whether each delimiter is followed by a space
 * @param openAt where the record starts in which a quote is never closed; −1 if there is none
 * @param score the higher the better
 */
record DialectScore(
    Rules rules,
    int width,
    double share,
    int records,
    int quotedCells,
    boolean padded,
    int openAt,
    double score) {

  private static final double TYPED = 1.0;
  private static final double QUOTED_TEXT = 0.9;
  private static final double TEXT = 0.85;
  private static final double EMPTY = 0.8;
  private static final double TEXT_WITH_QUOTE = 0.6;
  private static final double LOOSE = 0.1;

  /** Words are parted by spaces, so a space is a delimiter only where nothing else is. */
  private static final double SPACE_HANDICAP = 0.7;

  /** Sentences of equally many words are rare, of four and more words very rare. */
  private static final double SMALL_SPACE_HANDICAP = 0.85;

  private static final double OPEN_HANDICAP = 0.5;
  private static final int MOST_CELLS = 256;

  /**
   * Cuts the first records.
   *
   * @param part the text
   * @param from where to start
   * @param rules the way of cutting
   * @param mostRecords how many records are enough
   * @param mostBytes how many bytes are enough, if they hold two records
   */
  static DialectScore of(
      TextPart part, int from, Rules rules, Cell cell, int mostRecords, int mostBytes) {
    Splitter records = new Splitter(part, from, rules);
    int[] widths = new int[64];
    int count = 0;
    int closed = 0;
    int broken = 0;
    int openAt = -1;
    int cells = 0;
    int followers = 0;
    int padded = 0;
    double weight = 0;
    while (count < mostRecords && (count < 2 || records.position() - from < mostBytes)) {
      if (!records.next()) {
        break;
      }
      if (records.open() && part.last()) {
        openAt = records.recordStart();
      }
      if (!records.whole() && count > 0) {
        break;
      }
      if (count == widths.length) {
        widths = Arrays.copyOf(widths, count * 2);
      }
      widths[count++] = records.width();
      closed += records.closed();
      broken += records.broken() > 0 ? 1 : 0;
      int looked = Math.min(records.width(), MOST_CELLS);
      cells += looked;
      for (int c = 0; c < looked; c++) {
        int start = records.start(c);
        int end = records.end(c);
        if (records.quoted(c)) {
          weight += cell.read(part.data(), start, end).typed() ? TYPED : QUOTED_TEXT;
          continue;
        }
        if (c > 0 && start < end) {
          followers++;
          padded += part.data()[start] == ' ' ? 1 : 0;
        }
        weight += weight(part.data(), start, end, cell);
      }
    }
    if (count == 0) {
      return new DialectScore(rules, 0, 0, 0, 0, false, openAt, 0);
    }
    int width = mostFrequent(widths, count);
    int equal = 0;
    for (int i = 0; i < count; i++) {
      equal += widths[i] == width ? 1 : 0;
    }
    double share = (double) equal / count;
    double score =
        share
            * (1 - 1.0 / (2 * width))
            * (weight / cells)
            * (1 - (double) broken / count)
            * handicap(rules, width, share)
            * (openAt >= 0 ? OPEN_HANDICAP : 1);
    boolean allPadded = followers > 0 && padded == followers;
    return new DialectScore(rules, width, share, count, closed, allPadded, openAt, score);
  }

  private static double handicap(Rules rules, int width, double share) {
    if (rules.delimiter() != ' ') {
      return 1;
    }
    return width >= 4 && share >= 0.95 ? SMALL_SPACE_HANDICAP : SPACE_HANDICAP;
  }

  private static double weight(byte[] data, int from, int end, Cell cell) {
    int start = from;
    while (start < end && data[start] == ' ') {
      start++;
    }
    CellKind kind = cell.read(data, start, end);
    if (kind.typed()) {
      return TYPED;
    }
    if (start == end) {
      return EMPTY;
    }
    byte first = data[start];
    if (first == '"' || (first == '\'' && end - start > 1 && data[end - 1] == '\'')) {
      return LOOSE;
    }
    double text = TEXT;
    for (int i = start; i < end; i++) {
      switch (data[i]) {
        case ',', ';' -> {
          // As in a sentence; without a space it parts values.
          if (i + 1 >= end || data[i + 1] != ' ') {
            return LOOSE;
          }
        }
        case '\t', '|', 1 -> {
          return LOOSE;
        }
        case '"' -> text = TEXT_WITH_QUOTE;
        default -> {}
      }
    }
    return text;
  }

  /** Lone cells count half: they are more often a text above the table than the table. */
  private static int mostFrequent(int[] widths, int count) {
    int[] sorted = Arrays.copyOf(widths, count);
    Arrays.sort(sorted);
    int best = sorted[0];
    int most = 0;
    int run = 0;
    for (int i = 0; i < count; i++) {
      run = i > 0 && sorted[i] == sorted[i - 1] ? run + 1 : 1;
      int counted = sorted[i] == 1 ? run : run * 2;
      if (counted >= most) {
        most = counted;
        best = sorted[i];
      }
    }
    return best;
  }
}
