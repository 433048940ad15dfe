package dev.connections.filesystem.internal.text;

import dev.connections.api.DataType;
import dev.connections.api.TypeKind;

/** What the cells of one column have been so far; decides their type. Used by one thread. */
final class ColumnEvidence {
  private static final int MOST_DIGITS = 38;
  private static final int COMFORTABLE_DIGITS = 18;

  private final boolean utf8;
  private int kinds;
  private int wholeDigits;
  private int fractionDigits;
  private boolean dayFirst = true;
  private boolean monthFirst = true;
  private char separator;
  private boolean oddComma;
  private boolean onlyYears = true;
  private long values;
  private long texts;
  private long nulls;
  private int longest;
  private int mostBytes;
  private int fewestBytes = Integer.MAX_VALUE;

  ColumnEvidence(boolean utf8) {
    this.utf8 = utf8;
  }

  /** Adds a cell; the reader still holds what it found. */
  void add(CellKind kind, Cell cell, byte[] data, int from, int to) {
    if (kind == CellKind.EMPTY) {
      nulls++;
      return;
    }
    values++;
    kinds |= kind.bit();
    switch (kind) {
      case INTEGER, LARGE_INTEGER, DECIMAL, COMMA_DECIMAL, DOUBLE -> {
        wholeDigits = Math.max(wholeDigits, cell.wholeDigits());
        fractionDigits = Math.max(fractionDigits, cell.fractionDigits());
        oddComma |= kind == CellKind.COMMA_DECIMAL && cell.fractionDigits() != 3;
      }
      case DAY_OR_MONTH_FIRST -> {
        dayFirst &= cell.dayFirst();
        monthFirst &= cell.monthFirst();
        if (separator == 0) {
          separator = cell.separator();
        } else if (separator != cell.separator()) {
          kinds |= CellKind.TEXT.bit();
        }
      }
      case TEXT -> texts++;
      default -> {}
    }
    measure(data, from, to);
  }

  private void measure(byte[] data, int from, int to) {
    int bytes = to - from;
    onlyYears =
        onlyYears
            && bytes == 4
            && ((data[from] == '1' && data[from + 1] == '9')
                || (data[from] == '2' && data[from + 1] == '0'));
    mostBytes = Math.max(mostBytes, bytes);
    fewestBytes = Math.min(fewestBytes, bytes);
    if (bytes > longest) {
      int characters = bytes;
      for (int i = from; utf8 && i < to; i++) {
        characters -= (data[i] & 0xC0) == 0x80 ? 1 : 0;
      }
      longest = Math.max(longest, characters);
    }
  }

  /** Adds all cells that another part of the column had. */
  void merge(ColumnEvidence other) {
    int days = CellKind.DAY_OR_MONTH_FIRST.bit();
    boolean otherSeparator = other.separator != 0 && separator != 0 && other.separator != separator;
    kinds |= other.kinds | (otherSeparator && (kinds & days) != 0 ? CellKind.TEXT.bit() : 0);
    separator = separator == 0 ? other.separator : separator;
    wholeDigits = Math.max(wholeDigits, other.wholeDigits);
    fractionDigits = Math.max(fractionDigits, other.fractionDigits);
    dayFirst &= other.dayFirst;
    monthFirst &= other.monthFirst;
    oddComma |= other.oddComma;
    onlyYears &= other.onlyYears;
    values += other.values;
    texts += other.texts;
    nulls += other.nulls;
    longest = Math.max(longest, other.longest);
    mostBytes = Math.max(mostBytes, other.mostBytes);
    fewestBytes = Math.min(fewestBytes, other.fewestBytes);
  }

  /** Adds a row that is too short to have this column. */
  void addMissing() {
    nulls++;
  }

