package dev.connections.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.connections.api.ConfigurationProblem;
import dev.connections.api.ConfigurationSpec;
import dev.connections.api.ConfigurationValues;
import dev.connections.api.ConnectionAdapter;
import dev.connections.api.ConnectionException;
import dev.connections.api.ErrorCode;
import dev.connections.api.Failure;
import dev.connections.api.StandardStep;
import dev.connections.api.TestResult;
import dev.connections.api.TestResult.Status;
import dev.connections.testkit.BrokenConfiguration.FoundBy;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** The test of a connection: its steps, and how it tells what is wrong. */
interface TestingContract extends AdapterUnderTest {
  /** How long a test may take at default settings. */
  Duration TEST_LIMIT = Duration.ofSeconds(5);

  @Test
  default void a_good_configuration_passes_every_step(AdapterTrial trial) {
    TestResult result = trial.open().test(TestOperation.start());

    assertThat(result.steps()).as("steps").isNotEmpty();
    assertThat(result.firstFailure()).as("first failure").isEmpty();
    assertThat(result.steps())
        .allSatisfy(
            step ->
                assertThat(step.status())
                    .as("status of the step %s", step.id())
                    .isIn(Status.PASSED, Status.WARNING));
  }

  @Test
  default void the_standard_steps_come_in_their_order(AdapterTrial trial) {
    List<TestResult.Step> steps = trial.open().test(TestOperation.start()).steps();
    List<StandardStep> standard =
        steps.stream().flatMap(step -> StandardStep.ofId(step.id()).stream()).toList();

    assertThat(standard).as("standard steps").isSorted().doesNotHaveDuplicates().isNotEmpty();
    assertThat(standard).as("steps of the adapter").doesNotContain(StandardStep.VALIDATE);
    assertThat(steps).extracting(TestResult.Step::id).as("ids of steps").doesNotHaveDuplicates();
    assertThat(steps)
        .allSatisfy(
            step -> assertThat(step.label()).as("label of the step %s", step.id()).isNotBlank());
  }

  @TestFactory
  default Stream<DynamicTest> a_broken_configuration_fails_with_the_code_and_the_field_declared(
      AdapterTrial trial) {
    assertThat(brokenConfigurations()).as("broken configurations").isNotEmpty();
    return brokenConfigurations().stream()
        .map(
            broken ->
                DynamicTest.dynamicTest(
                    broken.description(),
                    () -> {
                      List<ConfigurationProblem> problems =
                          provider().configuration().validate(broken.values());
                      assertThat(problems)
                          .as("problems found offline")
                          .matches(
                              found -> found.isEmpty() == (broken.foundBy() == FoundBy.TEST),
                              broken.foundBy() == FoundBy.TEST ? "none" : "some");
                      checkFailure(failureOf(trial, broken), broken);
                    }));
  }

  private static Failure failureOf(AdapterTrial trial, BrokenConfiguration broken) {
    try {
      return trial
          .open(broken.values())
          .test(TestOperation.start())
          .firstFailure()
          .orElseThrow(() -> new AssertionError("the test passed: " + broken.description()));
    } catch (RuntimeException e) {
      return AdapterTrial.typed("a broken configuration", e).failure();
    }
  }

  private void checkFailure(Failure failure, BrokenConfiguration broken) {
    ConfigurationSpec spec = provider().configuration();
    assertThat(failure.code()).as("code").extracting(ErrorCode::id).isEqualTo(broken.code().id());
    assertThat(failure.message()).as("message").isNotBlank().matches("(?s).*[.?!]");
    assertThat(failure.remedy()).as("remedy").isPresent();
    assertThat(failure.remedy().orElseThrow()).as("remedy").isNotBlank();
    assertThat(failure.fields()).as("fields to look at").contains(broken.field());
    boolean unknownFieldDeclared = spec.field(broken.field()).isEmpty();
    assertThat(failure.fields())
        .as("fields to look at")
        .allMatch(path -> unknownFieldDeclared || spec.field(path).isPresent(), "in the spec");
  }

  @Test
  default void what_follows_a_failed_step_is_skipped(AdapterTrial trial) {
    List<String> all =
        trial.open().test(TestOperation.start()).steps().stream().map(TestResult.Step::id).toList();
    for (BrokenConfiguration broken : brokenConfigurations()) {
      if (broken.foundBy() == FoundBy.TEST) {
        Optional<ConnectionAdapter> adapter = opened(trial, broken.values());
        if (adapter.isPresent()) {
          checkSkipped(broken, adapter.get().test(TestOperation.start()), all);
        }
      }
    }
  }

  private static Optional<ConnectionAdapter> opened(
      AdapterTrial trial, ConfigurationValues values) {
    try {
      return Optional.of(trial.open(values));
    } catch (ConnectionException refusedWhenOpening) {
      return Optional.empty();
    }
  }

  private static void checkSkipped(
      BrokenConfiguration broken, TestResult result, List<String> all) {
    List<Status> statuses = result.steps().stream().map(TestResult.Step::status).toList();
    int failed = statuses.indexOf(Status.FAILED);
    assertThat(failed).as("place of the failed step: %s", broken.description()).isNotNegative();
    assertThat(statuses.subList(0, failed))
        .as("before the failed step: %s", broken.description())
        .allMatch(status -> status == Status.PASSED || status == Status.WARNING);
    assertThat(statuses.subList(failed + 1, statuses.size()))
        .as("after the failed step: %s", broken.description())
        .allMatch(status -> status == Status.SKIPPED);
    StandardStep.ofId(all.get(all.size() - 1))
        .ifPresent(
            last ->
                assertThat(result.step(last.id()))
                    .as("the last step is told, skipped or not: %s", broken.description())
                    .isPresent());
  }

  @Test
  default void a_test_is_over_in_five_seconds_with_a_tenth_of_a_second_of_latency(
      AdapterTrial trial) throws Exception {
    Optional<ConfigurationValues> slow = withLatency(Duration.ofMillis(100));
    assumeTrue(slow.isPresent(), "this adapter's calls can't be slowed down");
    ConnectionAdapter adapter = trial.open(slow.orElseThrow());

    TestResult result;
    try {
      result = testedInTime(adapter);
    } catch (AssertionError perhapsTheMachineStalled) {
      result = testedInTime(trial.open(slow.orElseThrow()));
    }
    assertThat(result.firstFailure()).as("first failure").isEmpty();
  }

  private static TestResult testedInTime(ConnectionAdapter adapter) throws Exception {
    return Bounded.start("test", () -> adapter.test(TestOperation.start())).await(TEST_LIMIT);
  }
}
