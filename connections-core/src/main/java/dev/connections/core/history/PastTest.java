package dev.connections.core.history;

import dev.connections.api.Category;
import dev.connections.api.TestResult;
import dev.connections.core.TestStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * A test of a stored connection that came to a result.
 *
 * @param connection the connection's id
 * @param user who tested it
 * @param startedAt when it began
 * @param finishedAt when it ended
 * @param status how it ended: {@link TestStatus#SUCCESS} or {@link TestStatus#FAILED}
 * @param code the id of the first failure's code, if it failed
 * @param steps what was tried, in order
 * @param server what the source said it is, with its version, if it said so
 */
public record PastTest(
    String connection,
    String user,
    Instant startedAt,
    Instant finishedAt,
    TestStatus status,
    Optional<String> code,
    List<Step> steps,
    Optional<String> server) {

  /**
   * One step of a test.
   *
   * @param id its stable name
   * @param label what a user sees
   * @param status how it ended
   * @param took how long it took, to the microsecond
   * @param code the id of the failure's or the warning's code
   * @param category what kind of failure or warning it is
   * @param message the sentence of the failure or the warning
   */
  public record Step(
      String id,
      String label,
      TestResult.Status status,
      Duration took,
      Optional<String> code,
      Optional<Category> category,
      Optional<String> message) {
    /**
     * Checks that no part is null.
     *
     * @param id its stable name
     * @param label what a user sees
     * @param status how it ended
     * @param took how long it took
     * @param code the id of the code
     * @param category what kind it is
     * @param message the sentence
     */
    public Step {
      Objects.requireNonNull(id, "id");
      Objects.requireNonNull(label, "label");
      Objects.requireNonNull(status, "status");
      Objects.requireNonNull(took, "took");
      Objects.requireNonNull(code, "code");
      Objects.requireNonNull(category, "category");
      Objects.requireNonNull(message, "message");
    }
  }

  /**
   * Checks that no part is null.
   *
   * @param connection the connection's id
   * @param user who tested it
   * @param startedAt when it began
   * @param finishedAt when it ended
   * @param status how it ended
   * @param code the id of the first failure's code
   * @param steps what was tried
   * @param server what the source said it is
   */
  public PastTest {
    Objects.requireNonNull(connection, "connection");
    Objects.requireNonNull(user, "user");
    Objects.requireNonNull(startedAt, "startedAt");
    Objects.requireNonNull(finishedAt, "finishedAt");
    Objects.requireNonNull(status, "status");
    Objects.requireNonNull(code, "code");
    Objects.requireNonNull(server, "server");
    steps = List.copyOf(steps);
  }

  /** {@return what kind of failure its first failed step had; empty if it passed} */
  public Optional<Category> category() {
    return steps.stream()
        .filter(step -> step.status() == TestResult.Status.FAILED)
        .findFirst()
        .flatMap(Step::category);
  }

  /** {@return whether it passed with something to say} */
  public boolean hasWarnings() {
    return steps.stream().anyMatch(step -> step.status() == TestResult.Status.WARNING);
  }
}
