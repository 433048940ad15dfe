package dev.connections.core.targets;

import java.util.ArrayList;
import java.util.List;

/** Takes a script of Databricks SQL apart, as strictly as its lexer does. */
final class SqlTokens {
  enum Kind {
    WORD,
    IDENTIFIER,
    TEXT,
    SYMBOL
  }

  record Token(Kind kind, String value) {}

  private final String sql;
  private final List<Token> tokens = new ArrayList<>();
  private int at;

  private SqlTokens(String sql) {
    this.sql = sql;
  }

  static List<Token> of(String sql) {
    SqlTokens it = new SqlTokens(sql);
    it.run();
    return it.tokens;
  }

  private void run() {
    while (at < sql.length()) {
      char c = sql.charAt(at);
      if (Character.isWhitespace(c)) {
        at++;
      } else if (sql.startsWith("--", at)) {
        while (at < sql.length() && "\r\n\u0085\u2028\u2029\f".indexOf(sql.charAt(at)) < 0) {
          at += sql.startsWith("\\\n", at) ? 2 : 1; // a remark goes on behind a backslash
        }
      } else if (c == '`') {
        tokens.add(new Token(Kind.IDENTIFIER, quoted('`', false)));
      } else if (c == '\'') {
        tokens.add(new Token(Kind.TEXT, quoted('\'', true)));
      } else if (Character.isLetterOrDigit(c) || c == '_') {
        int start = at;
        while (at < sql.length()
            && (Character.isLetterOrDigit(sql.charAt(at)) || sql.charAt(at) == '_')) {
          at++;
        }
        tokens.add(new Token(Kind.WORD, sql.substring(start, at)));
      } else if ("(),;.:<>=".indexOf(c) >= 0) {
        tokens.add(new Token(Kind.SYMBOL, String.valueOf(c)));
        at++;
      } else {
        throw new AssertionError("a stray character at " + at + ": " + context());
      }
    }
  }

  private String quoted(char quote, boolean backslashes) {
    StringBuilder value = new StringBuilder();
    for (at++; at < sql.length(); at++) {
      char c = sql.charAt(at);
      if (backslashes && c == '\\') {
        char escaped = sql.charAt(++at);
        if (escaped == 'u') {
          value.append((char) Integer.parseInt(sql.substring(at + 1, at + 5), 16));
          at += 4;
        } else {
          value.append(
              switch (escaped) {
                case 'n' -> '\n';
                case 'r' -> '\r';
                case 't' -> '\t';
                default -> escaped;
              });
        }
      } else if (c == quote && !backslashes && sql.startsWith("``", at)) {
        value.append(quote);
        at++;
      } else if (c == quote) {
        at++;
        return value.toString();
      } else {
        value.append(c);
      }
    }
    throw new AssertionError("an open quote: " + context());
  }

  private String context() {
    return sql.substring(Math.max(0, at - 80), Math.min(sql.length(), at + 20));
  }
}
