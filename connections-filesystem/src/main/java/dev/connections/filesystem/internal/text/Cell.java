package dev.connections.filesystem.internal.text;

/**
 * Reads the text of one cell at a time, in bytes; what it found stays until the next one. Made once
 * and reused, as a file has many cells. Used by one thread.
 */
public final class Cell {
  private static final int MOST_DIGITS = 38;
  private static final String LARGEST = "9223372036854775807";

  private byte[] data = new byte[0];
  private int at;
  private int end;
  private int wholeDigits;
  private int fractionDigits;
  private int first;
  private int second;
  private char separator;

  /** {@return what the text between two places is} */
  CellKind read(byte[] bytes, int from, int to) {
    if (from >= to) {
      return CellKind.EMPTY;
    }
    byte c = bytes[from];
    if ((c >= '0' && c <= '9') || c == '-' || c == '.') {
      data = bytes;
      end = to;
      return digits(from);
    }
    int length = to - from;
    if ((length == 4 && word(bytes, from, "true")) || (length == 5 && word(bytes, from, "false"))) {
      return CellKind.BOOLEAN;
    }
    if (length == 3 && c == 'N' && bytes[from + 1] == 'a' && bytes[from + 2] == 'N') {
      wholeDigits = 0; // no number, but what programs write for one in a column of numbers
      fractionDigits = 0;
      return CellKind.DOUBLE;
    }
    return CellKind.TEXT;
  }

  /**
   * {@return whether a text is a day, or a moment, as ISO 8601 writes it, and with a zone or not}
   *
   * @param bytes the text
   * @param from its start
   * @param to its end
   */
  public IsoKind readIso(byte[] bytes, int from, int to) {
    return switch (read(bytes, from, to)) {
      case DATE -> IsoKind.DATE;
      case TIMESTAMP -> IsoKind.TIMESTAMP;
      case LOCAL_TIMESTAMP -> IsoKind.LOCAL_TIMESTAMP;
      default -> IsoKind.NONE;
    };
  }

  /** What a text that may be a date is. */
  public enum IsoKind {
    /** No date. */
    NONE,
    /** A day. */
    DATE,
    /** A day and a time with a zone. */
    TIMESTAMP,
    /** A day and a time without a zone. */
    LOCAL_TIMESTAMP
  }

