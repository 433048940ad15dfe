package dev.connections.core;

import dev.connections.api.Failure;
import dev.connections.api.TestResult;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * What is kept of a connection's last test. A result with warnings only is a {@linkplain
 * TestStatus#SUCCESS success}.
 *
 * @param status how it ended; {@link TestStatus#PENDING} while one runs, with time and message of
 *     the one before
 * @param at when it ended; empty if there was none
 * @param message what to say of it: of a failed test why it failed, of one that passed with
 *     warnings the first of them
 */
public record TestSummary(TestStatus status, Optional<Instant> at, Optional<String> message) {
  /** Of a connection that wasn't tested. */
  public static final TestSummary UNTESTED =
      new TestSummary(TestStatus.UNTESTED, Optional.empty(), Optional.empty());

  /**
   * Checks that no part is null.
   *
   * @param status how it ended
   * @param at when it ended
   * @param message what to say of it
   */
  public TestSummary {
    Objects.requireNonNull(status, "status");
    Objects.requireNonNull(at, "at");
    Objects.requireNonNull(message, "message");
  }

  /**
   * {@return what is kept of a test's result}
   *
   * @param result what the test found
   * @param at when it ended
   */
  public static TestSummary of(TestResult result, Instant at) {
    Optional<Failure> failure = result.firstFailure();
    if (failure.isPresent()) {
      return new TestSummary(TestStatus.FAILED, Optional.of(at), failure.map(Failure::message));
    }
    Optional<String> warning =
        result.steps().stream()
            .filter(step -> step.status() == TestResult.Status.WARNING)
            .findFirst()
            .flatMap(TestResult.Step::failure)
            .map(Failure::message);
    return new TestSummary(TestStatus.SUCCESS, Optional.of(at), warning);
  }

  /** {@return the same summary while a further test runs} */
  public TestSummary whileRunning() {
    return new TestSummary(TestStatus.PENDING, at, message);
  }
}
