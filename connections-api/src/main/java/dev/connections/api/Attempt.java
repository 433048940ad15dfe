package dev.connections.api;

import java.time.Duration;

/** One attempt at a remote call. Safe for any thread while the attempt lasts. */
public interface Attempt {
  /** {@return how long this attempt may take; drivers' time-outs are set from it; positive} */
  Duration timeout();

  /** {@return the number of this attempt, from 1} */
  int number();

  /**
   * Has a hook run when the attempt is cancelled or its time is over; at once, if that has happened
   * already.
   *
   * @param hook ends what blocks, quickly and without throwing
   * @return what takes the hook back; to be closed in try-with-resources
   */
  Registration onCancel(Runnable hook);
}