  private static boolean word(byte[] bytes, int from, String lower) {
    for (int i = 0; i < lower.length(); i++) {
      if ((bytes[from + i] | 0x20) != lower.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  private CellKind digits(int from) {
    at = from;
    boolean negative = data[from] == '-';
    if (negative) {
      at++;
    }
    int start = at;
    wholeDigits = run();
    fractionDigits = 0;
    if (at == end) {
      return wholeDigits == 0 || zeroLed(start) ? CellKind.TEXT : integer(start);
    }
    byte next = data[at];
    if (next == '.' || next == ',') {
      CellKind number = fraction(start, next);
      if (number != CellKind.TEXT || negative) {
        return number;
      }
      return yearLast(start);
    }
    if (next == 'e' || next == 'E') {
      return wholeDigits == 0 || zeroLed(start) ? CellKind.TEXT : exponent();
    }
    if (negative || wholeDigits == 0) {
      return CellKind.TEXT;
    }
    return switch (next) {
      case '-' -> wholeDigits == 4 ? yearFirst(start) : yearLast(start);
      case '/' -> yearLast(start);
      case ':' -> time(start) && at == end ? CellKind.TIME : CellKind.TEXT;
      default -> CellKind.TEXT;
    };
  }

  private int run() {
    int start = at;
    while (at < end && digit(data[at])) {
      at++;
    }
    return at - start;
  }

  private static boolean digit(byte b) {
    return b >= '0' && b <= '9';
  }

  /** 007 is a code: its zeros would be lost in a number. */
  private boolean zeroLed(int start) {
    return wholeDigits > 1 && data[start] == '0';
  }

  private CellKind integer(int start) {
    if (wholeDigits < LARGEST.length()) {
      return CellKind.INTEGER;
    }
    if (wholeDigits > MOST_DIGITS) {
      return CellKind.TEXT;
    }
    if (wholeDigits > LARGEST.length()) {
      return CellKind.LARGE_INTEGER;
    }
    for (int i = 0; i < wholeDigits; i++) {
      int difference = data[start + i] - LARGEST.charAt(i);
      if (difference != 0) {
        // The one negative number beyond counts as large too: a digit more does no harm.
        return difference < 0 ? CellKind.INTEGER : CellKind.LARGE_INTEGER;
      }
    }
    return CellKind.INTEGER;
  }

  private CellKind fraction(int start, byte point) {
    int mark = at;
    at++;
    fractionDigits = run();
    if (fractionDigits == 0 || zeroLed(start)) {
      at = mark;
      return CellKind.TEXT;
    }
    if (at == end) {
      if (wholeDigits + fractionDigits > MOST_DIGITS) {
        return point == '.' ? CellKind.DOUBLE : CellKind.TEXT;
      }
      return point == '.' ? CellKind.DECIMAL : CellKind.COMMA_DECIMAL;
    }
    if (point == '.' && (data[at] == 'e' || data[at] == 'E')) {
      return exponent();
    }
    at = mark;
    return CellKind.TEXT;
  }

  private CellKind exponent() {
    at++;
    if (at < end && (data[at] == '-' || data[at] == '+')) {
      at++;
    }
    int start = at;
    int length = run();
    if (length == 0 || length > 3 || at != end) {
      return CellKind.TEXT;
    }
    // Beyond the range of a double the number would become infinite.
    return number(start, length) + wholeDigits > 308 ? CellKind.TEXT : CellKind.DOUBLE;
  }

  private int number(int start, int length) {
    int value = 0;
    for (int i = start; i < start + length; i++) {
      value = value * 10 + data[i] - '0';
    }
    return value;
  }

  private CellKind yearFirst(int start) {
    if (end - start < 10 || data[start + 7] != '-') {
      return CellKind.TEXT;
    }
    at = start + 5;
    if (run() != 2) {
      return CellKind.TEXT;
    }
    int month = number(start + 5, 2);
    at = start + 8;
    int dayDigits = Math.min(2, run());
    int day = number(start + 8, dayDigits);
    if (dayDigits != 2 || !dayOf(day, month)) {
      return CellKind.TEXT;
    }
    at = start + 10;
    if (at == end) {
      return CellKind.DATE;
    }
    if (data[at] != 'T' && data[at] != ' ') {
      return CellKind.TEXT;
    }
    at++;
    int clock = at;
    if (run() != 2 || !time(clock)) {
      return CellKind.TEXT;
    }
    return at == end ? CellKind.LOCAL_TIMESTAMP : zone() ? CellKind.TIMESTAMP : CellKind.TEXT;
  }

  private static boolean dayOf(int day, int month) {
    int longest =
        switch (month) {
          case 2 -> 29;
          case 4, 6, 9, 11 -> 30;
          default -> 31;
        };
    return month >= 1 && month <= 12 && day >= 1 && day <= longest;
  }

  /** Goes on behind the hour's digits. */
  private boolean time(int start) {
    if (at - start > 2 || number(start, at - start) > 23 || !sixty()) {
      return false;
    }
    if (at < end && data[at] == ':') {
      if (!sixty()) {
        return false;
      }
      if (at < end && data[at] == '.') {
        at++;
        int digits = run();
        return digits >= 1 && digits <= 9;
      }
    }
    return true;
  }

  private boolean sixty() {
    if (at >= end || data[at] != ':') {
      return false;
    }
    at++;
    int start = at;
    return run() == 2 && number(start, 2) < 60;
  }

  private boolean zone() {
    if (data[at] == 'Z') {
      return at + 1 == end;
    }
    if (data[at] != '+' && data[at] != '-') {
      return false;
    }
    at++;
    int start = at;
    int length = run();
    if (length == 4) {
      return at == end && number(start, 2) <= 18 && number(start + 2, 2) < 60;
    }
    return length == 2 && number(start, 2) <= 18 && (at == end || (sixty() && at == end));
  }

  private CellKind yearLast(int start) {
    separator = (char) data[at];
    int length = at - start;
    if (separator == ',' || length > 2) {
      return CellKind.TEXT;
    }
    first = number(start, length);
    at++;
    int middle = at;
    length = run();
    if (length < 1 || length > 2 || at >= end || data[at] != separator) {
      return CellKind.TEXT;
    }
    second = number(middle, length);
    at++;
    if (run() != 4 || at != end) {
      return CellKind.TEXT;
    }
    return dayOf(first, second) || dayOf(second, first)
        ? CellKind.DAY_OR_MONTH_FIRST
        : CellKind.TEXT;
  }

  /** How many digits a number has before its point. */
  int wholeDigits() {
    return wholeDigits;
  }

  /** How many digits a number has behind its point. */
  int fractionDigits() {
    return fractionDigits;
  }

  /** Whether the last day read can have the day before the month. */
  boolean dayFirst() {
    return dayOf(first, second);
  }

  /** Whether the last day read can have the month before the day. */
  boolean monthFirst() {
    return dayOf(second, first);
  }

  /** What stands between the parts of the last day read. */
  char separator() {
    return separator;
  }
}
