package dev.connections.testkit;

import dev.connections.api.Operation;
import dev.connections.api.ProgressListener;
import dev.connections.api.Registration;
import java.time.Duration;

/** An operation as an adapter sees it that doesn't listen. */
final class TwistedOperation {
  private TwistedOperation() {}

  /** Never cancelled, and with time left. */
  static Operation endless() {
    return new Operation() {
      @Override
      public Duration remaining() {
        return Duration.ofHours(1);
      }

      @Override
      public boolean cancelled() {
        return false;
      }

      @Override
      public Registration onCancel(Runnable hook) {
        return () -> {};
      }

      @Override
      public void checkpoint() {}

      @Override
      public ProgressListener progress() {
        return ProgressListener.NONE;
      }
    };
  }
}
