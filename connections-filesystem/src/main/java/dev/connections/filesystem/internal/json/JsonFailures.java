package dev.connections.filesystem.internal.json;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.core.io.JsonEOFException;
import dev.connections.api.ConnectionException;
import dev.connections.api.Failure;
import dev.connections.api.StandardErrorCode;

/** The failures of JSON files. They say where, never what stands there. */
final class JsonFailures {
  private JsonFailures() {}

  /**
   * What a parser's complaint means.
   *
   * @param path the file
   * @param line the line that the parser began with, from 1
   */
  static ConnectionException of(JsonProcessingException complaint, String path, long line) {
    JsonLocation location = complaint.getLocation();
    long row = line - 1 + (location == null ? 1 : Math.max(1, location.getLineNr()));
    int column = location == null ? 1 : Math.max(1, location.getColumnNr());
    String place = "line " + row + ", column " + column;
    if (complaint instanceof StreamConstraintsException) {
      return Failure.of(
              StandardErrorCode.TOO_LARGE,
              "The file '"
                  + path
                  + "' holds a value at "
                  + place
                  + " that is nested too deeply or too long.")
          .withRemedy("Flatten the value, or cut long texts and numbers, before the export.")
          .asException(complaint);
    }
    if (complaint instanceof JsonEOFException) {
      return Failure.of(
              StandardErrorCode.MALFORMED_DATA,
              "The file '" + path + "' ends in the middle of a JSON value, at " + place + ".")
          .withRemedy("It was probably cut off; copy or export it again.")
          .asException(complaint);
    }
    return Failure.of(
            StandardErrorCode.MALFORMED_DATA,
            "The file '" + path + "' isn't valid JSON at " + place + ".")
        .withRemedy("Correct it there; comments, single quotes and trailing commas aren't JSON.")
        .asException(complaint);
  }

  static ConnectionException noValue(String path) {
    return Failure.of(
            StandardErrorCode.MALFORMED_DATA, "The file '" + path + "' holds no JSON value.")
        .withRemedy("Exclude it, or write at least null, {} or [].")
        .asException();
  }

  static ConnectionException severalValues(String path, long line) {
    return Failure.of(
            StandardErrorCode.MALFORMED_DATA,
            "The file '" + path + "' goes on at line " + line + ", behind its JSON value.")
        .withRemedy("If it holds one value per line, name it .ndjson or .jsonl.")
        .asException();
  }

  static ConnectionException notUtf8(String path) {
    return Failure.of(
            StandardErrorCode.MALFORMED_DATA,
            "The file '" + path + "' isn't JSON: it holds bytes that aren't UTF-8.")
        .withRemedy("Export it as UTF-8.")
        .asException();
  }

  static ConnectionException manyFields(String path, int limit) {
    return Failure.of(
            StandardErrorCode.TOO_LARGE,
            "The file '" + path + "' has more than " + limit + " different fields.")
        .withRemedy("Turn fields that are data, such as ids, into values.")
        .asException();
  }

  static ConnectionException badLines(String path, long line, long bad) {
    return Failure.of(
            StandardErrorCode.MALFORMED_DATA,
            bad == 1
                ? "Line " + line + " of '" + path + "' isn't a JSON value."
                : bad
                    + " lines of '"
                    + path
                    + "' aren't JSON values, the first is line "
                    + line
                    + ".")
        .withRemedy("Write each value on a line of its own; a single value belongs in a .json.")
        .asException();
  }
}
