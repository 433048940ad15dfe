package dev.connections.testkit;

import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A call on a thread of its own that has to end in time: a test says so instead of hanging. */
final class Bounded<T> {
  /** How long a call may take that works. */
  static final Duration PATIENT = Duration.ofSeconds(60);

  private final String what;
  private final CompletableFuture<T> result = new CompletableFuture<>();
  private final Thread thread;

  private Bounded(String what, Callable<T> call) {
    this.what = what;
    this.thread =
        new Thread(
            () -> {
              try {
                result.complete(call.call());
              } catch (Throwable thrown) {
                result.completeExceptionally(thrown);
              }
            },
            "contract " + what);
    thread.setDaemon(true);
  }

  /** {@return a call that has begun} */
  static <T> Bounded<T> start(String what, Callable<T> call) {
    Bounded<T> bounded = new Bounded<>(what, call);
    bounded.thread.start();
    return bounded;
  }

  Thread thread() {
    return thread;
  }

  /** {@return what the call gave; throws what it threw, or fails if it is still running} */
  T await(Duration atMost) throws Exception {
    try {
      return result.get(atMost.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      AssertionError hanging =
          new AssertionError(what + " still runs after " + atMost.toSeconds() + " s");
      hanging.setStackTrace(
          Arrays.copyOf(thread.getStackTrace(), Math.min(40, thread.getStackTrace().length)));
      thread.interrupt();
      throw hanging;
    } catch (ExecutionException e) {
      Throwable thrown = e.getCause();
      if (thrown instanceof Error error) {
        throw error;
      }
      if (thrown instanceof Exception exception) {
        throw exception;
      }
      throw new AssertionError(thrown);
    }
  }
}
