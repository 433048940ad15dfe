package dev.connections.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.connections.api.TestResult.Status;
import dev.connections.api.TestResult.Step;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class TestStepsTest {
  private static final Failure REFUSED =
      Failure.of(StandardErrorCode.CONNECTION_REFUSED, "Refused.");

  private boolean cancelled;

  private final Operation operation =
      new Operation() {
        @Override
        public Duration remaining() {
          return Duration.ofSeconds(1);
        }

        @Override
        public boolean cancelled() {
          return cancelled;
        }

        @Override
        public Registration onCancel(Runnable hook) {
          return () -> {};
        }

        @Override
        public void checkpoint() {
          if (cancelled) {
            throw StandardFailures.cancelled().asException();
          }
        }

        @Override
        public ProgressListener progress() {
          return ProgressListener.NONE;
        }
      };

  @AfterEach
  void clearTheInterruptFlag() {
    Thread.interrupted();
  }

  @Test
  void steps_are_taken_in_order_and_say_what_they_found() {
    List<String> taken = new ArrayList<>();
    ServerInfo server = new ServerInfo("X", Optional.of("1"), Map.of("Edition", "E"));

    TestResult result =
        TestSteps.of(operation)
            .step(StandardStep.RESOLVE, findings -> taken.add("resolve"))
            .step(
                StandardStep.CONNECT,
                findings -> {
                  taken.add("connect");
                  findings.detail("10.0.0.1:7");
                })
            .server(server)
            .result();

    assertThat(taken).containsExactly("resolve", "connect");
    assertThat(result.passed()).isTrue();
    assertThat(result.hasWarnings()).isFalse();
    assertThat(result.server()).contains(server);
    assertThat(result.step("connect").orElseThrow().detail()).contains("10.0.0.1:7");
    assertThat(result.step("connect").orElseThrow().label()).isEqualTo("Connect");
    assertThat(result.took()).isPositive();
  }

  @Test
  void what_follows_a_failed_step_is_skipped() {
    List<String> taken = new ArrayList<>();

    TestResult result =
        TestSteps.of(operation)
            .step(
                StandardStep.CONNECT,
                findings -> {
                  throw REFUSED.asException();
                })
            .step("license", "Check the license", findings -> taken.add("license"))
            .result();

    assertThat(taken).isEmpty();
    assertThat(result.passed()).isFalse();
    assertThat(result.firstFailure()).contains(REFUSED);
    assertThat(result.steps())
        .extracting(Step::status)
        .containsExactly(Status.FAILED, Status.SKIPPED);
    assertThat(result.steps().get(1).took()).isZero();
  }

  @Test
  void a_warning_does_not_end_the_test_and_the_first_one_is_kept() {
    TestResult result =
        TestSteps.of(operation)
            .step(
                StandardStep.AUTHORIZE,
                findings -> {
                  findings.warn(REFUSED);
                  findings.warn(StandardFailures.cancelled());
                })
            .step(StandardStep.READ, findings -> {})
            .result();

    assertThat(result.passed()).isTrue();
    assertThat(result.hasWarnings()).isTrue();
    assertThat(result.steps().get(0).failure()).contains(REFUSED);
  }

  @Test
  void a_foreign_exception_is_a_defect_told_without_its_text() {
    TestResult result =
        TestSteps.of(operation)
            .step(
                StandardStep.CONNECT,
                findings -> {
                  throw new java.io.IOException("canary");
                })
            .result();

    Failure failure = result.firstFailure().orElseThrow();
    assertThat(failure.code()).isEqualTo(StandardErrorCode.INTERNAL);
    assertThat(failure.message()).contains("IOException").doesNotContain("canary");
  }

  @Test
  void a_cancelled_test_throws_instead_of_answering() {
    cancelled = true;

    assertThatThrownBy(() -> TestSteps.of(operation).step(StandardStep.CONNECT, findings -> {}))
        .isInstanceOfSatisfying(
            ConnectionException.class, e -> assertThat(e.is(StandardErrorCode.CANCELLED)).isTrue());
  }

  @Test
  void an_interrupted_test_is_cancelled_and_the_flag_is_set_again() {
    assertThatThrownBy(
            () ->
                TestSteps.of(operation)
                    .step(
                        StandardStep.CONNECT,
                        findings -> {
                          throw new InterruptedException();
                        }))
        .isInstanceOfSatisfying(
            ConnectionException.class, e -> assertThat(e.category()).isEqualTo(Category.CANCELLED));
    assertThat(Thread.currentThread().isInterrupted()).isTrue();
  }

  @Test
  void a_step_has_a_failure_exactly_if_it_failed_or_warns() {
    assertThatThrownBy(
            () ->
                new Step(
                    "a", "A", Status.PASSED, Duration.ZERO, Optional.of(REFUSED), Optional.empty()))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(
            () ->
                new Step(
                    "a", "A", Status.FAILED, Duration.ZERO, Optional.empty(), Optional.empty()))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void standard_steps_are_found_by_their_stable_names() {
    assertThat(StandardStep.ofId("authenticate")).contains(StandardStep.AUTHENTICATE);
    assertThat(StandardStep.ofId("license")).isEmpty();
    assertThat(StandardStep.values())
        .extracting(StandardStep::id)
        .containsExactly(
            "validate", "resolve", "connect", "tls", "authenticate", "authorize", "read");
  }
}
