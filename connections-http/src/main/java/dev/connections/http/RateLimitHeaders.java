package dev.connections.http;

import dev.connections.api.ConnectionException;
import dev.connections.api.Quota;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The headers {@code X-RateLimit-Limit} and {@code X-RateLimit-Reset} (seconds since 1970), by
 * which services say how many requests an hour has and when the next begins.
 */
public final class RateLimitHeaders {
  private static final Duration LONGEST = RetryAfter.LONGEST;

  private RateLimitHeaders() {}

  /**
   * {@return what an answer says of the allowance; empty without the headers} Nothing is left where
   * the answer refuses.
   *
   * @param answer of whatever status
   * @param name what is allowed, for example {@code requests per hour}
   */
  public static Optional<Quota> quota(Answer answer, String name) {
    return number(answer, "X-RateLimit-Limit")
        .map(
            limit ->
                new Quota(
                    name,
                    answer.status() == 429 ? OptionalLong.of(limit) : OptionalLong.empty(),
                    OptionalLong.of(limit),
                    reset(answer)));
  }

  /**
   * {@return a failure that says how long to wait: what it says already, or until the allowance
   * begins anew, where that is within an hour}
   *
   * @param thrown what the answer means
   * @param answer what refuses
   * @param clock tells the time
   */
  public static ConnectionException waiting(
      ConnectionException thrown, Answer answer, Clock clock) {
    if (thrown.retryAfter().isPresent()) {
      return thrown;
    }
    return reset(answer)
        .map(reset -> Duration.between(clock.instant(), reset))
        .filter(wait -> !wait.isNegative() && wait.compareTo(LONGEST) <= 0)
        .map(thrown::retryAfter)
        .orElse(thrown);
  }

  private static Optional<Instant> reset(Answer answer) {
    return number(answer, "X-RateLimit-Reset").map(Instant::ofEpochSecond);
  }

  private static Optional<Long> number(Answer answer, String header) {
    return answer.header(header).filter(text -> text.matches("[0-9]{1,12}")).map(Long::parseLong);
  }
}
