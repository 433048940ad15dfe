package dev.connections.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.connections.api.Attempt;
import dev.connections.api.CallLimits;
import dev.connections.api.ConnectionException;
import dev.connections.api.ErrorCode;
import dev.connections.api.Quota;
import dev.connections.api.Registration;
import dev.connections.api.RemoteCalls;
import dev.connections.api.StandardErrorCode;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * What every implementation of {@link RemoteCalls} keeps, so that an adapter which works with one
 * works with all of them.
 *
 * <p>JUnit makes one instance for each test.
 */
@Timeout(value = 25, unit = TimeUnit.SECONDS)
public abstract class RemoteCallsContract {
  private static final Duration LONG = Duration.ofSeconds(60);
  private static final Duration SHORT = Duration.ofMillis(150);
  private static final CallLimits ROOMY = CallLimits.parallel(4);

  /** Lets go whatever a test still blocks. */
  private final CountDownLatch released = new CountDownLatch(1);

  /** For subclasses. */
  protected RemoteCallsContract() {}

  /**
   * {@return the implementation under test}
   *
   * @param limits what the source bears
   */
  protected abstract RemoteCalls calls(CallLimits limits);

  /** Lets go what a test left blocked. */
  @AfterEach
  final void release() {
    released.countDown();
  }

  @Test
  final void what_the_call_gives_is_passed_through() {
    RemoteCalls calls = calls(ROOMY);

    assertThat(calls.<String>read("read", TestOperation.start(), attempt -> "answer"))
        .isEqualTo("answer");
    assertThat(calls.<String>write("write", TestOperation.start(), attempt -> "answer"))
        .isEqualTo("answer");
  }

  @Test
  final void a_transient_failure_is_repeated_and_attempts_are_numbered_from_one() {
    List<Integer> numbers = new ArrayList<>();

    String answer =
        calls(ROOMY)
            .read(
                "read",
                TestOperation.start(),
                attempt -> {
                  numbers.add(attempt.number());
                  if (attempt.number() < 3) {
                    throw failure(StandardErrorCode.UNAVAILABLE);
                  }
                  return "answer";
                });

    assertThat(answer).isEqualTo("answer");
    assertThat(numbers).containsExactly(1, 2, 3);
  }

  @Test
  final void a_failure_that_stays_is_thrown_after_a_few_attempts() {
    AtomicInteger attempts = new AtomicInteger();

    ConnectionException thrown =
        failureOf(
            () ->
                calls(ROOMY)
                    .read(
                        "read",
                        TestOperation.start(),
                        attempt -> {
                          attempts.incrementAndGet();
                          throw failure(StandardErrorCode.CONNECTION_LOST);
                        }));

    assertThat(thrown.code()).isEqualTo(StandardErrorCode.CONNECTION_LOST);
    assertThat(attempts).hasValueBetween(2, 10);
  }

  @Test
  final void wrong_credentials_are_never_repeated() {
    assertThat(attemptsUntil(StandardErrorCode.WRONG_CREDENTIALS)).isEqualTo(1);
    assertThat(attemptsUntil(StandardErrorCode.EXPIRED_CREDENTIALS)).isEqualTo(1);
    assertThat(attemptsUntil(StandardErrorCode.ACCOUNT_LOCKED)).isEqualTo(1);
  }

  @Test
  final void a_failure_that_would_come_again_is_not_repeated() {
    assertThat(attemptsUntil(StandardErrorCode.PERMISSION_DENIED)).isEqualTo(1);
    assertThat(attemptsUntil(StandardErrorCode.QUOTA_EXHAUSTED)).isEqualTo(1);
    assertThat(attemptsUntil(StandardErrorCode.UNKNOWN_HOST)).isEqualTo(1);
    assertThat(attemptsUntil(StandardErrorCode.MALFORMED_DATA)).isEqualTo(1);
  }

