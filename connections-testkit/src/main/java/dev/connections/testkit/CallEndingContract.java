package dev.connections.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.connections.api.ConnectionException;
import dev.connections.api.StandardErrorCode;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** The part of {@link RemoteCallsContract} about deadlines, cancelling and interruption. */
abstract class CallEndingContract extends CallRepetitionContract {
  @Test
  final void a_call_that_takes_longer_than_its_operation_may_is_ended_by_its_hook() {
    CountDownLatch hookRan = new CountDownLatch(1);

    ConnectionException thrown =
        failureOf(
            () ->
                calls(ROOMY)
                    .read(
                        "read",
                        TestOperation.within(BEGINS_WITHIN),
                        attempt -> untilEnded(attempt, hookRan)));

    assertThat(thrown.code()).isEqualTo(StandardErrorCode.TIMEOUT);
    assertThat(reached(hookRan)).as("the attempt's hook ran").isTrue();
  }

  @Test
  final void a_call_that_ignores_its_hook_and_interruption_does_not_hold_its_caller() {
    ConnectionException thrown =
        failureOf(
            () -> calls(ROOMY).read("read", TestOperation.within(SHORT), attempt -> deafly()));

    assertThat(thrown.code()).isEqualTo(StandardErrorCode.TIMEOUT);
    assertThat(released.getCount()).as("the call is still blocked").isEqualTo(1);
  }

  @Test
  final void an_operation_whose_time_is_over_makes_no_attempt() {
    AtomicInteger attempts = new AtomicInteger();

    ConnectionException thrown =
        failureOf(
            () ->
                calls(ROOMY)
                    .read(
                        "read",
                        TestOperation.within(Duration.ZERO),
                        attempt -> attempts.incrementAndGet()));

    assertThat(thrown.code()).isEqualTo(StandardErrorCode.TIMEOUT);
    assertThat(attempts).hasValue(0);
  }

  @Test
  final void a_cancelled_operation_makes_no_attempt() {
    AtomicInteger attempts = new AtomicInteger();
    TestOperation operation = TestOperation.start();
    operation.cancel();

    ConnectionException thrown =
        failureOf(
            () -> calls(ROOMY).read("read", operation, attempt -> attempts.incrementAndGet()));

    assertThat(thrown.code()).isEqualTo(StandardErrorCode.CANCELLED);
    assertThat(attempts).hasValue(0);
  }

  @Test
  final void cancelling_ends_a_running_call_by_its_hook() {
    TestOperation operation = TestOperation.within(LONG);
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch hookRan = new CountDownLatch(1);

    CompletableFuture<ConnectionException> outcome =
        inBackground(
            () ->
                calls(ROOMY)
                    .read(
                        "read",
                        operation,
                        attempt -> {
                          begun.countDown();
                          return untilEnded(attempt, hookRan);
                        }));
    await(begun);
    operation.cancel();

    assertThat(outcome.join().code()).isEqualTo(StandardErrorCode.CANCELLED);
    assertThat(reached(hookRan)).as("the attempt's hook ran").isTrue();
  }

  @Test
  final void cancelling_ends_the_wait_before_a_repetition() {
    TestOperation operation = TestOperation.within(LONG);
    CountDownLatch begun = new CountDownLatch(1);

    CompletableFuture<ConnectionException> outcome =
        inBackground(
            () ->
                calls(ROOMY)
                    .read(
                        "read",
                        operation,
                        attempt -> {
                          begun.countDown();
                          throw failure(StandardErrorCode.THROTTLED).retryAfter(LONG.dividedBy(2));
                        }));
    await(begun);
    operation.cancel();

    assertThat(outcome.join().code()).isEqualTo(StandardErrorCode.CANCELLED);
  }

  @Test
  final void interruption_becomes_cancelled_with_the_flag_set_again() {
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch hookRan = new CountDownLatch(1);
    CompletableFuture<Boolean> flag = new CompletableFuture<>();
    CompletableFuture<ConnectionException> outcome = new CompletableFuture<>();
    Thread caller =
        new Thread(
            () -> {
              Throwable thrown =
                  catchThrowable(
                      () ->
                          calls(ROOMY)
                              .read(
                                  "read",
                                  TestOperation.within(LONG),
                                  attempt -> {
                                    begun.countDown();
                                    return untilEnded(attempt, hookRan);
                                  }));
              flag.complete(Thread.currentThread().isInterrupted());
              complete(outcome, Optional.ofNullable(thrown));
            });
    caller.start();
    await(begun);
    caller.interrupt();

    assertThat(outcome.join().code()).isEqualTo(StandardErrorCode.CANCELLED);
    assertThat(flag.join()).as("the thread's flag").isTrue();
    assertThat(reached(hookRan)).as("the attempt's hook ran").isTrue();
  }

  @Test
  final void an_interruption_that_the_call_itself_reports_becomes_cancelled() {
    ConnectionException thrown;
    boolean flag;
    try {
      thrown =
          failureOf(
              () ->
                  calls(ROOMY)
                      .read(
                          "read",
                          TestOperation.start(),
                          attempt -> {
                            throw new InterruptedException();
                          }));
    } finally {
      flag = Thread.interrupted();
    }

    assertThat(thrown.code()).isEqualTo(StandardErrorCode.CANCELLED);
    assertThat(flag).as("the thread's flag").isTrue();
  }

  @Test
  final void a_hook_that_was_taken_back_does_not_run() {
    AtomicInteger runs = new AtomicInteger();

    failureOf(
        () ->
            calls(ROOMY)
                .read(
                    "read",
                    TestOperation.within(SHORT),
                    attempt -> {
                      attempt.onCancel(runs::incrementAndGet).close();
                      return untilEnded(attempt, new CountDownLatch(1));
                    }));

    assertThat(runs).hasValue(0);
  }
}
