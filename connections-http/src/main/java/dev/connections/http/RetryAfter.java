package dev.connections.http;

import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Optional;

/** How long a service asks us to wait: in seconds or until a date (RFC 9110, section 10.2.3). */
final class RetryAfter {
  /** No service has a reason to send us away for longer; some send nonsense. */
  static final Duration LONGEST = Duration.ofHours(1);

  private RetryAfter() {}

  /** {@return the time to wait, from zero to {@link #LONGEST}; empty for what can't be read} */
  static Optional<Duration> of(String header, Clock clock) {
    String text = header.strip();
    if (text.matches("[0-9]+(\\.[0-9]+)?")) {
      String whole = text.replaceFirst("\\..*", "");
      return Optional.of(
          whole.length() > 9 ? LONGEST : clamped(Duration.ofSeconds(Long.parseLong(whole))));
    }
    try {
      Instant until = ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant();
      return Optional.of(clamped(Duration.between(clock.instant(), until)));
    } catch (DateTimeException unreadable) {
      return Optional.empty();
    }
  }

  private static Duration clamped(Duration wait) {
    if (wait.isNegative()) {
      return Duration.ZERO;
    }
    return wait.compareTo(LONGEST) > 0 ? LONGEST : wait;
  }
}
