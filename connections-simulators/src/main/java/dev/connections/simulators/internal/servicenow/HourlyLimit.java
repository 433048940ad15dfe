package dev.connections.simulators.internal.servicenow;

import dev.connections.simulators.internal.Answer;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;

/** A rate rule: so many requests between one full hour and the next. */
public final class HourlyLimit {
  private static final long WINDOW = Duration.ofHours(1).toSeconds();

  private final Clock clock;
  private long limit = Long.MAX_VALUE;
  private long window;
  private long used;

  /** Tells the hour by this clock. */
  public HourlyLimit(Clock clock) {
    this.clock = clock;
  }

  /** Allows so many requests per hour from now on, and forgets those before. */
  public synchronized void set(int requestsPerHour) {
    limit = requestsPerHour;
    used = 0;
  }

  synchronized Optional<Answer> refusal() {
    long now = clock.instant().getEpochSecond();
    if (now / WINDOW != window) {
      window = now / WINDOW;
      used = 0;
    }
    if (++used <= limit) {
      return Optional.empty();
    }
    long next = (window + 1) * WINDOW;
    return Optional.of(
        Refusals.of(
                429,
                "Rate limit exceeded",
                "Rate limit of " + limit + " requests per hour for Table API exceeded")
            .with("Retry-After", Long.toString(next - now))
            .with("X-RateLimit-Limit", Long.toString(limit))
            .with("X-RateLimit-Reset", Long.toString(next))
            .with("X-RateLimit-Rule", "Table API"));
  }
}
