package dev.connections.testkit;

import dev.connections.api.ConnectionAdapter;
import dev.connections.api.ErrorCode;
import dev.connections.api.Failure;
import dev.connections.api.Operation;
import dev.connections.api.StandardErrorCode;
import dev.connections.api.TestResult;
import dev.connections.api.TestResult.Status;
import dev.connections.api.TestResult.Step;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** Adapters whose test says the wrong thing. */
final class TestingMisbehaviours {
  private static final String STEP_ORDER = "the_standard_steps_come_in_their_order";
  private static final String SKIPPING = "what_follows_a_failed_step_is_skipped";
  private static final String BROKEN =
      "a_broken_configuration_fails_with_the_code_and_the_field_declared";

  private TestingMisbehaviours() {}

  static final List<Misbehaviour> ALL =
      List.of(
          Misbehaviour.of(
              "takes the steps in the wrong order",
              steps(TestingMisbehaviours::reversed),
              STEP_ORDER,
              SKIPPING),
          Misbehaviour.of(
              "takes core's step",
              steps(
                  steps -> {
                    List<Step> more = new ArrayList<>(steps);
                    more.add(0, step("validate", Status.PASSED, Optional.empty()));
                    return more;
                  }),
              STEP_ORDER),
          Misbehaviour.of(
              "doesn't tell the steps it skips",
              steps(
                  steps -> steps.stream().filter(step -> step.status() != Status.SKIPPED).toList()),
              SKIPPING),
          Misbehaviour.of(
              "says that steps passed which it didn't take",
              steps(
                  steps ->
                      steps.stream()
                          .map(
                              step ->
                                  step.status() == Status.SKIPPED
                                      ? step(step.id(), Status.PASSED, Optional.empty())
                                      : step)
                          .toList()),
              SKIPPING),
          Misbehaviour.of(
              "passes whatever is wrong", steps(TestingMisbehaviours::passing), BROKEN, SKIPPING),
          Misbehaviour.of(
              "fails though nothing is wrong",
              steps(
                  steps -> {
                    List<Step> more = new ArrayList<>(steps);
                    more.add(
                        step("mood", Status.FAILED, Optional.of(SyntheticFailures.throttled())));
                    return more;
                  }),
              "a_good_configuration_passes_every_step",
              "a_migrated_configuration_works",
              SKIPPING),
          Misbehaviour.of(
              "gives another code",
              failure(failure -> recoded(StandardErrorCode.PERMISSION_DENIED, failure)),
              BROKEN),
          Misbehaviour.of(
              "names no field", failure(failure -> failure.withFieldPaths(List.of())), BROKEN),
          Misbehaviour.of(
              "names a field that isn't there",
              failure(failure -> failure.withFieldPaths(with("nix", failure.fields()))),
              BROKEN),
          Misbehaviour.of("gives no remedy", failure(TestingMisbehaviours::withoutRemedy), BROKEN),
          Misbehaviour.slow(
              "makes sixty calls for a test",
              Twist.adapter(TestingMisbehaviours::busy),
              "a_test_is_over_in_five_seconds_with_a_tenth_of_a_second_of_latency"));

  private static ConnectionAdapter busy(ConnectionAdapter adapter) {
    return new TwistedAdapter(adapter) {
      @Override
      public TestResult test(Operation operation) {
        TestResult result = super.test(operation);
        for (int i = 0; i < 60 && result.passed(); i++) {
          adapter.listSchemas(operation);
        }
        return result;
      }
    };
  }

  private static Twist steps(UnaryOperator<List<Step>> change) {
    return Twist.adapter(
        adapter ->
            new TwistedAdapter(adapter) {
              @Override
              public TestResult test(Operation operation) {
                TestResult result = super.test(operation);
                boolean ended =
                    result
                        .firstFailure()
                        .map(failure -> ENDINGS.contains(failure.code()))
                        .orElse(false);
                return ended
                    ? result
                    : new TestResult(change.apply(result.steps()), result.server());
              }
            });
  }

  /** How an operation or an adapter ended is told truly. */
  private static final List<ErrorCode> ENDINGS =
      List.of(StandardErrorCode.TIMEOUT, StandardErrorCode.CANCELLED);

  private static Twist failure(UnaryOperator<Failure> change) {
    return steps(
        steps ->
            steps.stream()
                .map(
                    step ->
                        step.status() == Status.FAILED
                            ? step(step.id(), Status.FAILED, step.failure().map(change))
                            : step)
                .toList());
  }

  private static List<Step> reversed(List<Step> steps) {
    List<Step> reversed = new ArrayList<>(steps);
    Collections.reverse(reversed);
    return reversed;
  }

  private static List<Step> passing(List<Step> steps) {
    return steps.stream().map(step -> step(step.id(), Status.PASSED, Optional.empty())).toList();
  }

  private static Step step(String id, Status status, Optional<Failure> failure) {
    return new Step(id, "Step " + id, status, Duration.ZERO, failure, Optional.empty());
  }

  private static Failure recoded(ErrorCode code, Failure failure) {
    return new Failure(
        code, failure.message(), failure.remedy(), failure.fields(), failure.vendorCode());
  }

  private static Failure withoutRemedy(Failure failure) {
    return new Failure(
        failure.code(),
        failure.message(),
        Optional.empty(),
        failure.fields(),
        failure.vendorCode());
  }

  private static List<String> with(String more, List<String> fields) {
    List<String> all = new ArrayList<>(fields);
    all.add(more);
    return all;
  }
}
