package dev.connections.jdbc;

import dev.connections.api.Operation;
import dev.connections.api.ProgressListener;
import dev.connections.api.Registration;
import dev.connections.api.StandardFailures;
import java.time.Duration;

/** An operation of a host that borrows a connection: it has a deadline and can't be cancelled. */
final class Deadline implements Operation {
  private final long end;

  Deadline(Duration time) {
    end = System.nanoTime() + time.toNanos();
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
      throw StandardFailures.timedOut("connection").asException();
    }
  }

  @Override
  public ProgressListener progress() {
    return ProgressListener.NONE;
  }
}
