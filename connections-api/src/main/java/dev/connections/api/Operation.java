package dev.connections.api;

import java.time.Duration;

/**
 * One call of the host, while it lasts: its deadline, its cancellation and its progress. It is
 * handed down as a parameter and never kept in a field.
 *
 * <p>Safe for any thread.
 */
public interface Operation {
  /** {@return the time left until the deadline; zero when it has passed, never negative} */
  Duration remaining();

  /** {@return whether the caller no longer wants the result} */
  boolean cancelled();

  /**
   * Has a hook run when the operation is cancelled or its deadline passes; at once, if that has
   * happened already. The hook must be quick and must not throw; it ends what blocks, for example
   * by closing a socket.
   *
   * @param hook run at most once, on any thread
   * @return what takes the hook back; to be closed in try-with-resources
   */
  Registration onCancel(Runnable hook);

  /**
   * Returns if the operation may go on. Long loops call it regularly.
   *
   * @throws ConnectionException with {@link StandardErrorCode#CANCELLED} or {@link
   *     StandardErrorCode#TIMEOUT} if it may not
   */
  void checkpoint();

  /** {@return where progress is told} */
  ProgressListener progress();

  /**
   * {@return an operation of one's own, that ends when its time is over and can't be cancelled} For
   * what nobody hands an operation to, such as putting something in order after another one ended.
   *
   * @param what what is done, as a noun for a message
   * @param time how long it may take
   */
  static Operation within(String what, Duration time) {
    return new TimedOperation(what, time);
  }
}
