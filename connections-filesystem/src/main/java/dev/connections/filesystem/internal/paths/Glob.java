package dev.connections.filesystem.internal.paths;

import java.util.regex.PatternSyntaxException;

/**
 * Turns a glob into a regular expression over paths with {@code /}. Unlike the JDK's own matcher,
 * what comes out can be run over guarded text, on every system alike.
 */
final class Glob {
  private static final String SPECIAL = ".^$+|()[]{}\\*?";

  private final String glob;
  private final StringBuilder regex = new StringBuilder();
  private int at;
  private boolean inGroup;

  private Glob(String glob) {
    this.glob = glob;
  }

  static String toRegex(String glob) {
    return new Glob(glob).convert();
  }

  private String convert() {
    while (at < glob.length()) {
      char c = glob.charAt(at++);
      switch (c) {
        case '*' -> star();
        case '?' -> regex.append("[^/]");
        case '[' -> characters();
        case '{' -> open();
        case '}' -> close();
        case ',' -> regex.append(inGroup ? "|" : ",");
        case '\\' -> literal(next("nothing follows the last backslash"));
        default -> literal(c);
      }
    }
    if (inGroup) {
      throw wrong("a { isn't closed");
    }
    return regex.toString();
  }

  private void star() {
    if (at >= glob.length() || glob.charAt(at) != '*') {
      regex.append("[^/]*");
      return;
    }
    at++;
    boolean ownName =
        (at == 2 || glob.charAt(at - 3) == '/') && at < glob.length() && glob.charAt(at) == '/';
    if (ownName) {
      at++;
      regex.append("(?:.*/)?"); // also no directory at all, as people expect of "**/"
    } else {
      regex.append(".*");
    }
  }

  private void characters() {
    regex.append("[[^/]&&[");
    if (at < glob.length() && (glob.charAt(at) == '!' || glob.charAt(at) == '^')) {
      regex.append('^');
      at++;
    }
    int start = at;
    while (true) {
      char c = next("a [ isn't closed");
      if (c == ']' && at - 1 > start) {
        break;
      }
      if (c == '/') {
        throw wrong("a / stands between [ and ]");
      }
      boolean range = c == '-' && at - 1 > start && at < glob.length() && glob.charAt(at) != ']';
      regex.append(range ? "-" : "\\" + escaped(c));
    }
    regex.append("]]");
  }

  /** A letter after a backslash would mean something of its own. */
  private static String escaped(char c) {
    return Character.isLetterOrDigit(c) || c > 127 ? String.format("u%04x", (int) c) : "" + c;
  }

  private void open() {
    if (inGroup) {
      throw wrong("a { stands within another");
    }
    inGroup = true;
    regex.append("(?:");
  }

  private void close() {
    if (inGroup) {
      inGroup = false;
      regex.append(')');
    } else {
      regex.append("\\}");
    }
  }

  private void literal(char c) {
    if (SPECIAL.indexOf(c) >= 0) {
      regex.append('\\');
    }
    regex.append(c);
  }

  private char next(String otherwise) {
    if (at >= glob.length()) {
      throw wrong(otherwise);
    }
    return glob.charAt(at++);
  }

  private PatternSyntaxException wrong(String reason) {
    return new PatternSyntaxException(reason, glob, at);
  }
}
