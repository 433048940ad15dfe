package dev.connections.jdbc;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * A property of a URL, as it stands there. It may be a password: {@code toString} shows neither
 * part.
 *
 * @param name decoded; empty where the URL has a value alone
 * @param value decoded
 */
public record UrlProperty(String name, String value) {
  /**
   * {@return the properties of a query, {@code name=value&name=value}, in a list that may be
   * changed} Names and values are percent-encoded.
   *
   * @param query what follows the question mark
   * @throws IllegalArgumentException if a percent sign is followed by no code
   */
  public static List<UrlProperty> ofQuery(String query) {
    List<UrlProperty> properties = new ArrayList<>();
    for (String part : query.split("&", -1)) {
      if (!part.isEmpty()) {
        int equals = part.indexOf('=');
        properties.add(
            equals < 0
                ? new UrlProperty("", decoded(part))
                : new UrlProperty(
                    decoded(part.substring(0, equals)), decoded(part.substring(equals + 1))));
      }
    }
    return properties;
  }

  /**
   * {@return a percent-decoded text; a plus sign stays one}
   *
   * @param text the encoded text
   * @throws IllegalArgumentException if a percent sign is followed by no code
   */
  public static String decoded(String text) {
    return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
  }

  /**
   * {@return the properties of a list: {@code name=value;name={value}}} Between braces a semicolon
   * is part of the value, and two closing braces stand for one.
   *
   * @param list what follows the first semicolon
   * @throws IllegalArgumentException if a brace isn't closed, or something stands after it
   */
  public static List<UrlProperty> ofList(String list) {
    List<UrlProperty> properties = new ArrayList<>();
    int at = 0;
    while (at < list.length()) {
      int end = end(list, at);
      String part = list.substring(at, end);
      int equals = part.indexOf('=');
      if (equals >= 0) {
        properties.add(
            new UrlProperty(part.substring(0, equals).strip(), value(part.substring(equals + 1))));
      } else if (!part.isBlank()) {
        properties.add(new UrlProperty("", part.strip()));
      }
      at = end + 1;
    }
    return properties;
  }

  /** Where the part that begins here ends: at a semicolon outside braces. */
  private static int end(String list, int from) {
    int equals = list.indexOf('=', from);
    int semicolon = list.indexOf(';', from);
    int plain = semicolon < 0 ? list.length() : semicolon;
    if (equals < 0
        || equals > plain
        || !list.substring(equals + 1).stripLeading().startsWith("{")) {
      return plain;
    }
    int close = closing(list, list.indexOf('{', equals) + 1);
    int next = list.indexOf(';', close);
    int end = next < 0 ? list.length() : next;
    if (!list.substring(close + 1, end).isBlank()) {
      throw new IllegalArgumentException("something stands after a closing brace");
    }
    return end;
  }

  private static int closing(String list, int from) {
    int close = list.indexOf('}', from);
    while (close >= 0 && list.startsWith("}}", close)) {
      close = list.indexOf('}', close + 2);
    }
    if (close < 0) {
      throw new IllegalArgumentException("a brace isn't closed");
    }
    return close;
  }

  private static String value(String text) {
    String value = text.strip();
    return value.startsWith("{")
        ? value.substring(1, value.length() - 1).replace("}}", "}")
        : value;
  }

  /** {@return no part of it} */
  @Override
  public String toString() {
    return "UrlProperty";
  }
}
