package dev.connections.core.internal.importing;

import dev.connections.api.ConnectionException;
import dev.connections.api.Operation;
import dev.connections.api.Registration;
import dev.connections.api.StandardFailures;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** How a run waits before it calls an adapter again. */
@FunctionalInterface
interface Pause {
  /** Waits on the calling thread, and tells now and then that this is no idling. */
  Pause WAITING = Pause::waiting;

  /**
   * Waits.
   *
   * @throws ConnectionException if the operation ends meanwhile
   */
  void pause(Duration time, Operation operation, Runnable touch);

  private static void waiting(Duration time, Operation operation, Runnable touch) {
    CountDownLatch ended = new CountDownLatch(1);
    Registration hook = operation.onCancel(ended::countDown);
    try {
      long until = System.nanoTime() + time.toNanos();
      boolean end = false;
      for (long left = time.toNanos(); left > 0 && !end; left = until - System.nanoTime()) {
        touch.run();
        end = ended.await(Math.min(left, TimeUnit.SECONDS.toNanos(1)), TimeUnit.NANOSECONDS);
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw StandardFailures.cancelled().asException(interrupted);
    } finally {
      hook.close();
    }
    touch.run();
    operation.checkpoint();
  }
}