  @Test
  final void a_write_is_tried_once_even_if_its_failure_is_transient() {
    AtomicInteger attempts = new AtomicInteger();

    ConnectionException thrown =
        failureOf(
            () ->
                calls(ROOMY)
                    .write(
                        "write",
                        TestOperation.start(),
                        attempt -> {
                          attempts.incrementAndGet();
                          throw failure(StandardErrorCode.UNAVAILABLE);
                        }));

    assertThat(thrown.code()).isEqualTo(StandardErrorCode.UNAVAILABLE);
    assertThat(attempts).hasValue(1);
  }

  @Test
  final void the_time_that_the_source_asked_for_is_waited() {
    Duration asked = Duration.ofMillis(120);
    List<Long> begins = new ArrayList<>();

    calls(ROOMY)
        .<String>read(
            "read",
            TestOperation.start(),
            attempt -> {
              begins.add(System.nanoTime());
              if (attempt.number() == 1) {
                throw failure(StandardErrorCode.THROTTLED).retryAfter(asked);
              }
              return "answer";
            });

    assertThat(begins).hasSize(2);
    assertThat(Duration.ofNanos(begins.get(1) - begins.get(0))).isGreaterThanOrEqualTo(asked);
  }

  @Test
  final void a_time_to_wait_beyond_the_deadline_fails_at_once_with_the_failure() {
    AtomicInteger attempts = new AtomicInteger();
    Duration asked = LONG.plusSeconds(60);

    ConnectionException thrown =
        failureOf(
            () ->
                calls(ROOMY)
                    .read(
                        "read",
                        TestOperation.within(LONG),
                        attempt -> {
                          attempts.incrementAndGet();
                          throw failure(StandardErrorCode.THROTTLED).retryAfter(asked);
                        }));

    assertThat(thrown.code()).isEqualTo(StandardErrorCode.THROTTLED);
    assertThat(thrown.retryAfter()).contains(asked);
    assertThat(attempts).hasValue(1);
  }

