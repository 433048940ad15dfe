package dev.connections.core;

import java.time.Duration;

/**
 * How much metadata is kept in memory, and for how long.
 *
 * @param weight how much in all, in columns roughly: a table weighs as much as it has columns,
 *     indexes and keys; not negative, and 0 keeps nothing
 * @param expiry after how long a value is dropped, in memory and in the store, where a connection
 *     doesn't say otherwise; positive
 * @param fresh after how long a value that is asked for is given once more and read again in the
 *     background; positive
 */
public record CacheSettings(long weight, Duration expiry, Duration fresh) {
  /** 200,000 columns, for 24 hours, read again after one hour if asked for. */
  public static final CacheSettings DEFAULT =
      new CacheSettings(200_000, Duration.ofHours(24), Duration.ofHours(1));

  /**
   * Checks the bounds.
   *
   * @param weight how much in all
   * @param expiry after how long a value is dropped
   * @param fresh after how long a value is read again
   * @throws IllegalArgumentException if a bound is negative, or a time isn't positive
   */
  public CacheSettings {
    if (weight < 0 || !isPositive(expiry) || !isPositive(fresh)) {
      throw new IllegalArgumentException("a cache's bounds are positive");
    }
  }

  private static boolean isPositive(Duration time) {
    return !time.isNegative() && !time.isZero();
  }
}
