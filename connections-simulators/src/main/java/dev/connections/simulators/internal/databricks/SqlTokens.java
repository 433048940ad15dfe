package dev.connections.simulators.internal.databricks;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The words of a statement, one after the other. */
final class SqlTokens {
  private static final Pattern TOKEN =
      Pattern.compile(
          "\\s+|--[^\n]*|(`(?:[^`]|``)*`|'(?:[^'\\\\]|\\\\.|'')*'|:[A-Za-z_]\\w*|[A-Za-z_]\\w*|[0-9]+"
              + "|<=|>=|<>|!=|[=<>(),.*:;-])",
          Pattern.DOTALL);

  private final List<String> tokens = new ArrayList<>();
  private int at;

  SqlTokens(String text) {
    Matcher matcher = TOKEN.matcher(text);
    int end = 0;
    while (end < text.length()) {
      if (!matcher.find(end) || matcher.start() != end) {
        throw StatementRefused.syntax(text.substring(end, Math.min(text.length(), end + 20)));
      }
      if (matcher.group(1) != null) {
        tokens.add(matcher.group(1));
      }
      end = matcher.end();
    }
    if (!tokens.isEmpty() && tokens.get(tokens.size() - 1).equals(";")) {
      tokens.remove(tokens.size() - 1);
    }
  }

  boolean ended() {
    return at == tokens.size();
  }

  String peek() {
    return ended() ? "end of input" : tokens.get(at);
  }

  String next() {
    if (ended()) {
      throw StatementRefused.syntax("end of input");
    }
    return tokens.get(at++);
  }

  /** Whether the next words are these; they are taken then. */
  boolean accept(String... words) {
    for (int i = 0; i < words.length; i++) {
      if (at + i >= tokens.size() || !tokens.get(at + i).equalsIgnoreCase(words[i])) {
        return false;
      }
    }
    at += words.length;
    return true;
  }

  void expect(String... words) {
    if (!accept(words)) {
      throw StatementRefused.syntax(peek());
    }
  }

  void expectEnd() {
    if (!ended()) {
      throw StatementRefused.syntax(peek());
    }
  }

  /** A name, quoted or not. */
  String name() {
    String token = next();
    if (token.startsWith("`")) {
      return token.substring(1, token.length() - 1).replace("``", "`");
    }
    if (!Character.isLetter(token.charAt(0)) && token.charAt(0) != '_') {
      throw StatementRefused.syntax(token);
    }
    return token;
  }

  /** Names joined by dots. */
  List<String> path() {
    List<String> path = new ArrayList<>(List.of(name()));
    while (accept(".")) {
      path.add(name());
    }
    return path;
  }

  /** A text between single quotes. */
  String text() {
    String token = next();
    if (!token.startsWith("'")) {
      throw StatementRefused.syntax(token);
    }
    return unquoted(token);
  }

  static String unquoted(String token) {
    StringBuilder text = new StringBuilder();
    for (int i = 1; i < token.length() - 1; i++) {
      char c = token.charAt(i);
      if (c == '\\' && i + 2 < token.length()) {
        char escaped = token.charAt(++i);
        if (escaped == 'u' && i + 5 < token.length()) {
          text.append((char) Integer.parseInt(token.substring(i + 1, i + 5), 16));
          i += 4;
        } else {
          text.append(
              switch (escaped) {
                case 'n' -> '\n';
                case 'r' -> '\r';
                case 't' -> '\t';
                default -> escaped;
              });
        }
      } else if (c == '\'') {
        i++; // the second of two
        text.append(c);
      } else {
        text.append(c);
      }
    }
    return text.toString();
  }

  /** The rest of the words up to the closing of a bracket that is open, or to a comma outside. */
  String type() {
    StringBuilder type = new StringBuilder();
    int depth = 0;
    while (!ended()) {
      String token = peek();
      String word = token.toUpperCase(Locale.ROOT);
      if (depth == 0 && (token.equals(",") || token.equals(")") || ENDS_TYPE.contains(word))) {
        break;
      }
      depth += token.equals("<") || token.equals("(") ? 1 : 0;
      depth -= token.equals(">") || token.equals(")") ? 1 : 0;
      boolean apart =
          type.length() > 0
              && Character.isLetterOrDigit(type.charAt(type.length() - 1))
              && (Character.isLetter(token.charAt(0)) || token.charAt(0) == '\'');
      type.append(apart ? " " : "").append(next());
    }
    if (type.length() == 0 || depth != 0) {
      throw StatementRefused.syntax(peek());
    }
    return type.toString();
  }

  private static final List<String> ENDS_TYPE = List.of("NOT", "COMMENT", "DEFAULT", "GENERATED");
}
