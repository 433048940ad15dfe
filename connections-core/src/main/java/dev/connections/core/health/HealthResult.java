package dev.connections.core.health;

import dev.connections.api.Failure;
import java.util.Objects;
import java.util.Optional;

/**
 * What a health check has found of one connection.
 *
 * @param connection the connection's id
 * @param name its name
 * @param outcome what became of its test
 * @param failure why it failed or couldn't be made
 */
public record HealthResult(
    String connection, String name, Outcome outcome, Optional<Failure> failure) {
  /** What became of a test. */
  public enum Outcome {
    /** It passed, with warnings or without. */
    PASSED,
    /** It failed. */
    FAILED,
    /** It was left out: another test of it runs, or ended a short time ago. */
    RECENT,
    /** It was left out: its login was refused, and nothing of it has changed since. */
    LOGIN_REFUSED,
    /** It couldn't be made: there is no plugin for the type, say. The connection's status stays. */
    NOT_TESTED
  }

  /**
   * Checks that no part is null.
   *
   * @param connection the connection's id
   * @param name its name
   * @param outcome what became of its test
   * @param failure why it failed
   */
  public HealthResult {
    Objects.requireNonNull(connection, "connection");
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(outcome, "outcome");
    Objects.requireNonNull(failure, "failure");
  }
}
