package dev.connections.http;

import java.net.URI;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The header by which a service says where its other pages are (RFC 8288). Addresses in it may hold
 * commas and semicolons, so it isn't split at them.
 */
public final class LinkHeader {
  private static final Pattern RELATION =
      Pattern.compile(";\\s*rel\\s*=\\s*(?:\"([^\"]*)\"|([^\\s;,\"]+))", Pattern.CASE_INSENSITIVE);

  private LinkHeader() {}

  /**
   * {@return the address of the next page, if the answer names one} It may be relative to the
   * address that was asked.
   *
   * @param answer with or without the header
   */
  public static Optional<URI> next(Answer answer) {
    return answer.headers("Link").stream().flatMap(text -> next(text).stream()).findFirst();
  }

  /** In one pass: a header may be long and mean ill. */
  static Optional<URI> next(String header) {
    int open = header.indexOf('<');
    while (open >= 0) {
      int close = header.indexOf('>', open);
      if (close < 0) {
        return Optional.empty();
      }
      int end = endOfParameters(header, close);
      Matcher relation = RELATION.matcher(header.substring(close, end));
      if (relation.find() && isNext(relation)) {
        return address(header.substring(open + 1, close));
      }
      open = header.indexOf('<', end);
    }
    return Optional.empty();
  }

  private static int endOfParameters(String header, int close) {
    boolean quoted = false;
    for (int i = close; i < header.length(); i++) {
      char sign = header.charAt(i);
      quoted ^= sign == '"';
      if (!quoted && (sign == ',' || sign == '<')) {
        return i;
      }
    }
    return header.length();
  }

  private static boolean isNext(Matcher relation) {
    String names = relation.group(1) == null ? relation.group(2) : relation.group(1);
    return (" " + names.toLowerCase(Locale.ROOT) + " ").contains(" next ");
  }

  /** Services put spaces and other signs into addresses that a URI doesn't allow. */
  private static Optional<URI> address(String text) {
    StringBuilder legal = new StringBuilder();
    text.codePoints()
        .forEach(
            c -> {
              if (c > 32 && c < 127 && "\"<>\\^`{|}".indexOf(c) < 0) {
                legal.appendCodePoint(c);
              } else {
                for (byte b :
                    Character.toString(c).getBytes(java.nio.charset.StandardCharsets.UTF_8)) {
                  legal.append(String.format("%%%02X", b & 0xff));
                }
              }
            });
    try {
      return Optional.of(URI.create(legal.toString()));
    } catch (IllegalArgumentException malformed) {
      return Optional.empty();
    }
  }
}
