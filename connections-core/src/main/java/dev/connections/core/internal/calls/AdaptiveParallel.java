package dev.connections.core.internal.calls;

/**
 * How many calls run at once: halved when the source asks to slow down, one more after each round
 * of calls that went well, up to what the limits allow.
 */
final class AdaptiveParallel {
  private final FairPermits permits;
  private int most;
  private int current;
  private int wentWell;
  private long lastFall;

  AdaptiveParallel(int most) {
    this.most = most;
    this.current = most;
    this.lastFall = System.nanoTime();
    this.permits = new FairPermits(most);
  }

  FairPermits permits() {
    return permits;
  }

  /** Sets what the limits allow. */
  synchronized void allow(int calls) {
    // What had fallen climbs again by itself; what hadn't follows at once.
    current = current == most ? calls : Math.min(current, calls);
    most = calls;
    permits.limit(current);
  }

  /**
   * The source asked to slow down.
   *
   * @param begin when the call began: calls that were under way at the last fall say nothing new
   */
  synchronized void throttled(long begin) {
    wentWell = 0;
    if (begin - lastFall > 0) {
      lastFall = System.nanoTime();
      current = Math.max(1, current / 2);
      permits.limit(current);
    }
  }

  synchronized void wentWell() {
    if (current < most && ++wentWell >= current) {
      wentWell = 0;
      current++;
      permits.limit(current);
    }
  }

  synchronized int current() {
    return current;
  }
}
