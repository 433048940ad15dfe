package dev.connections.api;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Takes the steps of a test in order: times them, turns what they throw into failures, and skips
 * what follows a failed one.
 *
 * <pre>{@code
 * return TestSteps.of(operation)
 *     .step(StandardStep.CONNECT, step -> connect())
 *     .step("license", "Check the license", step -> license().ifPresent(step::warn))
 *     .result();
 * }</pre>
 *
 * <p>Belongs to one test and one thread.
 */
public final class TestSteps {
  private final Operation operation;
  private final List<TestResult.Step> steps = new ArrayList<>();
  private boolean failed;
  private Optional<ServerInfo> server = Optional.empty();

  private TestSteps(Operation operation) {
    this.operation = operation;
  }

  /**
   * {@return the steps of a new test}
   *
   * @param operation deadline and cancellation of the test
   */
  public static TestSteps of(Operation operation) {
    return new TestSteps(operation);
  }

  /**
   * Takes a standard step.
   *
   * @param step which one
   * @param body what it does
   * @return these steps
   * @throws ConnectionException with {@link StandardErrorCode#CANCELLED} if the test is cancelled
   */
  public TestSteps step(StandardStep step, Body body) {
    return step(step.id(), step.label(), body);
  }

  /**
   * Takes a step of the adapter's own.
   *
   * @param id a stable lower-case name
   * @param label what a user sees
   * @param body what it does
   * @return these steps
   * @throws ConnectionException with {@link StandardErrorCode#CANCELLED} if the test is cancelled
   */
  public TestSteps step(String id, String label, Body body) {
    if (failed) {
      add(id, label, TestResult.Status.SKIPPED, Duration.ZERO, Optional.empty(), Optional.empty());
      return this;
    }
    Findings findings = new Findings();
    long start = System.nanoTime();
    Optional<Failure> failure = failureOf(body, findings);
    Duration took = Duration.ofNanos(System.nanoTime() - start);
    if (failure.isPresent()) {
      failed = true;
      add(id, label, TestResult.Status.FAILED, took, failure, findings.detail);
    } else if (findings.warning.isPresent()) {
      add(id, label, TestResult.Status.WARNING, took, findings.warning, findings.detail);
    } else {
      add(id, label, TestResult.Status.PASSED, took, Optional.empty(), findings.detail);
    }
    return this;
  }

  private Optional<Failure> failureOf(Body body, Findings findings) {
    try {
      operation.checkpoint();
      body.take(findings);
      return Optional.empty();
    } catch (ConnectionException e) {
      if (e.category() == Category.CANCELLED) {
        throw e;
      }
      return Optional.of(e.failure());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw StandardFailures.cancelled().asException(e);
    } catch (Exception e) { // a defect of the adapter, told without its text
      return Optional.of(StandardFailures.internal(e));
    }
  }

  private void add(
      String id,
      String label,
      TestResult.Status status,
      Duration took,
      Optional<Failure> failure,
      Optional<String> detail) {
    steps.add(new TestResult.Step(id, label, status, took, failure, detail));
  }

  /**
   * Notes what the source told of itself.
   *
   * @param info replaces what was noted before
   * @return these steps
   */
  public TestSteps server(ServerInfo info) {
    server = Optional.of(info);
    return this;
  }

  /** {@return the result of the steps taken so far} */
  public TestResult result() {
    return new TestResult(steps, server);
  }

  /** What a step does. */
  @FunctionalInterface
  public interface Body {
    /**
     * Does it. Returning means that the step passed.
     *
     * @param findings where to say what was found
     * @throws Exception a {@link ConnectionException} if the step failed; anything else counts as a
     *     defect of the adapter
     */
    void take(Findings findings) throws Exception;
  }

  /** What a step found, beside having passed. Belongs to one step. */
  public static final class Findings {
    private Optional<Failure> warning = Optional.empty();
    private Optional<String> detail = Optional.empty();

    private Findings() {}

    /**
     * Says that the step works and that there is something to say. The first warning is kept.
     *
     * @param failure what there is to say
     */
    public void warn(Failure failure) {
      if (warning.isEmpty()) {
        warning = Optional.of(failure);
      }
    }

    /**
     * Says what was found.
     *
     * @param text a few words without secrets
     */
    public void detail(String text) {
      detail = Optional.of(text);
    }
  }
}
