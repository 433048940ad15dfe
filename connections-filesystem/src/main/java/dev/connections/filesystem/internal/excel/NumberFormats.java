package dev.connections.filesystem.internal.excel;

import dev.connections.filesystem.internal.xml.XmlCursor;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What the numbers of a cell's style are: in a workbook a day is a number that is shown as a day.
 * The numbers of formats up to 163 are fixed by ECMA-376, part 1, 18.8.30. Used by one thread.
 */
final class NumberFormats {
  /** What a number is shown as. */
  enum Meaning {
    NUMBER,
    DAY,
    TIME,
    MOMENT
  }

  /** Excel itself knows 65,490 styles; what is beyond this many is a number. */
  private static final int MOST = 100_000;

  private final List<Meaning> styles = new ArrayList<>();

  private NumberFormats() {}

  static NumberFormats of(Workbook workbook) throws IOException {
    NumberFormats formats = new NumberFormats();
    if (workbook.styles().isPresent()) {
      try (XmlCursor cursor = workbook.open(workbook.styles().get())) {
        formats.read(cursor);
      }
    }
    return formats;
  }

  private void read(XmlCursor cursor) throws IOException {
    Map<String, Meaning> own = new HashMap<>();
    boolean cells = false;
    while (cursor.next()) {
      if (cursor.atStart()) {
        switch (cursor.localName()) {
          case "numFmt" -> {
            if (own.size() < MOST) {
              own.putIfAbsent(
                  cursor.attribute("numFmtId").orElse(""),
                  meaning(cursor.attribute("formatCode").orElse("")));
            }
          }
          case "cellXfs" -> cells = true;
          case "xf" -> {
            if (cells && styles.size() < MOST) {
              String id = cursor.attribute("numFmtId").orElse("0");
              Meaning meaning = own.get(id);
              styles.add(meaning == null ? fixed(id) : meaning);
            }
          }
          default -> {}
        }
      } else if (cursor.atEnd() && cursor.localName().equals("cellXfs")) {
        return;
      }
    }
  }

  /** What a number in a cell of a style is; a style that the workbook doesn't have is none. */
  Meaning of(String style) {
    if (style.isEmpty()
        || style.length() > 9
        || !style.chars().allMatch(c -> c >= '0' && c <= '9')) {
      return Meaning.NUMBER;
    }
    int index = Integer.parseInt(style);
    return index < styles.size() ? styles.get(index) : Meaning.NUMBER;
  }

  private static Meaning fixed(String id) {
    return switch (id) {
      // From 27 on they are those of East Asian languages.
      case "14", "15", "16", "17", "27", "28", "29", "30", "31", "36" -> Meaning.DAY;
      case "50", "51", "52", "53", "54", "55", "56", "57", "58" -> Meaning.DAY;
      case "18", "19", "20", "21", "32", "33", "34", "35", "45", "47" -> Meaning.TIME;
      case "22" -> Meaning.MOMENT;
      default -> Meaning.NUMBER; // 46 counts hours beyond a day
    };
  }

  /** What a format's code shows: its letters outside of quotes, brackets and escapes. */
  static Meaning meaning(String code) {
    String first = code.split(";", 2)[0];
    String lower = first.toLowerCase(Locale.ROOT);
    if (lower.contains("[h") || lower.contains("[m") || lower.contains("[s")) {
      return Meaning.NUMBER; // a length of time, which may be longer than a day
    }
    boolean day = false;
    boolean time = false;
    boolean month = false;
    for (int i = 0; i < lower.length(); i++) {
      switch (lower.charAt(i)) {
        case '"' -> i = behind(lower, '"', i + 1);
        case '[' -> i = behind(lower, ']', i + 1);
        case '\\', '_', '*' -> i++;
        case 'y', 'd' -> day = true;
        case 'h', 's' -> time = true;
        case 'm' -> month = true;
        case 'g' -> {
          if (lower.startsWith("general", i)) {
            return Meaning.NUMBER;
          }
        }
        default -> {}
      }
    }
    if (time) {
      return day ? Meaning.MOMENT : Meaning.TIME;
    }
    return day || month ? Meaning.DAY : Meaning.NUMBER;
  }

  private static int behind(String code, char end, int from) {
    int at = code.indexOf(end, from);
    return at < 0 ? code.length() : at;
  }
}
