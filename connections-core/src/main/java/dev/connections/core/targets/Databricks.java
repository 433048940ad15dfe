package dev.connections.core.targets;

import java.util.Locale;

/** The spelling of Databricks SQL: identifiers, texts, comments, and what a name may hold. */
final class Databricks {
  /** The longest name of a schema, a table, a column or a constraint. */
  static final int LONGEST_NAME = 255;

  private static final String REFUSED_BY_DELTA = " ,;{}()\n\t=";

  private Databricks() {}

  /** An identifier between back-quotes, whatever it holds. */
  static String identifier(String name) {
    return "`" + name.replace("`", "``") + "`";
  }

  /** A text between single quotes, on one line, whatever it holds. */
  static String text(String value) {
    StringBuilder out = new StringBuilder(value.length() + 8).append('\'');
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      switch (c) {
        case '\'' -> out.append("\\'");
        case '\\' -> out.append("\\\\");
        case '\n' -> out.append("\\n");
        case '\r' -> out.append("\\r");
        case '\t' -> out.append("\\t");
        default -> {
          if (breaksLine(c) || opensParameter(value, i)) {
            out.append(String.format(Locale.ROOT, "\\u%04X", (int) c));
          } else {
            out.append(c);
          }
        }
      }
    }
    return out.append('\'').toString();
  }

  /**
   * A text as it may stand behind {@code --}: on one line, whatever it holds. Behind a backslash at
   * the end of a line, Spark's lexer goes on with the remark in the next line, so none stands
   * there.
   */
  static String remark(String value) {
    StringBuilder out = new StringBuilder(value.length());
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      out.append(breaksLine(c) ? ' ' : c);
      if (opensParameter(value, i)) {
        out.append(' ');
      }
    }
    String line = out.toString();
    return line.stripTrailing().endsWith("\\") ? line + " --" : line;
  }

  /** Whether some reader of a script may take a character for the end of a line, or as no text. */
  private static boolean breaksLine(char c) {
    return Character.isISOControl(c) || c == '\u2028' || c == '\u2029';
  }

  /** Whether a notebook or an editor would take what begins here for a parameter. */
  static boolean opensParameter(String value, int at) {
    char c = value.charAt(at);
    return (c == '$' || c == '{') && at + 1 < value.length() && value.charAt(at + 1) == '{';
  }

  /** Whether Delta refuses a column name that holds the character, column mapping being off. */
  static boolean refusedInPlainColumn(char c) {
    return REFUSED_BY_DELTA.indexOf(c) >= 0 || Character.isISOControl(c);
  }

  /**
   * Whether a schema or table name can't hold the character: Unity Catalog refuses it, or, as for
   * braces, an editor takes it for a parameter.
   */
  static boolean refusedInObject(char c) {
    return "./ {}".indexOf(c) >= 0 || Character.isISOControl(c);
  }

  /** The form in which Databricks compares names. */
  static String folded(String name) {
    return name.toLowerCase(Locale.ROOT);
  }
}
