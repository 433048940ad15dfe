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

  /** Whole minutes or seconds where they are, for a sentence. */
  static String inWords(long nanos) {
    Duration time = Duration.ofNanos(nanos);
    if (time.toMinutes() > 0 && time.equals(Duration.ofMinutes(time.toMinutes()))) {
      return time.toMinutes() == 1 ? "a minute" : time.toMinutes() + " minutes";
    }
    if (time.toSeconds() > 0) {
      return time.toSeconds() == 1 ? "a second" : time.toSeconds() + " seconds";
    }
    return time.toMillis() + " ms";
  }
}
