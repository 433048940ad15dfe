package dev.connections.core.health;

import dev.connections.api.Failure;
import java.time.Instant;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * What a health check has found.
 *
 * @param counts how many connections had each outcome
 * @param unwell the first {@link #KEPT} that failed, couldn't be tested, or whose login is refused
 * @param startedAt when it began
 * @param finishedAt when it ended
 * @param stopped what ended it before its end: it was cancelled, took too long, or the store failed
 */
public record HealthReport(
    Map<HealthResult.Outcome, Long> counts,
    List<HealthResult> unwell,
    Instant startedAt,
    Instant finishedAt,
    Optional<Failure> stopped) {
  /** How many connections that aren't well a report keeps at most. */
  public static final int KEPT = 1_000;

  /**
   * Keeps immutable copies.
   *
   * @param counts how many connections had each outcome
   * @param unwell the first that aren't well
   * @param startedAt when it began
   * @param finishedAt when it ended
   * @param stopped what ended it before its end
   */
  public HealthReport {
    Map<HealthResult.Outcome, Long> all = new EnumMap<>(HealthResult.Outcome.class);
    for (HealthResult.Outcome outcome : HealthResult.Outcome.values()) {
      all.put(outcome, counts.getOrDefault(outcome, 0L));
    }
    counts = Collections.unmodifiableMap(all);
    unwell = List.copyOf(unwell);
    Objects.requireNonNull(startedAt, "startedAt");
    Objects.requireNonNull(finishedAt, "finishedAt");
    Objects.requireNonNull(stopped, "stopped");
  }

  /**
   * {@return how many connections had an outcome}
   *
   * @param outcome which one
   */
  public long count(HealthResult.Outcome outcome) {
    return counts.getOrDefault(outcome, 0L);
  }
}
