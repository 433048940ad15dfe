package dev.connections.databricks.internal;

import dev.connections.api.Operation;
import dev.connections.api.ProgressListener;
import dev.connections.api.Registration;
import dev.connections.api.StandardFailures;
import java.time.Duration;

/** A short operation of its own, for what is put in order after another one ended. */
final class LastMoment implements Operation {
  private final long deadline = System.nanoTime() + Duration.ofSeconds(2).toNanos();

  @Override
  public Duration remaining() {
    return Duration.ofNanos(Math.max(0, deadline - System.nanoTime()));
  }

  @Override
  public boolean cancelled() {
    return false;
  }

  /** The deadline is short enough for a round trip's own time-out to keep it. */
  @Override
  public Registration onCancel(Runnable hook) {
    return () -> {};
  }

  @Override
  public void checkpoint() {
    if (remaining().isZero()) {
      throw StandardFailures.timedOut("cancelling").asException();
    }
  }

  @Override
  public ProgressListener progress() {
    return ProgressListener.NONE;
  }
}
