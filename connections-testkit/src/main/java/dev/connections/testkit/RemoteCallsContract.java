package dev.connections.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.connections.api.Attempt;
import dev.connections.api.CallLimits;
import dev.connections.api.ConnectionException;
import dev.connections.api.Quota;
import dev.connections.api.RemoteCalls;
import dev.connections.api.StandardErrorCode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * What every implementation of {@link RemoteCalls} keeps, so that an adapter which works with one
 * works with all of them.
 *
 * <p>JUnit makes one instance for each test.
 */
@Timeout(value = 25, unit = TimeUnit.SECONDS)
public abstract class RemoteCallsContract extends CallEndingContract {
  /** For subclasses. */
  protected RemoteCallsContract() {}

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
        calls(ROOMY.withTimeout(BEGINS_WITHIN))
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
}
