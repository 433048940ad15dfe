package dev.connections.postgresql.internal;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** Whether and how the channel is encrypted, in libpq's words. */
enum SslChoice {
  DISABLE,
  PREFER,
  REQUIRE,
  VERIFY_CA,
  VERIFY_FULL;

  String spelling() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  static String[] spellings() {
    return Arrays.stream(values()).map(SslChoice::spelling).toArray(String[]::new);
  }

  static Optional<SslChoice> of(String spelling) {
    return Arrays.stream(values())
        .filter(choice -> choice.spelling().equalsIgnoreCase(spelling))
        .findFirst();
  }

  boolean encrypting() {
    return this != DISABLE;
  }

  boolean required() {
    return encrypting() && this != PREFER;
  }

  boolean checksServer() {
    return this == VERIFY_CA || this == VERIFY_FULL;
  }
}
