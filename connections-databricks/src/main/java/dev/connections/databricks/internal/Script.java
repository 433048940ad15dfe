package dev.connections.databricks.internal;

import dev.connections.databricks.WritePlan.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Takes a script apart: statements end with semicolons that stand in no text, name or remark. */
final class Script {
  private static final String PART = "(?:`(?:[^`]++|``)++`|[A-Za-z_][A-Za-z0-9_]*)";
  private static final String SCHEMA = "(" + PART + "\\s*\\.\\s*" + PART + ")";
  private static final String TABLE =
      "(" + PART + "\\s*\\.\\s*" + PART + "\\s*\\.\\s*" + PART + ")";
  private static final Pattern NAME =
      Pattern.compile("`((?:[^`]++|``)++)`|([A-Za-z_][A-Za-z0-9_]*)");

  private static final Map<Kind, List<Pattern>> SHAPES =
      Map.of(
          Kind.CREATE_SCHEMA,
          List.of(shape("CREATE SCHEMA IF NOT EXISTS " + SCHEMA + "( COMMENT .*)?")),
          Kind.CREATE_TABLE,
          List.of(shape("CREATE TABLE IF NOT EXISTS " + TABLE + " ?(\\(|USING ).*")),
          Kind.DROP_CONSTRAINT,
          List.of(shape("ALTER TABLE " + TABLE + " DROP CONSTRAINT IF EXISTS " + PART)),
          Kind.ADD_CONSTRAINT,
          List.of(
              shape(
                  "ALTER TABLE "
                      + TABLE
                      + " ADD CONSTRAINT "
                      + PART
                      + " (PRIMARY|FOREIGN) KEY .*")),
          Kind.SET_TAGS,
          List.of(
              shape("ALTER TABLE " + TABLE + " SET TAGS \\(.*\\)"),
              shape("ALTER TABLE " + TABLE + " ALTER COLUMN " + PART + " SET TAGS \\(.*\\)"),
              shape("ALTER SCHEMA " + SCHEMA + " SET TAGS \\(.*\\)")),
          Kind.COMMENT,
          List.of(
              shape("COMMENT ON TABLE " + TABLE + " IS .*"),
              shape("COMMENT ON SCHEMA " + SCHEMA + " IS .*")));

  private Script() {}

  private static Pattern shape(String words) {
    return Pattern.compile(
        words.replace(" ?", "\u0000").replace(" ", "\\s+").replace("\u0000", "\\s*"),
        Pattern.CASE_INSENSITIVE | Pattern.DOTALL);
  }

  /**
   * A statement.
   *
   * @param path what it is about: catalog, schema and maybe table; empty for one that isn't known
   */
  record Part(String text, Kind kind, List<String> path) {}

  static List<Part> parts(String script) {
    List<Part> parts = new ArrayList<>();
    StringBuilder text = new StringBuilder();
    int at = 0;
    while (at < script.length()) {
      int end = end(script, at);
      char c = script.charAt(at);
      boolean remark = end > at + 1 && (c == '-' || c == '/');
      if (c == ';') {
        add(text, parts);
      } else if (remark) {
        text.append(' ');
      } else {
        text.append(script, at, end);
      }
      at = end;
    }
    add(text, parts);
    return parts;
  }

  /** {@return where the text, name, remark or single character that begins here ends} */
  private static int end(String script, int begin) {
    char c = script.charAt(begin);
    if (script.startsWith("--", begin)) {
      int line = script.indexOf('\n', begin);
      return line < 0 ? script.length() : line;
    }
    if (script.startsWith("/*", begin)) {
      int close = script.indexOf("*/", begin + 2);
      return close < 0 ? script.length() : close + 2;
    }
    if (c != '\'' && c != '"' && c != '`') {
      return begin + 1;
    }
    int at = begin + 1;
    while (at < script.length() && script.charAt(at) != c) {
      at += c != '`' && script.charAt(at) == '\\' ? 2 : 1;
    }
    return Math.min(script.length(), at + 1);
  }

  private static void add(StringBuilder collected, List<Part> parts) {
    String text = collected.toString().strip();
    collected.setLength(0);
    if (!text.isEmpty()) {
      parts.add(part(text));
    }
  }

  private static Part part(String text) {
    for (Map.Entry<Kind, List<Pattern>> entry : SHAPES.entrySet()) {
      for (Pattern shape : entry.getValue()) {
        Matcher matcher = shape.matcher(text);
        if (matcher.matches()) {
          return new Part(text, entry.getKey(), path(matcher.group(1)));
        }
      }
    }
    return new Part(text, Kind.OTHER, List.of());
  }

  private static List<String> path(String text) {
    List<String> path = new ArrayList<>();
    Matcher names = NAME.matcher(text);
    while (names.find()) {
      path.add(
          Optional.ofNullable(names.group(1))
              .map(name -> name.replace("``", "`"))
              .orElseGet(() -> names.group(2)));
    }
    return path;
  }
}
