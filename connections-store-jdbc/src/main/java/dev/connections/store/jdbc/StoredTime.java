package dev.connections.store.jdbc;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Times as text of one length, whose order is that of the times. */
final class StoredTime {
  private static final DateTimeFormatter FORM =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSSSSS'Z'", Locale.ROOT)
          .withZone(ZoneOffset.UTC);
  private static final Instant FIRST = Instant.parse("0000-01-01T00:00:00Z");
  private static final Instant LAST = Instant.parse("9999-12-31T23:59:59.999999999Z");

  private StoredTime() {}

  /** The text of a time; beyond four digits of a year it stays at the end. */
  static String text(Instant time) {
    return FORM.format(time.isBefore(FIRST) ? FIRST : time.isAfter(LAST) ? LAST : time);
  }

  static @Nullable String text(Optional<Instant> time) {
    return time.map(StoredTime::text).orElse(null);
  }

  static Optional<Instant> of(@Nullable String text) {
    return Optional.ofNullable(text).map(StoredTime::parse);
  }

  static Instant parse(String text) {
    try {
      return Instant.parse(text);
    } catch (DateTimeException altered) {
      throw StoreStates.damaged();
    }
  }
}
