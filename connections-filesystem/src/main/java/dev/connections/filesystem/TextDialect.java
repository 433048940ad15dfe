package dev.connections.filesystem;

import dev.connections.api.Internal;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * How a file of separated values is written.
 *
 * @param delimiter what stands between two values
 * @param quote what stands around a value that contains the delimiter or a line's end
 * @param escape what stands before a quote inside a quoted value; the quote itself where it is
 *     doubled; a backslash also stands before a delimiter that belongs to a value without quotes
 * @param header whether the first record holds the columns' names
 * @param comment what a line that isn't data starts with
 * @param skippedLines how many lines stand above the header or the first record
 * @param decimalComma whether a comma stands between a number's whole and its fraction
 * @param newline how lines end
 */
public record TextDialect(
    char delimiter,
    Optional<Character> quote,
    Optional<Character> escape,
    boolean header,
    Optional<Character> comment,
    int skippedLines,
    boolean decimalComma,
    Newline newline) {

  /** How lines end. */
  public enum Newline {
    /** A line feed, as on Unix. */
    LF,
    /** A carriage return and a line feed, as on Windows. */
    CRLF,
    /** A carriage return, as on old Macs. */
    CR,
    /** More than one of these. */
    MIXED,
    /** The file is one line without an end. */
    NONE
  }

  /**
   * Takes all parts at once.
   *
   * @param delimiter what stands between two values
   * @param quote what stands around a value
   * @param escape what stands before a quote inside a quoted value
   * @param header whether the first record holds names
   * @param comment what a comment line starts with
   * @param skippedLines how many lines stand above
   * @param decimalComma whether numbers have a decimal comma
   * @param newline how lines end
   */
  @Internal
  public TextDialect {
    Objects.requireNonNull(quote, "quote");
    Objects.requireNonNull(escape, "escape");
    Objects.requireNonNull(comment, "comment");
    Objects.requireNonNull(newline, "newline");
  }

  /** {@return the parts under stable names, for snapshots and reports} */
  public Map<String, Object> values() {
    Map<String, Object> values = new LinkedHashMap<>();
    values.put("delimiter", String.valueOf(delimiter));
    quote.ifPresent(mark -> values.put("quote", String.valueOf(mark)));
    escape.ifPresent(mark -> values.put("escape", String.valueOf(mark)));
    values.put("header", header);
    comment.ifPresent(mark -> values.put("comment", String.valueOf(mark)));
    values.put("skipped_lines", skippedLines);
    values.put("decimal_comma", decimalComma);
    values.put("newline", newline.name());
    return values;
  }
}
