package dev.connections.core.internal.calls;

import java.time.Duration;

/** Times as numbers of nanoseconds, where a {@link Duration} may be longer than fits. */
final class Nanos {
  /** A century: long enough for anything, and sums of a few don't overflow. */
  private static final Duration LONGEST = Duration.ofDays(36_500);

  private Nanos() {}

  static long of(Duration time) {
    if (time.isNegative()) {
      return 0;
    }
    return time.compareTo(LONGEST) > 0 ? LONGEST.toNanos() : time.toNanos();
  }

  /** The largest unit that the time is a whole number of, for a sentence. */
  static String inWords(long nanos) {
    Duration time = Duration.ofNanos(nanos);
    for (Unit unit : Unit.values()) {
      long count = time.dividedBy(unit.length);
      if (count > 0 && (unit == Unit.SECOND || time.equals(unit.length.multipliedBy(count)))) {
        return count == 1 ? unit.one : count + unit.many;
      }
    }
    return time.toMillis() + " ms";
  }

  private enum Unit {
    DAY(Duration.ofDays(1), "a day", " days"),
    HOUR(Duration.ofHours(1), "an hour", " hours"),
    MINUTE(Duration.ofMinutes(1), "a minute", " minutes"),
    SECOND(Duration.ofSeconds(1), "a second", " seconds");

    private final Duration length;
    private final String one;
    private final String many;

    Unit(Duration length, String one, String many) {
      this.length = length;
      this.one = one;
      this.many = many;
    }
  }
}
