package dev.connections.http;

import dev.connections.api.Secret;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.StringJoiner;

/** The fields of a form in the encoding of forms. */
final class Form {
  private Form() {}

  static String encode(Map<String, ?> form) {
    StringJoiner joined = new StringJoiner("&");
    form.forEach((name, value) -> joined.add(encode(name) + "=" + encode(text(value))));
    return joined.toString();
  }

  private static String text(Object value) {
    return value instanceof Secret secret ? secret.use(String::new) : value.toString();
  }

  private static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
