package dev.connections.filesystem.internal.text;

import dev.connections.filesystem.internal.text.Splitter.Rules;
import java.util.ArrayList;
import java.util.List;

/** Finds out how a file of separated values is written. Used by one thread. */
final class DialectSniffer {
  private static final int MOST_RECORDS = 100;
  private static final int MOST_BYTES = 64 * 1024;
  private static final double PLAUSIBLE_SHARE = 0.2;
  private static final double HINT = 1.2;
  private static final int MOST_ABOVE = 50;

  private final TextPart part;
  private final int from;
  private final CsvOptions options;
  private final char expected;
  private final Cell cell;

  /**
   * What was found.
   *
   * @param best the best way of cutting
   * @param rival how close the best way with another delimiter comes, from 0 to 1
   * @param start where the header or the first record stands
   * @param skippedLines how many lines stand above it, beside comments
   */
  record Found(DialectScore best, double rival, int start, int skippedLines) {}

  private record Start(int offset, int lines, int delimiter) {}

  DialectSniffer(TextPart part, int from, CsvOptions options, char expected, Cell cell) {
    this.part = part;
    this.from = from;
    this.options = options;
    this.expected = expected;
    this.cell = cell;
  }

  Found find() {
    Start above = declared();
    int known = options.delimiter().isPresent() ? options.delimiter().get() : above.delimiter;
    List<DialectScore> scores = new ArrayList<>();
    int comment = comment(above.offset);
    for (Rules quoting : quotings(above.offset)) {
      Rules rules = quoting.withComment(comment);
      if (known != Splitter.NONE) {
        scores.add(score(above.offset, with(rules, known)));
        continue;
      }
      int to = (int) Math.min(part.to(), above.offset + (long) MOST_BYTES);
      DelimiterCounts counts = DelimiterCounts.of(part, above.offset, to, rules, MOST_RECORDS);
      for (int k = 0; k < DelimiterCounts.DELIMITERS.length(); k++) {
        if (counts.share(k) >= PLAUSIBLE_SHARE) {
          scores.add(score(above.offset, with(rules, DelimiterCounts.DELIMITERS.charAt(k))));
        }
      }
      scores.add(score(above.offset, with(rules, Splitter.NONE)));
    }
    return choose(scores, above);
  }

  private static Rules with(Rules rules, int delimiter) {
    return new Rules(delimiter, rules.quote(), rules.escape(), rules.comment());
  }

  private DialectScore score(int start, Rules rules) {
    return DialectScore.of(part, start, rules, cell, MOST_RECORDS, MOST_BYTES);
  }

  private double weighed(DialectScore score) {
    return score.rules().delimiter() == expected ? score.score() * HINT : score.score();
  }

  private Found choose(List<DialectScore> scores, Start above) {
    DialectScore best = scores.get(0);
    for (DialectScore score : scores) {
      best = weighed(score) > weighed(best) ? score : best;
    }
    double second = 0;
    for (DialectScore score : scores) {
      if (score.rules().delimiter() != best.rules().delimiter()) {
        second = Math.max(second, weighed(score));
      }
      // A quote that is never closed may cost a way its win; the reader has to be told of it.
      if (score.openAt() >= 0
          && score.rules().delimiter() == best.rules().delimiter()
          && score.rules().quote() == '"'
          && best.rules().quote() == Splitter.NONE) {
        best = score;
      }
    }
    double rival = weighed(best) <= 0 ? 1 : Math.min(1, second / weighed(best));
    return begin(best, rival, above);
  }

  /** Leaves out the lines above the table: those with far fewer cells than most have. */
  private Found begin(DialectScore best, double rival, Start above) {
    if (options.skippedLines().isPresent() || best.width() < 2) {
      return new Found(best, rival, above.offset, above.lines);
    }
    Splitter records = new Splitter(part, above.offset, best.rules());
    int wide = -1;
    for (int i = 0; i < MOST_ABOVE && records.next(); i++) {
      int start = records.recordStart();
      if (wide < 0 && records.width() * 2 > best.width()) {
        wide = start;
      }
      // One cell too few may be a header without a name for the names of rows.
      if (filled(records) * 2 > best.width() && records.width() >= best.width() - 1) {
        // A title may be filled up with delimiters; then what follows has to look like a header.
        boolean padded = start != wide;
        return found(best, rival, above, padded && !heads(records, best) ? wide : start);
      }
    }
    return found(best, rival, above, wide < 0 ? above.offset : wide);
  }

  private Found found(DialectScore best, double rival, Start above, int start) {
    Splitter first = new Splitter(part, above.offset, best.rules());
    boolean none = start == above.offset || !first.next() || first.recordStart() == start;
    return new Found(best, rival, start, none ? above.lines : part.lineEnds(from, start));
  }

  private static int filled(Splitter records) {
    int filled = 0;
    for (int c = 0; c < records.width(); c++) {
      filled += records.end(c) > records.start(c) ? 1 : 0;
    }
    return filled;
  }

  /** Whether a record of texts alone is followed by one with values of a type. */
  private boolean heads(Splitter records, DialectScore best) {
    return records.width() == best.width()
        && best.width() > 2
        && filled(records) == best.width()
        && typed(records) == 0
        && records.next()
        && typed(records) > 0;
  }

