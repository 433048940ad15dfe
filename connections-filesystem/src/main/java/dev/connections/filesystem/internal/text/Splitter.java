package dev.connections.filesystem.internal.text;

import java.util.Arrays;

/**
 * Cuts a part of a text into records and cells, forgivingly: a quote in the wrong place is counted
 * and taken as a character. One object is reused for all records; a cell is where it starts and
 * ends.
 */
final class Splitter {
  /** What a quote or a comment is set to where there is none: the value of no byte. */
  static final int NONE = 256;

  private final byte[] data;
  private final int limit;
  private final Rules rules;
  private final boolean last;
  private int position;

  private int[] starts = new int[16];
  private int[] ends = new int[16];
  private boolean[] quoted = new boolean[16];
  private int width;
  private int recordStart;
  private boolean whole;
  private boolean open;
  private int broken;
  private int closed;

  /**
   * How a text is cut.
   *
   * @param delimiter stands between cells
   * @param quote stands around a cell, or {@link #NONE}
   * @param escape stands before a quote inside a cell: the quote itself; or a backslash, which
   *     outside quotes stands before a delimiter
   * @param comment starts a line that is no record, or {@link #NONE}
   */
  record Rules(int delimiter, int quote, int escape, int comment) {
    Rules withComment(int mark) {
      return new Rules(delimiter, quote, escape, mark);
    }
  }

  Splitter(TextPart part, int from, Rules rules) {
    this(part, from, part.to(), rules);
  }

  Splitter(TextPart part, int from, int to, Rules rules) {
    this.data = part.data();
    this.limit = to;
    this.last = part.last() && to == part.to();
    this.position = from;
    this.rules = rules;
  }

  /** Goes to the next record that isn't blank or a comment; false if there is none. */
  boolean next() {
    int p = position;
    while (p < limit && (endsLine(data[p]) || data[p] == rules.comment)) {
      if (data[p] == rules.comment) {
        while (p < limit && !endsLine(data[p])) {
          p++;
        }
      } else {
        p++;
      }
    }
    if (p >= limit) {
      position = p;
      return false;
    }
    recordStart = p;
    width = 0;
    open = false;
    broken = 0;
    closed = 0;
    position = record(p);
    return true;
  }

  private int record(int start) {
    int p = start;
    int delimiter = rules.delimiter;
    while (true) {
      if (delimiter == ' ') {
        p = skipSpaces(p);
      }
      p = cell(p);
      if (p >= limit) {
        whole = last;
        return p;
      }
      if (data[p] != delimiter) {
        whole = true;
        return data[p] == '\r' && p + 1 < limit && data[p + 1] == '\n' ? p + 2 : p + 1;
      }
      p++;
      if (p >= limit) {
        add(p, p, false);
        whole = last;
        return p;
      }
    }
  }

  /** Takes one cell and returns where its delimiter or line end stands. */
  private int cell(int start) {
    int delimiter = rules.delimiter;
    if (rules.quote != NONE) {
      int q = delimiter == ' ' ? start : skipSpaces(start);
      if (q < limit && data[q] == rules.quote) {
        return quotedCell(q);
      }
    }
    int p = start;
    byte[] bytes = data;
    int end = limit;
    int escape = rules.escape == '\\' ? '\\' : NONE;
    while (p < end) {
      byte b = bytes[p];
      if (b == delimiter || b == '\n' || b == '\r') {
        break;
      }
      // Databases that write a backslash before a quote write it before a delimiter too.
      p += b == escape && p + 1 < end && !endsLine(bytes[p + 1]) ? 2 : 1;
    }
    add(start, p, false);
    return p;
  }

  private int quotedCell(int at) {
    int quote = rules.quote;
    int escape = rules.escape;
    int i = at + 1;
    while (i < limit) {
      byte b = data[i];
      if (b == quote) {
        if (escape == quote && i + 1 < limit && data[i + 1] == quote) {
          i += 2;
          continue;
        }
        int e = rules.delimiter == ' ' ? i + 1 : skipSpaces(i + 1);
        if (e >= limit || data[e] == rules.delimiter || endsLine(data[e])) {
          closed++;
          add(at + 1, i, true);
          return e;
        }
        broken++;
      } else if (b == escape) {
        i++;
      }
      i++;
    }
    open = true;
    add(at + 1, limit, true);
    return limit;
  }

  private int skipSpaces(int from) {
    int p = from;
    while (p < limit && data[p] == ' ') {
      p++;
    }
    return p;
  }

  private void add(int start, int end, boolean inQuotes) {
    if (width == starts.length) {
      starts = Arrays.copyOf(starts, width * 2);
      ends = Arrays.copyOf(ends, width * 2);
      quoted = Arrays.copyOf(quoted, width * 2);
    }
    starts[width] = start;
    ends[width] = end;
    quoted[width] = inQuotes;
    width++;
  }

  static boolean endsLine(byte b) {
    return b == '\n' || b == '\r';
  }

  /** How many cells the record has. */
  int width() {
    return width;
  }

  int start(int cell) {
    return starts[cell];
  }

  int end(int cell) {
    return ends[cell];
  }

  boolean quoted(int cell) {
    return quoted[cell];
  }

  int recordStart() {
    return recordStart;
  }

  /** Where the next record starts. */
  int position() {
    return position;
  }

  /** Whether the record's end was seen; the last one of a part may be cut. */
  boolean whole() {
    return whole;
  }

  /** Whether the record ends within quotes. */
  boolean open() {
    return open;
  }

  /** How many quotes of the record stand where none may. */
  int broken() {
    return broken;
  }

  /** How many cells of the record are quoted and closed. */
  int closed() {
    return closed;
  }
}
