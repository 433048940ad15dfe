package dev.connections.core.internal.calls;

import dev.connections.api.Operation;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The other threads of one parallel run: who comes too late has nothing to do. */
final class Workers {
  private static final Logger LOG = LoggerFactory.getLogger(Workers.class);

  private final Set<Thread> active = new HashSet<>();
  private boolean closed;

  /** Does the work on this thread, unless the run is over. */
  void enter(Runnable work) {
    Thread me = Thread.currentThread();
    synchronized (this) {
      if (closed) {
        return;
      }
      active.add(me);
    }
    try {
      work.run();
    } finally {
      synchronized (this) {
        active.remove(me);
        // An interruption that came late mustn't meet what this thread does next.
        Thread.interrupted();
        notifyAll();
      }
    }
  }

  /** Has the waiting caller look at its operation. */
  synchronized void wake() {
    notifyAll();
  }

  /**
   * Lets nobody in any more and waits for those who work. Once the operation has ended they get
   * some time, then an interruption, then some time more. It isn't for ever: what they do may be a
   * driver's, and hang.
   *
   * @return whether the caller was interrupted meanwhile; its flag is set
   */
  synchronized boolean closeAndAwait(Operation operation, Duration grace) {
    closed = true;
    boolean interrupted = false;
    try {
      while (!active.isEmpty() && !operation.cancelled() && !operation.remaining().isZero()) {
        wait(millis(Nanos.of(operation.remaining())));
      }
      awaitUntil(System.nanoTime() + Nanos.of(grace));
    } catch (InterruptedException byHost) {
      interrupted = true;
    }
    if (!active.isEmpty()) {
      active.forEach(Thread::interrupt);
      try {
        awaitUntil(System.nanoTime() + Nanos.of(grace));
      } catch (InterruptedException byHost) {
        interrupted = true;
      }
    }
    if (!active.isEmpty()) {
      LOG.warn("{} threads go on with work whose operation has ended.", active.size());
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
    return interrupted;
  }

  private synchronized void awaitUntil(long end) throws InterruptedException {
    long left = end - System.nanoTime();
    while (!active.isEmpty() && left > 0) {
      wait(millis(left));
      left = end - System.nanoTime();
    }
  }

  /** Rounded up: waiting for 0 would be for ever. */
  private static long millis(long nanos) {
    return nanos / 1_000_000 + 1;
  }
}
