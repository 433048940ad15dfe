package dev.connections.core.internal.calls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.connections.api.ConnectionException;
import dev.connections.api.ErrorCode;
import dev.connections.api.Operation;
import dev.connections.api.TokenStore;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** What several tests of calls need. */
final class Fixtures {
  static final TokenStore NO_TOKENS =
      new TokenStore() {
        @Override
        public Token current(Operation operation, Source source) {
          throw new AssertionError("no token is needed here");
        }

        @Override
        public Token replace(Token refused, Operation operation, Source source) {
          throw new AssertionError("no token is needed here");
        }
      };

  /** Pauses short enough for tests, all in the usual proportions. */
  static final CallSettings QUICK = resting(Duration.ofMillis(300));

  private static CallSettings resting(Duration rest) {
    return new CallSettings(
        4,
        Duration.ofMillis(1),
        Duration.ofMillis(10),
        Duration.ofSeconds(10),
        3,
        rest,
        new RunningAttempt.Grace(Duration.ofMillis(20), Duration.ofMillis(50)));
  }

  /** The same, with a rest that no test sees the end of. */
  static final CallSettings QUICK_WITH_A_LONG_REST = resting(Duration.ofMinutes(10));

  private Fixtures() {}

  static ConnectionException failure(ErrorCode code) {
    return ConnectionException.of(code, "Made by a test.");
  }

  static ConnectionException failureOf(Runnable call) {
    Throwable thrown = catchThrowable(call::run);
    assertThat(thrown).isInstanceOf(ConnectionException.class);
    return (ConnectionException) thrown;
  }

  static void await(CountDownLatch latch) {
    try {
      assertThat(latch.await(60, TimeUnit.SECONDS)).as("reached in time").isTrue();
    } catch (InterruptedException interrupted) {
      throw new AssertionError("the test was interrupted", interrupted);
    }
  }

  static <T> CompletableFuture<T> inBackground(Callable<T> task) {
    CompletableFuture<T> result = new CompletableFuture<>();
    Thread thread =
        new Thread(
            () -> {
              try {
                result.complete(task.call());
              } catch (Throwable thrown) {
                result.completeExceptionally(thrown);
              }
            });
    thread.setDaemon(true);
    thread.start();
    return result;
  }
}
