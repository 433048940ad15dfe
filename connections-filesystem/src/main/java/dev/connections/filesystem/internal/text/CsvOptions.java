package dev.connections.filesystem.internal.text;

import java.nio.charset.Charset;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What is known of a file beforehand; what is absent is found out.
 *
 * @param charset its encoding
 * @param delimiter what stands between two values; an ASCII character
 * @param quoting how values are quoted
 * @param header whether the first record holds names
 * @param comment what a comment line starts with; an ASCII character
 * @param skippedLines how many lines stand above the header or the first record
 */
public record CsvOptions(
    Optional<Charset> charset,
    Optional<Character> delimiter,
    Optional<Quoting> quoting,
    Optional<Boolean> header,
    Optional<Character> comment,
    OptionalInt skippedLines) {

  /** Nothing is known. */
  public static final CsvOptions INFER =
      new CsvOptions(
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          OptionalInt.empty());

  /** {@return these without a delimiter} */
  public CsvOptions withoutDelimiter() {
    return new CsvOptions(charset, Optional.empty(), quoting, header, comment, skippedLines);
  }

  /**
   * How values are quoted.
   *
   * @param quote what stands around a value; absent if nothing does
   * @param backslash whether a backslash stands before a quote inside a value, instead of a second
   *     quote
   */
  public record Quoting(Optional<Character> quote, boolean backslash) {
    /** Quotes have no meaning. */
    public static final Quoting NONE = new Quoting(Optional.empty(), false);

    /**
     * Checks the quote.
     *
     * @param quote what stands around a value
     * @param backslash whether a backslash stands before a quote
     */
    public Quoting {
      Objects.requireNonNull(quote, "quote");
    }
  }

  /**
   * Checks that no part is null.
   *
   * @param charset its encoding
   * @param delimiter what stands between two values
   * @param quoting how values are quoted
   * @param header whether the first record holds names
   * @param comment what a comment line starts with
   * @param skippedLines how many lines stand above
   */
  public CsvOptions {
    Objects.requireNonNull(charset, "charset");
    Objects.requireNonNull(delimiter, "delimiter");
    Objects.requireNonNull(quoting, "quoting");
    Objects.requireNonNull(header, "header");
    Objects.requireNonNull(comment, "comment");
    Objects.requireNonNull(skippedLines, "skippedLines");
  }
}
