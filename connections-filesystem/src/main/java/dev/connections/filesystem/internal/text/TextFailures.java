package dev.connections.filesystem.internal.text;

import dev.connections.api.ConnectionException;
import dev.connections.api.Failure;
import dev.connections.api.StandardErrorCode;

/** The failures of files that are text. They name the file and a line, never its content. */
public final class TextFailures {
  private static final int MEGABYTE = 1024 * 1024;

  private TextFailures() {}

  /**
   * {@return that a file holds bytes which no text has}
   *
   * @param path the file
   */
  public static ConnectionException notText(String path) {
    return Failure.of(
            StandardErrorCode.MALFORMED_DATA,
            "The file '" + path + "' isn't text: it holds bytes which no text has.")
        .withRemedy(
            "Give a binary file the ending of its format, exclude it, or export it as text.")
        .asException();
  }

  /**
   * {@return that a record is longer than allowed}
   *
   * @param path the file
   * @param line the line where the record starts, from 1
   * @param limit the longest record in bytes
   */
  public static ConnectionException longRecord(String path, long line, int limit) {
    return longRecord(path, "line " + line, limit);
  }

  /**
   * {@return that a record in the midst of a large file is longer than allowed}
   *
   * @param path the file
   * @param position of the record's first byte, from 0
   * @param limit the longest record in bytes
   */
  public static ConnectionException longRecordAt(String path, long position, int limit) {
    return longRecord(path, "byte " + position, limit);
  }

  private static ConnectionException longRecord(String path, String place, int limit) {
    return Failure.of(
            StandardErrorCode.TOO_LARGE,
            "The record at "
                + place
                + " of '"
                + path
                + "' is longer than "
                + inMegabytes(limit)
                + ".")
        .withRemedy("Look for a quote that is never closed, or for missing line ends.")
        .asException();
  }

  /**
   * {@return that a table has too many columns}
   *
   * @param path the file
   * @param columns how many it has
   * @param limit how many are allowed
   */
  public static ConnectionException manyColumns(String path, int columns, int limit) {
    return Failure.of(
            StandardErrorCode.TOO_LARGE,
            "The file '"
                + path
                + "' has "
                + columns
                + " columns; at most "
                + limit
                + " can be read.")
        .withRemedy("Turn columns into rows, or split the file into several.")
        .asException();
  }

  static ConnectionException openQuoteAt(String path, long position) {
    return openQuote(path, "byte " + position);
  }

  static ConnectionException openQuote(String path, long line) {
    return openQuote(path, "line " + line);
  }

  private static ConnectionException openQuote(String path, String place) {
    return Failure.of(
            StandardErrorCode.MALFORMED_DATA,
            "A quote opened in the record at " + place + " of '" + path + "' is never closed.")
        .withRemedy("Close the quote, double it if it belongs to the value, or export again.")
        .asException();
  }

  static String inMegabytes(int bytes) {
    return bytes >= MEGABYTE ? bytes / MEGABYTE + " MB" : bytes + " bytes";
  }
}
