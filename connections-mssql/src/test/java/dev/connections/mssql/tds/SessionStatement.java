package dev.connections.mssql.tds;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Statements of a session that ask nothing: its settings, the ends of its transactions. */
final class SessionStatement {
  private static final Pattern SETTING =
      Pattern.compile("set\\s+(?!@)[^;]*;?", Pattern.CASE_INSENSITIVE);
  private static final Pattern END_OF_TRANSACTION =
      Pattern.compile(
          "(if\\s+@@trancount\\s*>\\s*0\\s+)?(commit|rollback)\\b[^;]*;?",
          Pattern.CASE_INSENSITIVE);
  private static final Pattern USE =
      Pattern.compile("use\\s+\\[(.+)]\\s*;?", Pattern.CASE_INSENSITIVE | Pattern.DOTALL);

  private SessionStatement() {}

  static boolean isOne(String text) {
    String stripped = text.strip();
    return SETTING.matcher(stripped).matches()
        || END_OF_TRANSACTION.matcher(stripped).matches()
        || USE.matcher(stripped).matches();
  }

  /** {@return the database that the session goes to, if it goes to one} */
  static Optional<String> database(String text) {
    Matcher use = USE.matcher(text.strip());
    return use.matches() ? Optional.of(use.group(1).replace("]]", "]")) : Optional.empty();
  }
}
