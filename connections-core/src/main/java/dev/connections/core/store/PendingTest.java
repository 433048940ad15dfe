package dev.connections.core.store;

import java.time.Instant;
import java.util.Objects;

/**
 * A test that is running. If its process dies, nobody ends it; it counts as given up after a time.
 *
 * @param run a random name for this one run
 * @param until when it counts as given up
 */
public record PendingTest(String run, Instant until) {
  /**
   * Checks that no part is null.
   *
   * @param run a random name for this one run
   * @param until when it counts as given up
   */
  public PendingTest {
    Objects.requireNonNull(run, "run");
    Objects.requireNonNull(until, "until");
  }
}