  @Test
  final void a_call_that_takes_longer_than_its_operation_may_is_ended_by_its_hook() {
    CountDownLatch hookRan = new CountDownLatch(1);

    ConnectionException thrown =
        failureOf(
            () ->
                calls(ROOMY)
                    .read(
                        "read",
                        TestOperation.within(SHORT),
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
  final void a_foreign_exception_becomes_internal_without_its_message() {
    for (Exception foreign :
        List.of(
            new IOException("password=swordfish"),
            new IllegalArgumentException("jdbc:x://user:swordfish@host"))) {
      AtomicInteger attempts = new AtomicInteger();

      ConnectionException thrown =
          failureOf(
              () ->
                  calls(ROOMY)
                      .read(
                          "read",
                          TestOperation.start(),
                          attempt -> {
                            attempts.incrementAndGet();
                            throw foreign;
                          }));

      assertThat(thrown.code()).isEqualTo(StandardErrorCode.INTERNAL);
      StringWriter trace = new StringWriter();
      thrown.printStackTrace(new PrintWriter(trace));
      assertThat(trace.toString()).doesNotContain("swordfish");
      assertThat(attempts).as("attempts").hasValue(1);
    }
  }

  @Test
  final void an_error_is_passed_on_as_it_is() {
    AssertionError error = new AssertionError("a test inside a call failed");

    assertThatThrownBy(
            () ->
                calls(ROOMY)
                    .read(
                        "read",
                        TestOperation.start(),
                        attempt -> {
                          throw error;
                        }))
        .isSameAs(error);
  }

  @Test
  final void calls_do_not_nest() {
    RemoteCalls calls = calls(ROOMY);
    RemoteCalls others = calls(ROOMY);
    AtomicInteger attempts = new AtomicInteger();

    String answer =
        calls.read(
            "outer",
            TestOperation.start(),
            attempt -> {
              for (RemoteCalls inner : List.of(calls, others)) {
                assertThatThrownBy(
                        () ->
                            inner.read(
                                "inner", TestOperation.start(), a -> attempts.incrementAndGet()))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("inner");
              }
              return "answer";
            });

    assertThat(answer).isEqualTo("answer");
    assertThat(attempts).as("attempts of inner calls").hasValue(0);
    assertThat(calls.<String>read("next", TestOperation.start(), attempt -> "next"))
        .as("a call after the other")
        .isEqualTo("next");
  }

  @Test
  final void an_attempt_may_take_no_longer_than_its_operation_has() {
    Duration timeout =
        calls(ROOMY.withTimeout(Duration.ofHours(1)))
            .read("read", TestOperation.within(Duration.ofSeconds(5)), Attempt::timeout);

    assertThat(timeout).isPositive().isLessThanOrEqualTo(Duration.ofSeconds(5));
  }

  @Test
  final void an_attempt_may_take_no_longer_than_the_limits_say() {
    Duration timeout =
        calls(ROOMY.withTimeout(Duration.ofSeconds(2)))
            .read("read", TestOperation.within(LONG), Attempt::timeout);

    assertThat(timeout).isPositive().isLessThanOrEqualTo(Duration.ofSeconds(2));
  }

  @Test
  final void an_attempt_that_takes_too_long_is_ended_and_repeated() {
    CountDownLatch hookRan = new CountDownLatch(1);

    String answer =
        calls(ROOMY.withTimeout(SHORT))
            .read(
                "read",
                TestOperation.within(LONG),
                attempt -> attempt.number() == 1 ? untilEnded(attempt, hookRan) : "answer");

    assertThat(answer).isEqualTo("answer");
    assertThat(reached(hookRan)).as("the first attempt's hook ran").isTrue();
  }

  @Test
  final void no_more_calls_run_at_once_than_the_limits_allow() {
    RemoteCalls calls = calls(CallLimits.parallel(2));
    CountDownLatch bothRun = new CountDownLatch(2);
    List<CompletableFuture<String>> running = new ArrayList<>();
    for (int i = 0; i < 2; i++) {
      running.add(
          CompletableFuture.supplyAsync(
              () ->
                  calls.read(
                      "long",
                      TestOperation.within(LONG),
                      attempt -> {
                        bothRun.countDown();
                        released.await();
                        return "answer";
                      }),
              task -> new Thread(task).start()));
    }
    await(bothRun);
    AtomicInteger attempts = new AtomicInteger();

    ConnectionException thrown =
        failureOf(
            () ->
                calls.read(
                    "third", TestOperation.within(SHORT), attempt -> attempts.incrementAndGet()));

    assertThat(thrown.code()).isEqualTo(StandardErrorCode.TIMEOUT);
    assertThat(attempts).as("attempts of the third call").hasValue(0);

    TestOperation waiting = TestOperation.within(LONG);
    CompletableFuture<Integer> third = new CompletableFuture<>();
    Thread thirdCaller =
        new Thread(
            () ->
                third.complete(
                    calls.read("third", waiting, attempt -> attempts.incrementAndGet())));
    thirdCaller.start();
    released.countDown();

    assertThat(third.join()).isEqualTo(1);
    running.forEach(call -> assertThat(call.join()).isEqualTo("answer"));
  }

  @Test
  final void cancelling_ends_the_wait_for_other_calls() {
    RemoteCalls calls = calls(CallLimits.parallel(1));
    CountDownLatch running = new CountDownLatch(1);
    CompletableFuture<ConnectionException> first =
        inBackground(
            () ->
                calls.read(
                    "long",
                    TestOperation.within(LONG),
                    attempt -> {
                      running.countDown();
                      released.await();
                      throw failure(StandardErrorCode.NOT_FOUND);
                    }));
    await(running);
    TestOperation operation = TestOperation.within(LONG);

    CompletableFuture<ConnectionException> second =
        inBackground(() -> calls.read("waits", operation, attempt -> "answer"));
    operation.cancel();

    assertThat(second.join().code()).isEqualTo(StandardErrorCode.CANCELLED);
    released.countDown();
    assertThat(first.join().code()).isEqualTo(StandardErrorCode.NOT_FOUND);
  }

  @Test
  final void a_failed_call_leaves_room_for_the_next() {
    RemoteCalls calls = calls(CallLimits.parallel(1));
    for (int i = 0; i < 3; i++) {
      failureOf(
          () ->
              calls.write(
                  "write",
                  TestOperation.start(),
                  attempt -> {
                    throw failure(StandardErrorCode.NOT_FOUND);
                  }));
    }

    assertThat(calls.<String>read("read", TestOperation.start(), attempt -> "answer"))
        .isEqualTo("answer");
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

  @Test
  final void allowances_may_be_observed_within_a_call_and_between_two() {
    RemoteCalls calls = calls(ROOMY);
    Quota quota =
        new Quota("daily calls", OptionalLong.of(5), OptionalLong.of(100), Optional.empty());

    calls.observe(quota);
    String answer =
        calls.read(
            "read",
            TestOperation.start(),
            attempt -> {
              calls.observe(quota);
              return "answer";
            });

    assertThat(answer).isEqualTo("answer");
  }

  private int attemptsUntil(ErrorCode code) {
    AtomicInteger attempts = new AtomicInteger();
    ConnectionException thrown =
        failureOf(
            () ->
                calls(ROOMY)
                    .read(
                        "read",
                        TestOperation.start(),
                        attempt -> {
                          attempts.incrementAndGet();
                          throw failure(code);
                        }));
    assertThat(thrown.code()).isEqualTo(code);
    return attempts.get();
  }

  /** What a driver does that obeys: it blocks until its hook ends it, and then fails. */
  private static String untilEnded(Attempt attempt, CountDownLatch hookRan)
      throws InterruptedException {
    CountDownLatch ended = new CountDownLatch(1);
    Registration hook =
        attempt.onCancel(
            () -> {
              hookRan.countDown();
              ended.countDown();
            });
    try {
      ended.await();
    } finally {
      hook.close();
    }
    throw failure(StandardErrorCode.CONNECTION_LOST);
  }

  /** What a bad driver does: it blocks whatever happens. */
  private String deafly() {
    while (true) {
      try {
        released.await();
        return "too late";
      } catch (InterruptedException ignored) {
        // Deaf: that is what the test is about.
      }
    }
  }

  private static ConnectionException failure(ErrorCode code) {
    return ConnectionException.of(code, "Made by the contract's test.");
  }

  private static ConnectionException failureOf(ThrowingCall call) {
    return catchThrowableOfType(ConnectionException.class, call::make);
  }

  private static CompletableFuture<ConnectionException> inBackground(ThrowingCall call) {
    CompletableFuture<ConnectionException> outcome = new CompletableFuture<>();
    Thread thread =
        new Thread(() -> complete(outcome, Optional.ofNullable(catchThrowable(call::make))));
    thread.setDaemon(true);
    thread.start();
    return outcome;
  }

  private static void complete(
      CompletableFuture<ConnectionException> outcome, Optional<Throwable> thrown) {
    if (thrown.isPresent() && thrown.get() instanceof ConnectionException failure) {
      outcome.complete(failure);
    } else {
      outcome.completeExceptionally(new AssertionError("expected a failure", thrown.orElse(null)));
    }
  }

  private static void await(CountDownLatch latch) {
    assertThat(reached(latch)).as("reached in time").isTrue();
  }

  private static boolean reached(CountDownLatch latch) {
    try {
      return latch.await(20, TimeUnit.SECONDS);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /** A call that is expected to throw. */
  @FunctionalInterface
  private interface ThrowingCall {
    void make() throws Exception;
  }
}
