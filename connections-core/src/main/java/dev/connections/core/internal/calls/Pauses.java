package dev.connections.core.internal.calls;

import dev.connections.api.Operation;
import dev.connections.api.Registration;
import dev.connections.api.StandardFailures;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Waiting that ends with the operation it is done for. */
final class Pauses {
  private static final long LOOK_UP = TimeUnit.MILLISECONDS.toNanos(100);

  private Pauses() {}

  /** Who waits because the source asked for it isn't idle. */
  private static void touch(Operation operation) {
    if (operation instanceof CallOperation own) {
      own.touch();
    }
  }

  /**
   * Waits for the call whose place a turn takes, and returns after a moment in any case.
   *
   * @throws dev.connections.api.ConnectionException if the operation ends before
   */
  static void pauseFor(SlidingRate.Turn turn, Operation operation) {
    touch(operation);
    operation.checkpoint();
    try {
      turn.awaitPlace(LOOK_UP);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw StandardFailures.cancelled().asException(interrupted);
    }
  }

  /**
   * Waits.
   *
   * @throws dev.connections.api.ConnectionException if the operation ends before
   */
  static void pause(long nanos, Operation operation) {
    CountDownLatch ended = new CountDownLatch(1);
    Registration hook = operation.onCancel(ended::countDown);
    try {
      long until = System.nanoTime() + nanos;
      boolean end = false;
      for (long left = nanos; left > 0 && !end; left = until - System.nanoTime()) {
        touch(operation);
        end = ended.await(Math.min(left, LOOK_UP), TimeUnit.NANOSECONDS);
      }
      touch(operation);
      if (end) {
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
