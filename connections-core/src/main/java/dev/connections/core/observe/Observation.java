package dev.connections.core.observe;

import dev.connections.api.Category;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;

/**
 * One operation that ended. It names neither tenant nor connection, so each part may be a metric's
 * tag.
 *
 * @param operation what was done
 * @param outcome how it ended
 * @param category the kind of failure, if it failed
 * @param took how long it took
 */
public record Observation(
    ObservedOperation operation, Outcome outcome, Optional<Category> category, Duration took) {
  /**
   * Checks that no part is null.
   *
   * @param operation what was done
   * @param outcome how it ended
   * @param category the kind of failure
   * @param took how long it took
   */
  public Observation {
    Objects.requireNonNull(operation, "operation");
    Objects.requireNonNull(outcome, "outcome");
    Objects.requireNonNull(category, "category");
    Objects.requireNonNull(took, "took");
  }
}
