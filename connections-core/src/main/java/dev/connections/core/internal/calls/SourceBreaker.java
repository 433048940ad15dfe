package dev.connections.core.internal.calls;

import dev.connections.api.ConnectionException;
import dev.connections.api.Failure;
import dev.connections.api.StandardErrorCode;
import dev.failsafe.CircuitBreaker;
import java.time.Duration;
import java.util.Optional;

/**
 * Gives a source a rest that failed several times in a row to be there at all, and then lets one
 * call find out whether it is back.
 */
final class SourceBreaker {
  private static final Duration PROBE = Duration.ofSeconds(1);

  private final CircuitBreaker<Object> breaker;

  SourceBreaker(int failures, Duration rest) {
    this.breaker =
        CircuitBreaker.builder()
            .withFailureThreshold(failures)
            .withSuccessThreshold(1)
            .withDelay(rest)
            .build();
  }

  /** {@return what to tell a caller while the source has its rest; nothing is taken} */
  Optional<ConnectionException> resting() {
    return breaker.isOpen() && !breaker.getRemainingDelay().isZero()
        ? Optional.of(rest())
        : Optional.empty();
  }

  /**
   * Lets a call through. What comes of it is to be told by one of the other methods.
   *
   * @throws ConnectionException if the source has its rest
   */
  void enter() {
    if (!breaker.tryAcquirePermit()) {
      throw rest();
    }
  }

  /** The source answered, be it with a failure. */
  void answered() {
    breaker.recordSuccess();
  }

  void failed(ConnectionException failure) {
    switch (failure.category()) {
      case UNREACHABLE, UNAVAILABLE -> breaker.recordFailure();
      case TIMEOUT, CANCELLED, INTERNAL -> unknown();
      default -> answered();
    }
  }

  /** It isn't known whether the source is there. The one call that should find out must say so. */
  void unknown() {
    if (breaker.isHalfOpen()) {
      breaker.recordFailure();
    }
  }

  private ConnectionException rest() {
    // Nothing is left while another call finds out whether the source is back.
    Duration left = breaker.getRemainingDelay().isZero() ? PROBE : breaker.getRemainingDelay();
    return Failure.of(
            StandardErrorCode.UNAVAILABLE,
            "The source couldn't be reached several times in a row and is given a short rest.")
        .withRemedy(
            "Try again in "
                + Nanos.inWords(Math.max(Nanos.of(left), Nanos.of(PROBE)))
                + "; meanwhile check whether the source is running.")
        .asException()
        .retryAfter(left);
  }
}
