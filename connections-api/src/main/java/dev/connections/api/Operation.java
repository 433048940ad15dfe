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
}
