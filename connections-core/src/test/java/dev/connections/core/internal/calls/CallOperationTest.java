package dev.connections.core.internal.calls;

import static dev.connections.core.internal.calls.Fixtures.await;
import static dev.connections.core.internal.calls.Fixtures.failureOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.connections.api.ConnectionException;
import dev.connections.api.ProgressListener;
import dev.connections.api.StandardErrorCode;
import dev.connections.core.CallOptions;
import dev.connections.core.CancelToken;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class CallOperationTest {
  private static final Duration LONG = Duration.ofMinutes(5);
  private static final Duration SHORT = Duration.ofMillis(30);

  private final CallRuntime runtime = new CallRuntime();
  private final CancelToken token = new CancelToken();

  @AfterEach
  void close() {
    runtime.close();
  }

  private CallOperation start(Duration timeout) {
    return runtime.start("test", timeout, token, ProgressListener.NONE);
  }

  @Test
  void an_operation_that_has_time_goes_on() {
    try (CallOperation operation = start(LONG)) {
      operation.checkpoint();

      assertThat(operation.remaining()).isPositive().isLessThanOrEqualTo(LONG);
      assertThat(operation.cancelled()).isFalse();
    }
  }

  @Test
  void at_the_deadline_hooks_run_and_the_operation_ends() {
    try (CallOperation operation = start(SHORT)) {
      CountDownLatch ran = new CountDownLatch(1);
      operation.onCancel(ran::countDown);

      await(ran);

      ConnectionException thrown = failureOf(operation::checkpoint);
      assertThat(thrown.code()).isEqualTo(StandardErrorCode.TIMEOUT);
      assertThat(thrown.failure().message()).isEqualTo("The test took longer than allowed.");
      assertThat(operation.remaining()).isZero();
      assertThat(operation.cancelled()).isFalse();
    }
  }

  @Test
  void a_deadline_that_nobody_was_told_of_yet_is_noticed_at_the_next_checkpoint() {
    runtime.close();
    try (CallOperation operation =
        new CallOperation(runtime, "test", Duration.ZERO, token, ProgressListener.NONE)) {
      assertThat(failureOf(operation::checkpoint).code()).isEqualTo(StandardErrorCode.TIMEOUT);
    }
  }

  @Test
  void cancelling_the_token_runs_hooks_and_ends_the_operation() {
    try (CallOperation operation = start(LONG)) {
      CountDownLatch ran = new CountDownLatch(1);
      operation.onCancel(ran::countDown);

      token.cancel();

      assertThat(operation.cancelled()).isTrue();
      assertThat(operation.remaining()).as("time, which isn't why it ended").isPositive();
      assertThat(failureOf(operation::checkpoint).code()).isEqualTo(StandardErrorCode.CANCELLED);
      await(ran);
    }
  }

  @Test
  void an_operation_whose_token_was_used_before_ends_at_once() {
    token.cancel();
    try (CallOperation operation = start(LONG)) {
      CountDownLatch ran = new CountDownLatch(1);
      assertThat(operation.cancelled()).isTrue();

      operation.onCancel(ran::countDown);

      await(ran);
    }
  }

  @Test
  void what_ended_it_first_stays_the_reason() {
    try (CallOperation operation = start(SHORT)) {
      CountDownLatch ran = new CountDownLatch(1);
      operation.onCancel(ran::countDown);
      await(ran);

      token.cancel();

      assertThat(operation.cancelled()).isFalse();
      assertThat(failureOf(operation::checkpoint).code()).isEqualTo(StandardErrorCode.TIMEOUT);
    }
  }

  @Test
  void a_hook_that_blocks_or_throws_does_not_hold_up_the_others_nor_who_cancels() {
    CountDownLatch blocked = new CountDownLatch(1);
    CountDownLatch ran = new CountDownLatch(1);
    try (CallOperation operation = start(LONG)) {
      operation.onCancel(() -> await(blocked));
      operation.onCancel(
          () -> {
            throw new IllegalStateException("boom");
          });
      operation.onCancel(ran::countDown);

      token.cancel();

      await(ran);
    } finally {
      blocked.countDown();
    }
  }

  @Test
  void an_operation_that_is_over_runs_no_hook() {
    AtomicInteger runs = new AtomicInteger();
    CallOperation operation = start(LONG);
    operation.onCancel(runs::incrementAndGet);
    operation.close();

    token.cancel();
    runtime.close();
    assertThat(operation.cancelled()).isFalse();
    // Closing has also made the runtime run hooks on this thread, were there any.
    operation.cancel();

    assertThat(runs).hasValue(0);
  }

  @Test
  void without_progress_an_operation_ends_at_its_idle_limit() {
    try (CallOperation operation = start(LONG).withIdleLimit(SHORT)) {
      CountDownLatch ran = new CountDownLatch(1);
      operation.onCancel(ran::countDown);
      assertThat(operation.remaining()).isLessThanOrEqualTo(SHORT);

      await(ran);

      ConnectionException thrown = failureOf(operation::checkpoint);
      assertThat(thrown.code()).isEqualTo(StandardErrorCode.TIMEOUT);
      assertThat(thrown.failure().message())
          .isEqualTo("The test was ended because it made no progress for 30 ms.");
      assertThat(thrown.failure().remedy()).isPresent();
      operation.touch();
      assertThat(operation.remaining()).as("it has ended for good").isZero();
    }
  }

  @Test
  void an_idle_limit_that_nobody_was_told_of_yet_is_noticed_at_the_next_checkpoint() {
    runtime.close();
    try (CallOperation operation =
        new CallOperation(runtime, "test", LONG, token, ProgressListener.NONE)
            .withIdleLimit(SHORT)) {
      while (!operation.remaining().isZero()) {
        Thread.onSpinWait();
      }

      assertThat(failureOf(operation::checkpoint).failure().message()).contains("no progress");
    }
  }

  @Test
  void progress_keeps_an_operation_beyond_its_idle_limit() {
    try (CallOperation operation = start(LONG).withIdleLimit(LONG.dividedBy(2))) {
      Duration before;
      do { // without progress it has less and less time
        before = operation.remaining();
        operation.progress().progress("reading", 1, OptionalLong.empty());
      } while (operation.remaining().compareTo(before) <= 0);

      operation.checkpoint();
    }
  }

  @Test
  void the_listener_of_the_host_hears_progress_and_may_throw() {
    List<String> heard = new ArrayList<>();
    ProgressListener listener =
        (phase, done, total) -> {
          heard.add(phase + " " + done + "/" + total.orElse(-1));
          throw new IllegalStateException("the host's own trouble");
        };
    try (CallOperation operation = runtime.start("import", LONG, token, listener)) {
      operation.progress().progress("reading", 2, OptionalLong.of(3));

      assertThat(heard).containsExactly("reading 2/3");
    }
  }

  @Test
  void an_interrupted_thread_does_not_pass_a_checkpoint_and_keeps_its_flag() {
    try (CallOperation operation = start(LONG)) {
      Thread.currentThread().interrupt();
      ConnectionException thrown;
      boolean flag;
      try {
        thrown = failureOf(operation::checkpoint);
      } finally {
        flag = Thread.interrupted();
      }

      assertThat(thrown.code()).isEqualTo(StandardErrorCode.CANCELLED);
      assertThat(flag).isTrue();
      operation.checkpoint();
    }
  }

  @Test
  void the_host_decides_on_the_time_or_the_usual_holds() {
    try (CallOperation usual = runtime.start("test", LONG, CallOptions.defaults());
        CallOperation own =
            runtime.start("test", LONG, CallOptions.defaults().withTimeout(LONG.dividedBy(2)))) {
      assertThat(usual.remaining()).isGreaterThan(LONG.dividedBy(2));
      assertThat(own.remaining()).isLessThanOrEqualTo(LONG.dividedBy(2));
    }
  }

  @Test
  void a_time_beyond_all_measure_is_a_very_long_time() {
    try (CallOperation operation = start(Duration.ofSeconds(Long.MAX_VALUE))) {
      assertThat(operation.remaining()).isGreaterThan(Duration.ofDays(10_000));
    }
  }

  @Test
  void closing_the_runtime_cancels_what_is_under_way_and_lets_nothing_begin() {
    CountDownLatch ran = new CountDownLatch(1);
    try (CallOperation operation = start(LONG)) {
      operation.onCancel(ran::countDown);

      runtime.close();

      await(ran);
      assertThat(operation.cancelled()).isTrue();
      assertThatThrownBy(() -> start(LONG)).isInstanceOf(IllegalStateException.class);
    }
  }

  @Test
  void times_are_told_in_words() {
    assertThat(Nanos.inWords(Duration.ofDays(2).toNanos())).isEqualTo("2 days");
    assertThat(Nanos.inWords(Duration.ofHours(1).toNanos())).isEqualTo("an hour");
    assertThat(Nanos.inWords(Duration.ofMinutes(5).toNanos())).isEqualTo("5 minutes");
    assertThat(Nanos.inWords(Duration.ofMinutes(1).toNanos())).isEqualTo("a minute");
    assertThat(Nanos.inWords(Duration.ofSeconds(90).toNanos())).isEqualTo("90 seconds");
    assertThat(Nanos.inWords(Duration.ofSeconds(1).toNanos())).isEqualTo("a second");
    assertThat(Nanos.inWords(Duration.ofMillis(7).toNanos())).isEqualTo("7 ms");
    assertThat(Nanos.of(Duration.ofSeconds(-1))).isZero();
  }
}
