package dev.connections.store.jdbc;

import java.time.Duration;

/** How long a call waits for its turn. An interruption doesn't end the wait, and isn't lost. */
record Patience(Duration time) {
  /** Something that can be waited for. */
  @FunctionalInterface
  interface Turn {
    boolean within(long nanos) throws InterruptedException;
  }

  /** Returns whether the turn came in time. */
  boolean awaits(Turn turn) {
    long end = System.nanoTime() + time.toNanos();
    boolean interrupted = false;
    try {
      while (true) {
        try {
          return turn.within(Math.max(0, end - System.nanoTime()));
        } catch (InterruptedException e) {
          interrupted = true;
        }
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
