package dev.connections.filesystem.internal.text;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** A file of separated values, written in a dialect and with one defect. */
record GeneratedCsv(
    char delimiter, Quoting quoting, String newline, boolean header, Defect defect) {

  enum Quoting {
    DOUBLE('"', false),
    DOUBLE_BACKSLASH('"', true),
    SINGLE('\'', false),
    NONE('\0', false);

    final char quote;
    final boolean backslash;

    Quoting(char quote, boolean backslash) {
      this.quote = quote;
      this.backslash = backslash;
    }
  }

  enum Defect {
    CLEAN,
    PREAMBLE,
    BLANK_LINES,
    RAGGED,
    TRAILING_DELIMITER,
    COMMENTS,
    DECIMAL_COMMA,
    BYTE_ORDER_MARK,
    WINDOWS_1252,
    UTF_16LE,
    UTF_16BE_MARKED,
    QUOTED_NEWLINES,
    NO_LAST_LINE_END,
    MIXED_LINE_ENDS,
    SEPARATOR_LINE,
    MISSING_VALUES,
    PADDED,
    REPEATED_NAME,
    NAME_MISSING,
    REPEATED_MARK,
    UTF_16LE_MARKED,
    UTF_16BE,
    BLANK_LINES_AT_END,
    LAST_ROW_CUT_OFF,
    FOOTNOTE,
    NULL_WORDS,
    EVERY_VALUE_QUOTED
  }

  static final List<String> NAMES = List.of("id", "customer", "amount", "day", "remark");

  static List<GeneratedCsv> all() {
    List<GeneratedCsv> all = new ArrayList<>();
    for (char delimiter : new char[] {',', ';', '\t', '|', ' ', '\u0001'}) {
      for (Quoting quoting : Quoting.values()) {
        for (String newline : new String[] {"\n", "\r\n", "\r"}) {
          for (boolean header : new boolean[] {true, false}) {
            for (Defect defect : Defect.values()) {
              GeneratedCsv file = new GeneratedCsv(delimiter, quoting, newline, header, defect);
              if (file.makesSense()) {
                all.add(file);
              }
            }
          }
        }
      }
    }
    return all;
  }

  private boolean makesSense() {
    return switch (defect) {
      case DECIMAL_COMMA -> delimiter != ',';
      case QUOTED_NEWLINES, EVERY_VALUE_QUOTED -> quoting != Quoting.NONE;
      case PADDED -> delimiter == ',' || delimiter == ';' || delimiter == '|';
      case REPEATED_NAME, NAME_MISSING -> header && delimiter != ' ';
      case FOOTNOTE -> delimiter != ' ';
      // A blank alone parts words: what stands above or is missing can't be told from a value.
      case PREAMBLE, TRAILING_DELIMITER, MISSING_VALUES, RAGGED -> delimiter != ' ';
      default -> true;
    };
  }

  byte[] bytes(Random random, int rows) {
    StringBuilder text = new StringBuilder();
    if (defect == Defect.SEPARATOR_LINE) {
      text.append("sep=").append(delimiter).append(newline);
    }
    if (defect == Defect.PREAMBLE) {
      text.append("Sales report").append(newline).append("made in spring").append(newline);
    }
    if (header) {
      text.append(String.join(between(), written())).append(end()).append(newline);
    }
    for (int row = 0; row < rows; row++) {
      row(text, random, row);
      boolean last = row == rows - 1;
      if (!last || defect != Defect.NO_LAST_LINE_END) {
        text.append(defect == Defect.MIXED_LINE_ENDS && row % 3 == 0 ? "\r\n" : newline);
      }
      if (defect == Defect.BLANK_LINES && row % 4 == 0) {
        text.append(newline);
      }
      if (defect == Defect.COMMENTS && row % 7 == 0) {
        text.append("# checked by the office").append(newline);
      }
    }
    if (defect == Defect.BLANK_LINES_AT_END) {
      text.append(newline).append(newline);
    }
    if (defect == Defect.FOOTNOTE) {
      text.append("checked by the office").append(newline);
    }
    if (defect == Defect.LAST_ROW_CUT_OFF) {
      text.append("4").append(between()).append(quoted("J"));
    }
    return encoded(text.toString());
  }

  /** The names as they stand in the file. */
  private List<String> written() {
    List<String> names = new ArrayList<>(NAMES);
    if (defect == Defect.REPEATED_NAME) {
      names.set(4, NAMES.get(1));
    }
    if (defect == Defect.NAME_MISSING) {
      names.set(2, "");
    }
    if (defect == Defect.EVERY_VALUE_QUOTED) {
      names.replaceAll(this::quoted);
    }
    return names;
  }

  /** The names that are to be found. */
  List<String> expected() {
    List<String> names = new ArrayList<>(header ? NAMES : ColumnNames.numbered(NAMES.size()));
    if (defect == Defect.REPEATED_NAME) {
      names.set(4, NAMES.get(1) + "_1");
    }
    if (defect == Defect.NAME_MISSING) {
      names.set(2, "column3");
    }
    return names;
  }

  private String between() {
    return delimiter + (defect == Defect.PADDED ? " " : "");
  }

  private String end() {
    return defect == Defect.TRAILING_DELIMITER ? String.valueOf(delimiter) : "";
  }

  private void row(StringBuilder text, Random random, int row) {
    String amount = random.nextInt(1000) + "." + (10 + random.nextInt(90));
    text.append(each(String.valueOf(row + 1))).append(between());
    text.append(quoted("Jane" + inside() + "Doe" + random.nextInt(100))).append(between());
    if (defect != Defect.MISSING_VALUES || row % 3 > 0) {
      text.append(each(defect == Defect.DECIMAL_COMMA ? amount.replace('.', ',') : amount));
    }
    text.append(between()).append(each("2024-0" + (1 + random.nextInt(9)) + "-11"));
    if (defect == Defect.RAGGED && row % 5 == 1) {
      return;
    }
    text.append(between()).append(each(remark(random, row))).append(end());
    if (defect == Defect.RAGGED && row % 5 == 3) {
      text.append(delimiter).append("more");
    }
  }

  /** What only quotes allow inside a value. */
  private String inside() {
    if (quoting == Quoting.NONE) {
      return delimiter == ' ' ? "-" : " ";
    }
    return switch (defect) {
      case QUOTED_NEWLINES -> newline;
      default -> delimiter + " " + escape() + quoting.quote;
    };
  }

  private String escape() {
    return quoting.backslash ? "\\" : String.valueOf(quoting.quote);
  }

  private String quoted(String value) {
    return quoting == Quoting.NONE ? value : quoting.quote + value + quoting.quote;
  }

  private String each(String value) {
    return defect == Defect.EVERY_VALUE_QUOTED ? quoted(value) : value;
  }

  private String remark(Random random, int row) {
    if (defect == Defect.NULL_WORDS && row % 4 == 0) {
      return "NULL";
    }
    String accent = defect == Defect.WINDOWS_1252 ? "\u00e9\u00fc" : "e";
    return "caf" + accent + random.nextInt(10) + (row % 2 == 0 ? "x" : "long");
  }

  private byte[] encoded(String text) {
    return switch (defect) {
      case BYTE_ORDER_MARK -> ("\uFEFF" + text).getBytes(StandardCharsets.UTF_8);
      case WINDOWS_1252 -> text.getBytes(Charset.forName("windows-1252"));
      case REPEATED_MARK -> ("\uFEFF\uFEFF" + text).getBytes(StandardCharsets.UTF_8);
      case UTF_16LE_MARKED -> ("\uFEFF" + text).getBytes(StandardCharsets.UTF_16LE);
      case UTF_16BE -> text.getBytes(StandardCharsets.UTF_16BE);
      case UTF_16LE -> text.getBytes(StandardCharsets.UTF_16LE);
      case UTF_16BE_MARKED -> ("\uFEFF" + text).getBytes(StandardCharsets.UTF_16BE);
      default -> text.getBytes(StandardCharsets.UTF_8);
    };
  }
}
