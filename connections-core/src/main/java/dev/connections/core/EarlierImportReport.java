package dev.connections.core;

import dev.connections.api.ConfigurationProblem;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What became of connections of the earlier system, or would become of them.
 *
 * @param dryRun whether nothing was stored
 * @param rows one for each connection, in their order
 */
public record EarlierImportReport(boolean dryRun, List<Row> rows) {
  /** What became of one connection. */
  public enum Outcome {
    /** It is stored, and can be used if its type's plugin is installed. */
    IMPORTED,
    /** It is stored without the values that the problems name. */
    INCOMPLETE,
    /** Nothing was done: there is a connection of this name already. */
    THERE_ALREADY,
    /** It can't be stored; a problem says why. The others are. */
    FAILED
  }

  /**
   * One connection.
   *
   * @param name its name
   * @param outcome what became of it
   * @param id its new id, if it was stored
   * @param secrets how many values were decrypted, and encrypted anew
   * @param problems what is missing or wrong, field by field
   */
  public record Row(
      String name,
      Outcome outcome,
      Optional<String> id,
      int secrets,
      List<ConfigurationProblem> problems) {
    /**
     * Keeps an immutable copy of the problems.
     *
     * @param name its name
     * @param outcome what became of it
     * @param id its new id
     * @param secrets how many values were decrypted
     * @param problems what is missing or wrong
     */
    public Row {
      Objects.requireNonNull(name, "name");
      Objects.requireNonNull(outcome, "outcome");
      Objects.requireNonNull(id, "id");
      problems = List.copyOf(problems);
    }
  }

  /**
   * Keeps an immutable copy of the rows.
   *
   * @param dryRun whether nothing was stored
   * @param rows one for each connection
   */
  public EarlierImportReport {
    rows = List.copyOf(rows);
  }

  /**
   * {@return how many connections came to an outcome}
   *
   * @param outcome the outcome
   */
  public long count(Outcome outcome) {
    return rows.stream().filter(row -> row.outcome == outcome).count();
  }

  /** {@return how many secrets were decrypted} */
  public int secrets() {
    return rows.stream().mapToInt(Row::secrets).sum();
  }

  /** {@return how many values couldn't be} */
  public long invalid() {
    return rows.stream()
        .flatMap(row -> row.problems.stream())
        .filter(problem -> problem.code().id().equals("INVALID_ENCRYPTED_VALUE"))
        .count();
  }
}
