package dev.connections.api;

import java.time.Duration;

/** An operation that has a deadline and can't be cancelled. */
final class TimedOperation implements Operation {
  private final String what;
  private final long end;

  TimedOperation(String what, Duration time) {
    this.what = what;
    this.end = System.nanoTime() + time.toNanos();
  }

  @Override
  public Duration remaining() {
    return Duration.ofNanos(Math.max(0, end - System.nanoTime()));
  }

  @Override
  public boolean cancelled() {
    return false;
  }

  /** Who waits looks at the time that is left. */
  @Override
  public Registration onCancel(Runnable hook) {
    return () -> {};
  }

  @Override
  public void checkpoint() {
    if (remaining().isZero()) {
      throw StandardFailures.timedOut(what).asException();
    }
  }

  @Override
  public ProgressListener progress() {
    return ProgressListener.NONE;
  }
}
