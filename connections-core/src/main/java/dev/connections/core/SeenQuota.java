package dev.connections.core;

import dev.connections.api.Quota;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;

/**
 * What a source said of an allowance, and when.
 *
 * @param quota the allowance
 * @param seenAt when the source said so
 */
public record SeenQuota(Quota quota, Instant seenAt) {
  private static final Duration USUAL_PERIOD = Duration.ofDays(1);

  /**
   * Checks that no part is null.
   *
   * @param quota the allowance
   * @param seenAt when the source said so
   */
  public SeenQuota {
    Objects.requireNonNull(quota, "quota");
    Objects.requireNonNull(seenAt, "seenAt");
  }

  /**
   * {@return whether its period still lasts, so that what was used still counts} Where the source
   * doesn't say when it ends, a day is assumed.
   *
   * @param now the present time
   */
  public boolean holds(Instant now) {
    return now.isBefore(quota.resetsAt().orElse(seenAt.plus(USUAL_PERIOD)));
  }
}
