package dev.connections.databricks.internal;

import dev.connections.api.ConnectionException;
import dev.connections.api.ErrorCode;
import dev.connections.api.Failure;
import dev.connections.api.StandardErrorCode;
import dev.connections.api.StandardFailures;
import dev.connections.databricks.DatabricksErrorCode;
import dev.connections.http.HttpFailures;
import dev.connections.http.JsonObject;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the end of a statement means: by its SQL state, which some servers write into the message
 * alone, then by the interface's own code. Nothing of the message reaches a user but the state and
 * the name of the error's class.
 */
final class StatementFailures {
  private static final Pattern STATE = Pattern.compile("SQLSTATE: ([0-9A-Z]{5})");
  private static final Pattern CLASS = Pattern.compile("\\[([A-Z][A-Z0-9_.]{2,80})]");

  /** There is no code for it: the service says it in these words. */
  private static final String TOO_MUCH = "byte limit exceeded";

  private final HttpFailures failures;

  StatementFailures(HttpFailures failures) {
    this.failures = failures;
  }

  /** {@return the failure of a statement that didn't succeed} */
  ConnectionException of(JsonObject status) {
    JsonObject error = status.object("error").orElse(JsonObject.EMPTY);
    String message = error.text("message").orElse("");
    Optional<String> state = status.text("sql_state").or(() -> found(STATE, message));
    Failure failure =
        message.contains(TOO_MUCH)
            ? tooLarge()
            : of(state.orElse(""), error.text("error_code").orElse(""));
    return found(CLASS, message)
        .or(() -> state.filter(text -> text.matches("[0-9A-Z]{5}")))
        .map(failure::withVendorCode)
        .orElse(failure)
        .asException();
  }

  private static Optional<String> found(Pattern pattern, String text) {
    Matcher matcher = pattern.matcher(text);
    return matcher.find() ? Optional.of(matcher.group(1)) : Optional.empty();
  }

  private Failure of(String state, String code) {
    return switch (state) {
      case "42501" -> denied();
      case "42P01", "42704", "42883" ->
          failures.of(
              StandardErrorCode.NOT_FOUND,
              "Something that the statement names doesn't exist, or this login may not see it.",
              "Check the names, or ask for the right to see it.");
      case "0A000" -> failures.of(StandardErrorCode.UNSUPPORTED);
      case "57014" -> ended();
      default -> byCode(code);
    };
  }

  private Failure byCode(String code) {
    return switch (code) {
      case "DEADLINE_EXCEEDED" -> StandardFailures.timedOut("statement");
      case "RESOURCE_EXHAUSTED", "REQUEST_LIMIT_EXCEEDED" ->
          failures.of(StandardErrorCode.THROTTLED);
      case "TEMPORARILY_UNAVAILABLE",
          "WORKSPACE_TEMPORARILY_UNAVAILABLE",
          "SERVICE_UNDER_MAINTENANCE",
          "INTERNAL_ERROR",
          "IO_ERROR",
          "ABORTED" ->
          failures.of(StandardErrorCode.UNAVAILABLE);
      case "CANCELLED" -> ended();
      default ->
          failures.of(
              DatabricksErrorCode.STATEMENT_REFUSED,
              "The warehouse doesn't accept the statement.",
              "Its code says why; the history of queries in the workspace has the whole message.");
    };
  }

  /** {@return that the login lacks a right on what a statement names} */
  Failure denied() {
    return failures.of(
        StandardErrorCode.PERMISSION_DENIED,
        "The login lacks a right on something that the statement names.",
        "Ask the owner for it: USE CATALOG, USE SCHEMA and SELECT to read, CREATE to write.");
  }

  /** {@return that somebody else ended the statement} */
  Failure ended() {
    return failures.of(
        StandardErrorCode.UNAVAILABLE,
        "The statement was ended in the workspace.",
        "Try again. An administrator or a limit of the warehouse may have ended it.");
  }

  /** {@return that the rows of a statement are more than an answer holds} */
  Failure tooLarge() {
    return failures.of(
        StandardErrorCode.TOO_LARGE,
        "The statement gives more than the 25 MiB that an answer of Databricks holds.",
        "Choose fewer schemas or tables at once.");
  }

  /** {@return a failure in the words for services on the web} */
  Failure of(ErrorCode code) {
    return failures.of(code);
  }
}
