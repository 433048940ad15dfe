package dev.connections.simulators.internal.databricks;

import dev.connections.simulators.internal.Answer;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/** So many requests in any second, and so many at once; others get status 429. */
public final class RateLimit {
  private static final long SECOND = 1_000_000_000L;

  private final Deque<Long> recent = new ArrayDeque<>();
  private int perSecond = Integer.MAX_VALUE;
  private int atOnce = Integer.MAX_VALUE;
  private long refused;

  /** Sets both limits. */
  public synchronized void set(int requestsPerSecond, int requestsAtOnce) {
    perSecond = requestsPerSecond;
    atOnce = requestsAtOnce;
  }

  /** How many requests were refused so far. */
  public synchronized long refused() {
    return refused;
  }

  synchronized Optional<Answer> refusal(int underWay) {
    long now = System.nanoTime();
    while (!recent.isEmpty() && now - recent.peekFirst() > SECOND) {
      recent.removeFirst();
    }
    if (underWay <= atOnce && recent.size() < perSecond) {
      recent.addLast(now);
      return Optional.empty();
    }
    refused++;
    return Optional.of(
        Json.refusal(429, "REQUEST_LIMIT_EXCEEDED", "The limit of requests is reached.")
            .with("Retry-After", "1"));
  }
}
