package dev.connections.core.internal.calls;

/** Knows of each thread whether a remote call runs on it, so that calls don't nest. */
public final class CallThread {
  private static final ThreadLocal<Boolean> IN_CALL = new ThreadLocal<>();

  private CallThread() {}

  /**
   * Refuses what mustn't happen within a call: it would wait for permits that the outer call holds.
   *
   * @param what what was begun, for the message
   * @throws IllegalStateException if a call runs on this thread
   */
  public static void refuseNesting(String what) {
    if (inCall()) {
      throw new IllegalStateException(what + " was begun within another call; calls never nest.");
    }
  }

  static boolean inCall() {
    return IN_CALL.get() != null;
  }

  static void enter() {
    IN_CALL.set(true);
  }

  static void leave() {
    IN_CALL.remove();
  }
}
