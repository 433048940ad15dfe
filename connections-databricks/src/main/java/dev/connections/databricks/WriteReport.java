package dev.connections.databricks;

import dev.connections.api.Failure;
import dev.connections.api.Internal;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What became of a script's statements.
 *
 * @param outcomes one for each statement, in order
 */
public record WriteReport(List<Outcome> outcomes) {
  /** How a statement ended. */
  public enum Result {
    /** It ran. What it creates may have been there before. */
    DONE,
    /** It was refused. */
    FAILED,
    /** It wasn't run, as it builds on one that failed. */
    SKIPPED
  }

  /**
   * What became of a statement.
   *
   * @param statement which one
   * @param result how it ended
   * @param failure why it failed or was skipped
   */
  public record Outcome(WritePlan.Statement statement, Result result, Optional<Failure> failure) {
    /**
     * Checks that no part is null.
     *
     * @param statement which one
     * @param result how it ended
     * @param failure why it failed or was skipped
     */
    public Outcome {
      Objects.requireNonNull(statement, "statement");
      Objects.requireNonNull(result, "result");
      Objects.requireNonNull(failure, "failure");
    }
  }

  /**
   * Keeps an immutable copy.
   *
   * @param outcomes one for each statement
   */
  @Internal
  public WriteReport {
    outcomes = List.copyOf(outcomes);
  }

  /** {@return whether every statement ran} */
  public boolean complete() {
    return count(Result.DONE) == outcomes.size();
  }

  /**
   * {@return how many statements ended so}
   *
   * @param result how
   */
  public int count(Result result) {
    return (int) outcomes.stream().filter(outcome -> outcome.result() == result).count();
  }
}
