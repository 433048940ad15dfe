package dev.connections.core.store;

import java.time.Instant;
import java.util.Objects;

/**
 * What is kept of a snapshot besides its tables.
 *
 * @param takenAt when it was taken
 * @param coverage what the imports that made it wanted to read, in a form that only core knows
 */
public record Snapshot(Instant takenAt, String coverage) {
  /**
   * Checks that no part is null.
   *
   * @param takenAt when it was taken
   * @param coverage what the imports that made it wanted to read
   */
  public Snapshot {
    Objects.requireNonNull(takenAt, "takenAt");
    Objects.requireNonNull(coverage, "coverage");
  }
}
