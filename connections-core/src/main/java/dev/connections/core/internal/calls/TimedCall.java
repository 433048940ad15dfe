package dev.connections.core.internal.calls;

import dev.connections.api.StandardFailures;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A call of a host's code that may never return: made on a thread of its own, which is interrupted
 * and left to itself when its time is over. Such calls are rare; each has a new thread.
 */
public final class TimedCall {
  private TimedCall() {}

  /**
   * {@return what the call gives}
   *
   * @param what what is called, for the thread's name
   * @param deadline how long it may take
   * @param call the call
   * @param <T> its result
   * @throws TimeoutException if it hasn't returned in time
   * @throws ExecutionException with what it has thrown
   * @throws dev.connections.api.ConnectionException with {@code CANCELLED} if the waiting thread is
   *     interrupted
   */
  public static <T> T of(String what, Duration deadline, Callable<T> call)
      throws TimeoutException, ExecutionException {
    FutureTask<T> task = new FutureTask<>(call);
    DaemonThreads.named(what).newThread(task).start();
    try {
      return task.get(deadline.toNanos(), TimeUnit.NANOSECONDS);
    } catch (InterruptedException byHost) {
      Thread.currentThread().interrupt();
      throw StandardFailures.cancelled().asException(byHost);
    } finally {
      task.cancel(true);
    }
  }
}
