package dev.connections.api;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What a test found: its steps in order, and what is known of the server.
 *
 * @param steps in the order they were taken
 * @param server what the source told of itself, as far as the test came
 */
public record TestResult(List<Step> steps, Optional<ServerInfo> server) {

  /** How a step ended. */
  public enum Status {
    /** As it should. */
    PASSED,
    /** It works, and there is something to say. */
    WARNING,
    /** It doesn't work. */
    FAILED,
    /** Not taken, because an earlier one failed. */
    SKIPPED
  }

  /**
   * One step of a test.
   *
   * @param id its stable name; a {@link StandardStep}'s, or the adapter's own
   * @param label what a user sees
   * @param status how it ended
   * @param took how long it took; zero if it was skipped
   * @param failure what went wrong, if the status is FAILED, or what there is to say, if WARNING
   * @param detail what was found, in a few words without secrets
   */
  public record Step(
      String id,
      String label,
      Status status,
      Duration took,
      Optional<Failure> failure,
      Optional<String> detail) {
    /**
     * Takes all parts at once; {@link TestSteps} makes the steps of a test.
     *
     * @param id its stable name
     * @param label what a user sees
     * @param status how it ended
     * @param took how long it took
     * @param failure what went wrong, or what there is to say
     * @param detail what was found
     * @throws IllegalArgumentException if a failure is missing, or is there without cause
     */
    @Internal
    public Step {
      Objects.requireNonNull(id, "id");
      Objects.requireNonNull(label, "label");
      Objects.requireNonNull(took, "took");
      Objects.requireNonNull(detail, "detail");
      boolean expected = status == Status.FAILED || status == Status.WARNING;
      if (failure.isPresent() != expected) {
        throw new IllegalArgumentException(
            status + (expected ? " needs a failure" : " has no failure"));
      }
    }
  }

  /**
   * Keeps an immutable copy of the steps.
   *
   * @param steps in the order they were taken
   * @param server what the source told of itself
   */
  public TestResult {
    steps = List.copyOf(steps);
    Objects.requireNonNull(server, "server");
  }

  /** {@return whether no step failed} */
  public boolean passed() {
    return firstFailure().isEmpty();
  }

  /** {@return whether a step had something to say} */
  public boolean hasWarnings() {
    return steps.stream().anyMatch(step -> step.status() == Status.WARNING);
  }

  /** {@return the failure of the first step that failed} */
  public Optional<Failure> firstFailure() {
    return steps.stream()
        .filter(step -> step.status() == Status.FAILED)
        .findFirst()
        .flatMap(Step::failure);
  }

  /**
   * {@return the step of a name, if it was part of the test}
   *
   * @param id a step's stable name
   */
  public Optional<Step> step(String id) {
    return steps.stream().filter(step -> step.id().equals(id)).findFirst();
  }

  /** {@return the time of all steps together} */
  public Duration took() {
    return steps.stream().map(Step::took).reduce(Duration.ZERO, Duration::plus);
  }
}
