package dev.connections.mssql.tds;

import java.time.Duration;

/** Whether a client wants its request to stop, or has gone. */
final class Interruption {
  private boolean asked;
  private boolean gone;

  synchronized void ask() {
    asked = true;
    notifyAll();
  }

  synchronized void leave() {
    gone = true;
    notifyAll();
  }

  synchronized boolean asked() {
    return asked;
  }

  /** {@return whether there was a wish to stop; from now on there is none} */
  synchronized boolean take() {
    boolean taken = asked;
    asked = false;
    return taken;
  }

  /** Waits until the client wants to stop, or goes, or time is over. */
  synchronized void await(Duration time) {
    long end = System.nanoTime() + time.toNanos();
    try {
      for (long left = time.toMillis(); left > 0 && !asked && !gone; left = millisUntil(end)) {
        wait(left);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static long millisUntil(long end) {
    return (end - System.nanoTime() + 999_999) / 1_000_000;
  }

  /** Waits until the client wants to stop, or goes. */
  void await() {
    await(Duration.ofDays(1));
  }
}
