package dev.connections.simulators.internal.databricks;

/** Why the warehouse doesn't run a statement: the class of the error and its SQL state. */
final class StatementRefused extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String errorClass;
  private final String state;

  StatementRefused(String errorClass, String state, String message) {
    super("[" + errorClass + "] " + message + " SQLSTATE: " + state);
    this.errorClass = errorClass;
    this.state = state;
  }

  static StatementRefused syntax(String near) {
    return new StatementRefused(
        "PARSE_SYNTAX_ERROR", "42601", "Syntax error at or near '" + near + "'.");
  }

  static StatementRefused noRelation(String name) {
    return new StatementRefused(
        "TABLE_OR_VIEW_NOT_FOUND", "42P01", "The table or view " + name + " cannot be found.");
  }

  String errorClass() {
    return errorClass;
  }

  String state() {
    return state;
  }
}
