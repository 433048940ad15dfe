package dev.connections.core.internal.calls;

import dev.connections.api.CallLimits;
import java.util.OptionalLong;

/**
 * At most so many begins within any window of a time, each given its moment in the order of asking.
 * Bursts are allowed as long as the window isn't full.
 *
 * <p>Failsafe's limiters don't fit: the smooth one spreads calls evenly, so that the five calls of
 * a test take 15 s at 20 a minute; the bursty one has fixed periods and lets twice the number
 * through around the end of one.
 */
final class SlidingRate {
  /** More begins than these aren't remembered; the window is divided instead, which is stricter. */
  private static final int MOST_REMEMBERED = 1024;

  private final CallLimits.Rate rate;
  private final long window;
  private final long[] begins;
  private int oldest;
  private long known;

  SlidingRate(CallLimits.Rate rate) {
    this.rate = rate;
    int remembered = (int) Math.min(rate.calls(), MOST_REMEMBERED);
    this.begins = new long[remembered];
    double share = (double) remembered / rate.calls();
    this.window = (long) Math.ceil(Nanos.of(rate.per()) * share);
  }

  CallLimits.Rate rate() {
    return rate;
  }

  /**
   * {@return when the next call may begin, if that is soon enough; it is then taken}
   *
   * @param now the present moment, by {@link System#nanoTime}
   * @param longest how many nanoseconds may be waited
   */
  synchronized OptionalLong reserve(long now, long longest) {
    long begin = now;
    if (known >= begins.length) {
      long free = begins[oldest] + window;
      begin = free - now > 0 ? free : now;
    }
    if (begin - now > longest) {
      return OptionalLong.empty();
    }
    begins[oldest] = begin;
    oldest = (oldest + 1) % begins.length;
    known++;
    return OptionalLong.of(begin);
  }
}
