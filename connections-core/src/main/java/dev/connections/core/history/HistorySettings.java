package dev.connections.core.history;

import java.time.Duration;
import java.util.Objects;

/**
 * How much of the past is kept. What is too much goes when the next run of its connection is added;
 * what is too old isn't shown any more, and goes some minutes later.
 *
 * @param runs how many tests, and how many imports, are kept of each connection; 0 to keep none
 * @param age how long they are kept at most; positive
 */
public record HistorySettings(int runs, Duration age) {
  /** 100 tests and 100 imports of each connection, for a year. */
  public static final HistorySettings DEFAULT = new HistorySettings(100, Duration.ofDays(365));

  /** Nothing is kept but the last test and the time of the last import, with the connection. */
  public static final HistorySettings NONE = new HistorySettings(0, Duration.ofDays(1));

  /**
   * Checks the bounds.
   *
   * @param runs how many are kept
   * @param age how long
   * @throws IllegalArgumentException if the number is negative or the time isn't positive
   */
  public HistorySettings {
    Objects.requireNonNull(age, "age");
    if (runs < 0 || age.isNegative() || age.isZero()) {
      throw new IllegalArgumentException("a number that isn't negative, and a positive time");
    }
  }
}
