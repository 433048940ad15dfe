package dev.connections.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.connections.api.Attempt;
import dev.connections.api.CallLimits;
import dev.connections.api.ConnectionException;
import dev.connections.api.ErrorCode;
import dev.connections.api.Registration;
import dev.connections.api.RemoteCalls;
import dev.connections.api.StandardErrorCode;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;

/** What the parts of {@link RemoteCallsContract} have in common. */
abstract class CallContractFixture {
  static final Duration LONG = Duration.ofSeconds(60);
  static final Duration SHORT = Duration.ofMillis(150);

  /** For what begins surely before, also on a busy machine, and is then waited for. */
  static final Duration BEGINS_WITHIN = Duration.ofSeconds(1);

  static final CallLimits ROOMY = CallLimits.parallel(4);

  /** Lets go whatever a test still blocks. */
  final CountDownLatch released = new CountDownLatch(1);

  /**
   * {@return the implementation under test}
   *
   * @param limits what the source bears
   */
  protected abstract RemoteCalls calls(CallLimits limits);

  /** Lets go what a test left blocked. */
  @AfterEach
  final void release() {
    released.countDown();
  }

  /** What a driver does that obeys: it blocks until its hook ends it, and then fails. */
  static String untilEnded(Attempt attempt, CountDownLatch hookRan) throws InterruptedException {
    CountDownLatch ended = new CountDownLatch(1);
    Registration hook =
        attempt.onCancel(
            () -> {
              hookRan.countDown();
              ended.countDown();
            });
    try {
      ended.await();
    } finally {
      hook.close();
    }
    throw failure(StandardErrorCode.CONNECTION_LOST);
  }

  /** What a bad driver does: it blocks whatever happens. */
  final String deafly() {
    while (true) {
      try {
        released.await();
        return "too late";
      } catch (InterruptedException unheeded) {
        // Deaf: that is what the test is about.
      }
    }
  }

  static ConnectionException failure(ErrorCode code) {
    return ConnectionException.of(code, "Made by the contract's test.");
  }

  static ConnectionException failureOf(ThrowingCall call) {
    return catchThrowableOfType(ConnectionException.class, call::make);
  }

  static CompletableFuture<ConnectionException> inBackground(ThrowingCall call) {
    CompletableFuture<ConnectionException> outcome = new CompletableFuture<>();
    Thread thread =
        new Thread(() -> complete(outcome, Optional.ofNullable(catchThrowable(call::make))));
    thread.setDaemon(true);
    thread.start();
    return outcome;
  }

  static void complete(CompletableFuture<ConnectionException> outcome, Optional<Throwable> thrown) {
    if (thrown.isPresent() && thrown.get() instanceof ConnectionException failure) {
      outcome.complete(failure);
    } else {
      outcome.completeExceptionally(new AssertionError("expected a failure", thrown.orElse(null)));
    }
  }

  static void await(CountDownLatch latch) {
    assertThat(reached(latch)).as("reached in time").isTrue();
  }

  static boolean reached(CountDownLatch latch) {
    try {
      return latch.await(60, TimeUnit.SECONDS);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /** A call that is expected to throw. */
  @FunctionalInterface
  interface ThrowingCall {
    void make() throws Exception;
  }
}
