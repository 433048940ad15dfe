package dev.connections.core.internal.calls;

import dev.connections.api.CallLimits;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;

/**
 * At most so many calls within any window of a time, as the source sees them. Bursts are allowed as
 * long as the window isn't full.
 *
 * <p>When a request arrives, only the source knows: some time between the moment at which the call
 * was let go and the one at which its answer was there. A busy machine may put a long while between
 * these, and hurry others through. So a call counts from its end: the next one in its place begins
 * a window later. However threads are scheduled, no window at the source holds more arrivals than
 * allowed. The price is the time of a round trip in each window.
 *
 * <p>Failsafe's limiters don't fit: the smooth one spreads calls evenly, so that the five calls of
 * a test take 15 s at 20 a minute; the bursty one has fixed periods and lets twice the number
 * through around the end of one.
 *
 * <p>Moments are those of {@link System#nanoTime}; this class looks at no clock.
 */
final class SlidingRate {
  /** More calls than these aren't remembered; the window is divided instead, which is stricter. */
  private static final int MOST_REMEMBERED = 1024;

  private final CallLimits.Rate rate;
  private final long window;
  private final Turn[] turns;
  private int oldest;

  SlidingRate(CallLimits.Rate rate) {
    this.rate = rate;
    this.turns = new Turn[(int) Math.min(rate.calls(), MOST_REMEMBERED)];
    double share = (double) turns.length / rate.calls();
    this.window = (long) Math.ceil(Nanos.of(rate.per()) * share);
  }

  /** {@return another rate that remembers the last calls of this one} */
  synchronized SlidingRate changed(CallLimits.Rate other) {
    SlidingRate next = new SlidingRate(other);
    for (int back = Math.min(turns.length, next.turns.length); back > 0; back--) {
      next.put(turns[Math.floorMod(oldest - back, turns.length)]);
    }
    return next;
  }

  CallLimits.Rate rate() {
    return rate;
  }

  private void put(Turn turn) {
    turns[oldest] = turn;
    oldest = (oldest + 1) % turns.length;
  }

  /**
   * {@return the next turn, in the order of asking; empty if it would come too late, and then
   * nothing is taken}
   *
   * @param now the present moment
   * @param longest how many nanoseconds may be waited
   */
  synchronized Optional<Turn> reserve(long now, long longest) {
    Turn before = turns[oldest];
    long earliest = before == null ? now : later(now, before.endsAfter(now) + window);
    if (earliest - now > longest) {
      return Optional.empty();
    }
    Turn turn = new Turn(Optional.ofNullable(before), window, earliest);
    put(turn);
    return Optional.of(turn);
  }

  private static long later(long one, long other) {
    return one - other > 0 ? one : other;
  }

  /** A call's place among the others. Safe for any thread. */
  static final class Turn {
    private final long window;
    private final long earliest;
    private Optional<Turn> before;
    private OptionalLong end = OptionalLong.empty();
    private boolean dropped;

    private Turn(Optional<Turn> before, long window, long earliest) {
      this.before = before;
      this.window = window;
      this.earliest = earliest;
    }

    /**
     * {@return when the call may begin; empty as long as the call whose place it takes is under
     * way}
     */
    OptionalLong begin() {
      Optional<Turn> place = before();
      if (place.isEmpty()) {
        return OptionalLong.of(earliest);
      }
      OptionalLong ended = place.get().end();
      return ended.isEmpty() ? ended : OptionalLong.of(later(earliest, ended.getAsLong() + window));
    }

    private synchronized Optional<Turn> before() {
      return before;
    }

    private OptionalLong end() {
      Optional<Turn> place;
      synchronized (this) {
        if (!dropped) {
          return end;
        }
        place = before;
      }
      return place.map(Turn::end).orElse(OptionalLong.of(earliest - window));
    }

    /** The call is over, or its caller waits no more; only the first time counts. */
    synchronized void ended(long now) {
      if (end.isEmpty() && !dropped) {
        end = OptionalLong.of(now);
        before = Optional.empty(); // nobody asks for it any more
        notifyAll();
      }
    }

    /** The call isn't made: who comes next takes the place that this one would have had. */
    synchronized void dropped() {
      if (end.isEmpty()) {
        dropped = true;
        notifyAll();
      }
    }

    /** {@return when it ended, or the earliest moment at which it may} */
    private long endsAfter(long now) {
      OptionalLong known = end();
      return known.isPresent() ? known.getAsLong() : later(now, earliest);
    }

    /**
     * Waits for the call whose place this one takes, and looks again after a while.
     *
     * @param nanos how long at most
     */
    void awaitPlace(long nanos) throws InterruptedException {
      Optional<Turn> place = before();
      if (place.isPresent()) {
        place.get().awaitEnd(nanos);
      }
    }

    private void awaitEnd(long nanos) throws InterruptedException {
      synchronized (this) {
        if (!dropped) {
          if (end.isEmpty()) {
            TimeUnit.NANOSECONDS.timedWait(this, nanos);
          }
          return;
        }
      }
      awaitPlace(nanos);
    }
  }
}
