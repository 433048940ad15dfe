package dev.connections.filesystem.internal.excel;

import dev.connections.filesystem.internal.excel.NumberFormats.Meaning;
import dev.connections.filesystem.internal.text.Cell;
import dev.connections.filesystem.internal.text.TypedTable.Kind;
import dev.connections.filesystem.internal.xml.XmlCursor;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/** The rows of a sheet, one after the other. Used by one thread. */
final class SheetRows {
  private static final int MOST_COLUMNS = 16_384;
  private static final long MOST_ROWS = 1_048_576;

  /** The last day that a workbook knows is 9999-12-31. */
  private static final double LAST_DAY = 2_958_466;

  private static final double EXACT = 1e15;

  /** Longer than any name; a text may have megabytes. */
  static final int LONGEST_KEPT = 300;

  private final String path;
  private final XmlCursor cursor;
  private final NumberFormats formats;
  private final Cell iso = new Cell();
  private OptionalLong lastRow = OptionalLong.empty();
  private long row;
  private boolean ended;
  private long errors;
  private long withoutResult;

  SheetRows(String path, XmlCursor cursor, NumberFormats formats) {
    this.path = path;
    this.cursor = cursor;
    this.formats = formats;
  }

  /**
   * The cells of the next row that aren't empty; none, too, where the last row has {@link #ended}.
   */
  List<SheetCell> next() throws IOException {
    while (!ended && cursor.next()) {
      if (cursor.atStart()) {
        if (cursor.localName().equals("dimension")) {
          lastRow = lastRow(cursor.attribute("ref").orElse(""));
        } else if (cursor.localName().equals("row")) {
          cursor.nextRow();
          row = number(cursor.attribute("r").orElse("")).orElse(row + 1);
          return cells();
        }
      } else if (cursor.atEnd() && cursor.localName().equals("sheetData")) {
        ended = true;
      }
    }
    ended = true;
    return List.of();
  }

  /** Whether all rows were seen. */
  boolean ended() {
    return ended;
  }

  /** The number of the row that was read last, from 1. */
  long row() {
    return row;
  }

  /** The number of the last row, as the sheet says before its rows. */
  OptionalLong lastRow() {
    return lastRow;
  }

  /** How many cells hold an error such as a division by zero. */
  long errors() {
    return errors;
  }

  /** How many formulas have no stored result. */
  long withoutResult() {
    return withoutResult;
  }

  private List<SheetCell> cells() throws IOException {
    List<SheetCell> cells = new ArrayList<>();
    int column = 0;
    while (cursor.next()) {
      if (cursor.atStart() && cursor.localName().equals("c")) {
        String place = cursor.attribute("r").orElse("");
        column = place.isEmpty() ? column : column(place);
        if (column >= MOST_COLUMNS || cells.size() >= MOST_COLUMNS) {
          throw ExcelFailures.malformed(path, "it has a cell outside of what a sheet has");
        }
        cell(cells, column++);
      } else if (cursor.atEnd() && cursor.localName().equals("row")) {
        return cells;
      }
    }
    return cells;
  }

  private void cell(List<SheetCell> cells, int column) throws IOException {
    String type = cursor.attribute("t").orElse("n");
    String style = cursor.attribute("s").orElse("");
    StringBuilder text = new StringBuilder();
    boolean formula = false;
    boolean taken = false;
    int spoken = 0; // how a text is read aloud, in Japanese, is none of it
    while (cursor.next()) {
      if (cursor.atStart()) {
        String name = cursor.localName();
        formula |= name.equals("f");
        spoken += name.equals("rPh") ? 1 : 0;
        taken = spoken == 0 && (name.equals("v") || name.equals("t"));
      } else if (cursor.atEnd()) {
        taken = false;
        if (cursor.localName().equals("c")) {
          break;
        }
        spoken -= cursor.localName().equals("rPh") ? 1 : 0;
      } else if (taken) {
        cursor.appendText(text);
      }
    }
    if (text.isEmpty()) {
      withoutResult += formula ? 1 : 0;
      return;
    }
    if (type.equals("e")) {
      errors++;
      return;
    }
    String value = text.toString();
    Kind kind = kind(type, style, value);
    String kept = value.length() <= LONGEST_KEPT ? value : value.substring(0, LONGEST_KEPT);
    cells.add(new SheetCell(column, kind, kept, type.equals("s")));
  }

  private Kind kind(String type, String style, String value) {
    return switch (type) {
      case "b" -> Kind.BOOLEAN;
      case "n" -> number(value, formats.of(style));
      case "d" -> moment(value);
      default -> Kind.TEXT;
    };
  }

  private Kind moment(String value) {
    byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
    return switch (iso.readIso(bytes, 0, bytes.length)) {
      case DATE -> Kind.DATE;
      case TIMESTAMP -> Kind.ZONED_MOMENT;
      case LOCAL_TIMESTAMP -> Kind.MOMENT;
      case NONE -> Kind.TEXT;
    };
  }

  private static Kind number(String text, Meaning meaning) {
    double value;
    try {
      value = Double.parseDouble(text);
    } catch (NumberFormatException e) {
      return Kind.TEXT;
    }
    boolean whole = value == Math.rint(value) && Math.abs(value) < EXACT;
    if (meaning == Meaning.NUMBER || !(value >= 0 && value < LAST_DAY)) {
      return whole ? Kind.WHOLE : Kind.NUMBER;
    }
    return switch (meaning) {
      case TIME -> value < 1 ? Kind.TIME : Kind.MOMENT;
      case DAY -> whole ? Kind.DATE : Kind.MOMENT;
      default -> Kind.MOMENT;
    };
  }

  /** The column of a place such as AB12, from 0. */
  private static int column(String place) {
    int column = 0;
    for (int i = 0; i < place.length() && column <= MOST_COLUMNS; i++) {
      int letter = (place.charAt(i) | 0x20) - 'a';
      if (letter < 0 || letter > 25) {
        break;
      }
      column = column * 26 + letter + 1;
    }
    return column == 0 ? MOST_COLUMNS : column - 1;
  }

  private static OptionalLong lastRow(String range) {
    String last = range.substring(range.indexOf(':') + 1);
    int digits = 0;
    while (digits < last.length() && !Character.isDigit(last.charAt(digits))) {
      digits++;
    }
    return number(last.substring(digits));
  }

  private static OptionalLong number(String digits) {
    if (digits.isEmpty()
        || digits.length() > 7
        || !digits.chars().allMatch(c -> c >= '0' && c <= '9')) {
      return OptionalLong.empty();
    }
    long number = Long.parseLong(digits);
    return number <= MOST_ROWS ? OptionalLong.of(number) : OptionalLong.empty();
  }
}
