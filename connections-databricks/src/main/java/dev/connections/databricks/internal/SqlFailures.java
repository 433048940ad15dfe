package dev.connections.databricks.internal;

import dev.connections.api.ConnectionException;
import dev.connections.api.StandardErrorCode;
import dev.connections.http.HttpFailures;
import java.sql.SQLException;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the driver hides in its texts. It has numbers for a few failures; the status of HTTP, and
 * often the SQLState, stand in the message alone: only such a code is taken from there, no word.
 */
final class SqlFailures {
  /** The wrong token, as {@code DatabricksVendorCode} of the driver numbers it. */
  private static final int WRONG_TOKEN = 500593;

  private static final Pattern STATE = Pattern.compile("SQLSTATE: ([0-9A-Z]{5})\\b");
  private static final Pattern STATUS =
      Pattern.compile("(?:failed by code: |\\(HTTP |HTTP response code: )([1-5][0-9]{2})\\b");

  private SqlFailures() {}

  /** {@return a precise failure where a status of HTTP tells one} */
  static Optional<ConnectionException> precise(
      SQLException thrown, HttpFailures failures, ConfiguredCompute compute) {
    for (Throwable each = thrown; each != null; each = each.getCause()) {
      if (each instanceof ConnectionException known) {
        return Optional.of(known);
      }
      boolean numbered = each instanceof SQLException sql && sql.getErrorCode() == WRONG_TOKEN;
      if (numbered || textOf(each).contains("Invalid access token")) {
        return Optional.of(failures.of(StandardErrorCode.WRONG_CREDENTIALS).asException(thrown));
      }
    }
    return found(STATUS, thrown).map(status -> ofStatus(status, thrown, failures, compute));
  }

  private static ConnectionException ofStatus(
      String status, SQLException thrown, HttpFailures failures, ConfiguredCompute compute) {
    return switch (status) {
      case "401" -> failures.of(StandardErrorCode.WRONG_CREDENTIALS).asException(thrown);
      case "403" ->
          failures
              .of(
                  StandardErrorCode.PERMISSION_DENIED,
                  "The login may not use the " + compute.word() + ".",
                  "Ask for the permission to use it, or enter another one.")
              .withFields(compute.field())
              .asException(thrown);
      case "404" -> compute.missing(thrown);
      case "429" -> failures.of(StandardErrorCode.THROTTLED).asException(thrown);
      default -> failures.of(StandardErrorCode.UNAVAILABLE).asException(thrown);
    };
  }

  /**
   * {@return the same exception where it has an SQLState, else one with the state that stands in
   * its text}
   */
  static SQLException withState(SQLException thrown) {
    String state = Optional.ofNullable(thrown.getSQLState()).orElse("");
    return state.matches("[0-9A-Z]{5}")
        ? thrown
        : found(STATE, thrown)
            .map(inText -> new SQLException("a statement failed", inText, thrown))
            .orElse(thrown);
  }

  private static String textOf(Throwable thrown) {
    return Optional.ofNullable(thrown.getMessage()).orElse("");
  }

  private static Optional<String> found(Pattern pattern, Throwable thrown) {
    for (Throwable each = thrown; each != null; each = each.getCause()) {
      Matcher matcher = pattern.matcher(textOf(each));
      if (matcher.find()) {
        return Optional.of(matcher.group(1));
      }
    }
    return Optional.empty();
  }
}
