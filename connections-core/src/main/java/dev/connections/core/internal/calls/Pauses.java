package dev.connections.core.internal.calls;

import dev.connections.api.Operation;
import dev.connections.api.Registration;
import dev.connections.api.StandardFailures;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Waiting that ends with the operation it is done for. */
final class Pauses {
  private Pauses() {}

  /**
   * Waits.
   *
   * @throws dev.connections.api.ConnectionException if the operation ends before
   */
  static void pause(long nanos, Operation operation) {
    CountDownLatch ended = new CountDownLatch(1);
    Registration hook = operation.onCancel(ended::countDown);
    try {
      if (ended.await(nanos, TimeUnit.NANOSECONDS)) {
        operation.checkpoint();
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw StandardFailures.cancelled().asException(interrupted);
    } finally {
      hook.close();
    }
  }
}
