package dev.connections.databricks.internal;

import dev.connections.api.Operation;
import dev.connections.api.Registration;
import dev.connections.api.StandardFailures;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Waiting between two questions, which ends with the operation. */
final class Pause {
  private Pause() {}

  /** Waits, or throws as soon as the operation ends. */
  @SuppressWarnings("try") // the hook is held while we wait
  static void of(Duration time, Operation operation) {
    operation.checkpoint();
    CountDownLatch ended = new CountDownLatch(1);
    long left = Math.min(time.toNanos(), operation.remaining().toNanos());
    try (Registration hook = operation.onCancel(ended::countDown)) {
      ended.await(left, TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw StandardFailures.cancelled().asException(e);
    }
    operation.checkpoint();
  }
}
