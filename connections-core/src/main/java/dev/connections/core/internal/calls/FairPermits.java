package dev.connections.core.internal.calls;

import dev.connections.api.Operation;
import dev.connections.api.Registration;
import dev.connections.api.StandardFailures;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Permits given in the order in which they were asked for. Who waits does so until its operation
 * ends, and no longer. The number of permits may change while some are out.
 */
final class FairPermits {
  private final Deque<Waiter> queue = new ArrayDeque<>();
  private int limit;
  private int out;

  FairPermits(int limit) {
    this.limit = limit;
  }

  /**
   * Takes a permit, when it is this caller's turn.
   *
   * @throws dev.connections.api.ConnectionException if the operation ends before
   */
  void acquire(Operation operation) {
    Waiter waiter = new Waiter();
    synchronized (queue) {
      if (queue.isEmpty() && out < limit) {
        out++;
        return;
      }
      queue.add(waiter);
    }
    Registration hook = operation.onCancel(waiter.called::countDown);
    try {
      waiter.await(operation);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    } finally {
      hook.close();
    }
    if (!leave(waiter)) {
      // Throws but in the rarest case: the deadline moved on between the two looks at it.
      operation.checkpoint();
      throw StandardFailures.timedOut("wait for other calls of this connection").asException();
    }
  }

  void release() {
    synchronized (queue) {
      out--;
      grant();
    }
  }

  /** Changes the number of permits; those that are out stay out. */
  void limit(int permits) {
    synchronized (queue) {
      limit = permits;
      grant();
    }
  }

  int limit() {
    synchronized (queue) {
      return limit;
    }
  }

  int waiting() {
    synchronized (queue) {
      return queue.size();
    }
  }

  private void grant() {
    while (out < limit && !queue.isEmpty()) {
      Waiter next = queue.remove();
      next.granted = true;
      next.called.countDown();
      out++;
    }
  }

  /** {@return whether the waiter has a permit} If not, it isn't in the queue any more. */
  private boolean leave(Waiter waiter) {
    synchronized (queue) {
      queue.remove(waiter);
      return waiter.granted;
    }
  }

  private static final class Waiter {
    private final CountDownLatch called = new CountDownLatch(1);
    private boolean granted;

    /** Looks again when the time is over: progress elsewhere may have given the operation more. */
    private void await(Operation operation) throws InterruptedException {
      Duration left = operation.remaining();
      while (!left.isZero() && !called.await(Nanos.of(left), TimeUnit.NANOSECONDS)) {
        left = operation.remaining();
      }
    }
  }
}