  /**
   * The type that holds all cells.
   *
   * @param delimiter the file's: next to a semicolon or a tab a comma may be a decimal one
   * @param complete whether all cells were seen, so that a number needs no room to grow
   */
  DataType type(char delimiter, boolean complete) {
    int seen = kinds;
    if (seen == CellKind.BOOLEAN.bit()) {
      return DataType.of(TypeKind.BOOLEAN, "boolean");
    }
    if (seen == CellKind.DATE.bit()) {
      return DataType.of(TypeKind.DATE, "date yyyy-MM-dd");
    }
    if (seen == CellKind.TIME.bit()) {
      return DataType.of(TypeKind.TIME, "time");
    }
    if (seen == CellKind.TIMESTAMP.bit()) {
      return DataType.of(TypeKind.TIMESTAMP, "timestamp with zone");
    }
    if (only(CellKind.DATE.bit() | CellKind.LOCAL_TIMESTAMP.bit())) {
      return DataType.of(TypeKind.TIMESTAMP_NTZ, "timestamp without zone");
    }
    if (seen == CellKind.DAY_OR_MONTH_FIRST.bit() && dayFirst != monthFirst) {
      String pattern = dayFirst ? "d" + separator + "M" : "M" + separator + "d";
      return DataType.of(TypeKind.DATE, "date " + pattern + separator + "yyyy");
    }
    return numberOrText(delimiter, complete);
  }

  private DataType numberOrText(char delimiter, boolean complete) {
    int whole = CellKind.INTEGER.bit() | CellKind.LARGE_INTEGER.bit();
    if (kinds == CellKind.INTEGER.bit()) {
      return DataType.of(TypeKind.BIGINT, "integer");
    }
    if (only(whole)) {
      return decimal(complete ? wholeDigits : MOST_DIGITS, 0);
    }
    if (only(whole | CellKind.COMMA_DECIMAL.bit())) {
      return decimalComma(delimiter) ? fixed(complete) : text();
    }
    if (only(whole | CellKind.DECIMAL.bit())) {
      return fixed(complete);
    }
    if (only(whole | CellKind.DECIMAL.bit() | CellKind.DOUBLE.bit())) {
      return DataType.of(TypeKind.DOUBLE, "number");
    }
    return text();
  }

  /** A sample may have missed the largest number, so a type found in one gets room to grow. */
  private DataType fixed(boolean complete) {
    int digits = wholeDigits + fractionDigits;
    if (digits > MOST_DIGITS) {
      return DataType.of(TypeKind.DOUBLE, "number");
    }
    int roomy = digits + 2 <= COMFORTABLE_DIGITS ? COMFORTABLE_DIGITS : MOST_DIGITS;
    return decimal(complete ? digits : roomy, fractionDigits);
  }

  private static DataType decimal(int precision, int scale) {
    return DataType.decimal(precision, scale, "decimal(" + precision + "," + scale + ")");
  }

  private static DataType text() {
    return DataType.of(TypeKind.STRING, "text");
  }

  /** Whether cells of no other kinds were seen, but some. */
  private boolean only(int allowed) {
    return kinds != 0 && (kinds & ~allowed) == 0;
  }

  /**
   * Whether the column's commas are decimal ones. A comma before three digits may also part the
   * thousands; next to semicolons, which are used because commas are taken, it doesn't.
   */
  boolean decimalComma(char delimiter) {
    int whole = CellKind.INTEGER.bit() | CellKind.LARGE_INTEGER.bit();
    return delimiter != ','
        && (kinds & CellKind.COMMA_DECIMAL.bit()) != 0
        && only(whole | CellKind.COMMA_DECIMAL.bit())
        && (delimiter == ';' || oddComma);
  }

  /** Whether all cells are days of which it is unknown if the day or the month comes first. */
  boolean undecidedDay() {
    return kinds == CellKind.DAY_OR_MONTH_FIRST.bit() && dayFirst == monthFirst;
  }

  /** Whether a few cells alone keep the column from having a type. */
  boolean spoiled() {
    return texts > 0 && values >= 10 && texts * 10 <= values;
  }

  boolean seen(CellKind kind) {
    return (kinds & kind.bit()) != 0;
  }

  long values() {
    return values;
  }

  long texts() {
    return texts;
  }

  long nulls() {
    return nulls;
  }

  int longest() {
    return longest;
  }

  /** Whether each cell is a year of the last century or this one. */
  boolean onlyYears() {
    return values > 0 && onlyYears;
  }

  /** The bytes that every cell has, where all have the same; else 0. */
  int evenBytes() {
    return values > 2 && fewestBytes == mostBytes ? mostBytes : 0;
  }
}
