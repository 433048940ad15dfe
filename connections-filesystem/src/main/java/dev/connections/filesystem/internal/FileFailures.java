package dev.connections.filesystem.internal;

import dev.connections.api.ConnectionException;
import dev.connections.api.Failure;
import dev.connections.api.Operation;
import dev.connections.api.StandardErrorCode;
import dev.connections.api.StandardFailures;
import java.io.EOFException;
import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.util.zip.ZipException;

/** The failures that files have. They name a file by its path below the connection's directory. */
public final class FileFailures {
  private static final int LONGEST_NAME = 200;

  /** Stands in a listed name for bytes that the encoding of file names doesn't know. */
  private static final char UNREADABLE = '\uFFFD';

  /** Marks that turn the direction of writing, and so make a name look like another one. */
  private static final String TURNING =
      "\u200E\u200F\u202A\u202B\u202C\u202D\u202E\u2066\u2067\u2068\u2069";

  private FileFailures() {}

  /**
   * {@return that a file isn't of its format}
   *
   * @param path relative path
   * @param format what the user calls the format
   * @param reason the rest of the sentence, without content of the file
   */
  public static ConnectionException malformed(String path, String format, String reason) {
    return Failure.of(
            StandardErrorCode.MALFORMED_DATA,
            "The file '" + shown(path) + "' isn't a valid " + format + " file: " + reason + ".")
        .withRemedy(
            "Was it written to its end? Write the file again, or leave it out by a pattern.")
        .asException();
  }

  /**
   * {@return that a file exceeds a limit}
   *
   * @param path relative path
   * @param what what is too large, as the beginning of a sentence
   * @param limit the limit with its unit
   */
  public static ConnectionException tooLarge(String path, String what, String limit) {
    return Failure.of(
            StandardErrorCode.TOO_LARGE,
            what + " of the file '" + shown(path) + "' exceeds the limit of " + limit + ".")
        .withRemedy("Split the file into smaller ones, or leave it out by a pattern.")
        .asException();
  }

  /**
   * {@return that there is no such file, or none that is a table here}
   *
   * @param path relative path
   */
  public static Failure missing(String path) {
    if (path.indexOf(UNREADABLE) >= 0) {
      return Failure.of(
              StandardErrorCode.NOT_FOUND,
              "The name of the file '"
                  + shown(path)
                  + "' has characters that this application can't express, so it can't be opened.")
          .withRemedy(
              "Start the application in a locale of UTF-8, such as LC_ALL=C.UTF-8, or rename the"
                  + " file.");
    }
    return Failure.of(
            StandardErrorCode.NOT_FOUND,
            "The file '" + shown(path) + "' doesn't exist in this connection's directory.")
        .withRemedy(
            "Was it moved or deleted? List again; also look at the formats and the pattern of the"
                + " connection.");
  }

  /**
   * {@return that a path leads out of the connection's directory}
   *
   * @param path relative path
   */
  public static Failure outside(String path) {
    return Failure.of(
            StandardErrorCode.PERMISSION_DENIED,
            "The path '" + shown(path) + "' leads out of this connection's directory.")
        .withRemedy(
            "Only files below the directory are read, and symbolic links aren't followed unless"
                + " the connection allows those that stay inside.");
  }

  /**
   * {@return that the operating system refuses access}
   *
   * @param path relative path
   */
  public static Failure denied(String path) {
    return Failure.of(
            StandardErrorCode.PERMISSION_DENIED, "No permission to read '" + shown(path) + "'.")
        .withRemedy(
            "Give the account that runs this application the right to read the file and to enter"
                + " its directories.");
  }

  /**
   * {@return what an exception of the operating system means}
   *
   * @param path relative path
   * @param exception what happened
   * @param operation asked first: a cancelled operation closes its files
   */
  public static ConnectionException of(String path, IOException exception, Operation operation) {
    if (exception instanceof ClosedChannelException) {
      operation.checkpoint();
      return StandardFailures.cancelled().asException(exception);
    }
    return of(path, exception).asException(exception);
  }

  /**
   * {@return what an exception of the operating system means}
   *
   * @param path relative path
   * @param exception what happened
   */
  public static Failure of(String path, IOException exception) {
    if (exception instanceof NoSuchFileException || exception instanceof NotDirectoryException) {
      return missing(path);
    }
    if (exception instanceof AccessDeniedException) {
      return denied(path);
    }
    if (exception instanceof EOFException) {
      return malformed(path, "compressed", "it ends in the middle").failure();
    }
    if (exception instanceof ZipException) {
      return malformed(path, "compressed", "its compressed data are damaged").failure();
    }
    return Failure.of(
            StandardErrorCode.UNAVAILABLE, "The file '" + shown(path) + "' can't be read now.")
        .withRemedy("Is its disk or network share connected? Try again later.");
  }

  /**
   * {@return a name in a form that is safe in a message: short, without characters that break its
   * line or turn its direction}
   *
   * @param name a file's name or path, or what was given for one
   */
  public static String shown(String name) {
    StringBuilder text = new StringBuilder(Math.min(name.length(), LONGEST_NAME));
    name.codePoints()
        .limit(LONGEST_NAME)
        .forEach(c -> text.appendCodePoint(misleading(c) ? '?' : c));
    return name.length() > LONGEST_NAME ? text + "…" : text.toString();
  }

  private static boolean misleading(int c) {
    int type = Character.getType(c);
    return type == Character.CONTROL
        || type == Character.LINE_SEPARATOR
        || type == Character.PARAGRAPH_SEPARATOR
        || TURNING.indexOf(c) >= 0;
  }
}