  private int typed(Splitter records) {
    int typed = 0;
    for (int c = 0; c < records.width(); c++) {
      typed += cell.read(part.data(), records.start(c), records.end(c)).typed() ? 1 : 0;
    }
    return typed;
  }

  /** A first line such as {@code sep=;} says what the delimiter is; an option says what to skip. */
  private Start declared() {
    byte[] data = part.data();
    if (options.skippedLines().isPresent()) {
      int p = from;
      int lines = options.skippedLines().getAsInt();
      for (int i = 0; i < lines && p < part.to(); i++) {
        p = lineEnd(p);
      }
      return new Start(p, lines, Splitter.NONE);
    }
    boolean says =
        part.to() - from > 5
            && (data[from] | 0x20) == 's'
            && (data[from + 1] | 0x20) == 'e'
            && (data[from + 2] | 0x20) == 'p'
            && data[from + 3] == '='
            && Splitter.endsLine(data[from + 5])
            && data[from + 4] > 0;
    return says ? new Start(lineEnd(from), 1, data[from + 4]) : new Start(from, 0, Splitter.NONE);
  }

  private int lineEnd(int start) {
    int p = start;
    while (p < part.to() && !Splitter.endsLine(part.data()[p])) {
      p++;
    }
    boolean pair = p + 1 < part.to() && part.data()[p] == '\r' && part.data()[p + 1] == '\n';
    return Math.min(part.to(), pair ? p + 2 : p + 1);
  }

  /**
   * Lines that start with # are comments, but for a first line where no second one does and which
   * is as wide as the next: those are names.
   */
  private int comment(int start) {
    if (options.comment().isPresent()) {
      return options.comment().get();
    }
    byte[] data = part.data();
    int to = (int) Math.min(part.to(), start + (long) MOST_BYTES);
    int first = -1;
    int marks = 0;
    for (int i = start; i < to; i++) {
      if (data[i] == '#' && (i == start || Splitter.endsLine(data[i - 1]))) {
        first = marks == 0 ? i : first;
        marks++;
      }
    }
    return marks == 0
            || (marks == 1 && first == start && namesFollowed(start))
            || markedValues(start, to)
        ? Splitter.NONE
        : '#';
  }

  /** Whether at least half of the lines are marked, as wide as the others, and not all above. */
  private boolean markedValues(int start, int to) {
    for (int k = 0; k < DelimiterCounts.DELIMITERS.length(); k++) {
      char delimiter = DelimiterCounts.DELIMITERS.charAt(k);
      if (delimiter != ' ' && markedValues(start, to, delimiter)) {
        return true;
      }
    }
    return false;
  }

  private boolean markedValues(int start, int to, char delimiter) {
    int wanted = 0;
    int marked = 0;
    int plain = 0;
    boolean below = false;
    for (int line = start; line < to && marked + plain < MOST_RECORDS; line = lineEnd(line)) {
      if (Splitter.endsLine(part.data()[line])) {
        continue;
      }
      int width = count(line, lineEnd(line), delimiter);
      wanted = marked + plain == 0 ? width : wanted;
      if (part.data()[line] != '#') {
        plain++;
      } else if (width == 0 || width != wanted) {
        return false;
      } else {
        marked++;
        below |= plain > 0;
      }
    }
    return marked >= plain - 1 && (below || plain == 0);
  }

  private boolean namesFollowed(int start) {
    int next = lineEnd(start);
    for (int k = 0; k < DelimiterCounts.DELIMITERS.length(); k++) {
      char delimiter = DelimiterCounts.DELIMITERS.charAt(k);
      int here = count(start, next, delimiter);
      if (delimiter != ' ' && here > 0 && here == count(next, lineEnd(next), delimiter)) {
        return true;
      }
    }
    return false;
  }

  private int count(int start, int end, char wanted) {
    int count = 0;
    for (int i = start; i < end; i++) {
      count += part.data()[i] == wanted ? 1 : 0;
    }
    return count;
  }

  /** The ways of quoting for which the text gives reason; the delimiter is still open. */
  private List<Rules> quotings(int start) {
    List<Rules> ways = new ArrayList<>(3);
    if (options.quoting().isPresent()) {
      CsvOptions.Quoting quoting = options.quoting().get();
      int quote = quoting.quote().isPresent() ? quoting.quote().get() : Splitter.NONE;
      ways.add(quoted(quote, quoting.backslash() ? '\\' : quote));
      return ways;
    }
    QuoteMarks marks = QuoteMarks.in(part, start, MOST_BYTES);
    ways.add(quoted('"', '"'));
    if (marks.escapedDouble() || marks.escapedDelimiter()) {
      ways.add(quoted('"', '\\'));
    }
    if (marks.singleAround()) {
      ways.add(quoted('\'', '\''));
      if (marks.escapedSingle()) {
        ways.add(quoted('\'', '\\'));
      }
    }
    if (marks.doubled()) {
      ways.add(quoted(Splitter.NONE, Splitter.NONE));
    }
    return ways;
  }

  private static Rules quoted(int quote, int escape) {
    return new Rules(Splitter.NONE, quote, escape, Splitter.NONE);
  }
}
