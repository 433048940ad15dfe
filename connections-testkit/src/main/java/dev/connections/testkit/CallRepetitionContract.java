package dev.connections.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.connections.api.ConnectionException;
import dev.connections.api.ErrorCode;
import dev.connections.api.RemoteCalls;
import dev.connections.api.StandardErrorCode;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** The part of {@link RemoteCallsContract} about which calls are repeated, and what is thrown. */
abstract class CallRepetitionContract extends CallContractFixture {
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
    assertThat(attemptsUntil(StandardErrorCode.CONNECTION_LOST)).isBetween(2, 10);
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
    Duration asked = LONG.plusSeconds(60);

    Failed failed =
        reading(
            TestOperation.within(LONG),
            () -> failure(StandardErrorCode.THROTTLED).retryAfter(asked));

    assertThat(failed.why().code()).isEqualTo(StandardErrorCode.THROTTLED);
    assertThat(failed.why().retryAfter()).contains(asked);
    assertThat(failed.attempts()).isEqualTo(1);
  }

  @Test
  final void a_foreign_exception_becomes_internal_without_its_message() {
    for (Exception foreign :
        List.of(
            new IOException("password=swordfish"),
            new IllegalArgumentException("jdbc:x://user:swordfish@host"))) {
      Failed failed = reading(TestOperation.start(), () -> foreign);

      assertThat(failed.why().code()).isEqualTo(StandardErrorCode.INTERNAL);
      StringWriter trace = new StringWriter();
      failed.why().printStackTrace(new PrintWriter(trace));
      assertThat(trace.toString()).doesNotContain("swordfish");
      assertThat(failed.attempts()).as("attempts").isEqualTo(1);
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

  private int attemptsUntil(ErrorCode code) {
    Failed failed = reading(TestOperation.start(), () -> failure(code));
    assertThat(failed.why().code()).isEqualTo(code);
    return failed.attempts();
  }

  /** A read that failed, and after how many attempts. */
  private record Failed(ConnectionException why, int attempts) {}

  /** Reads what fails in each attempt. */
  private Failed reading(TestOperation operation, Supplier<Exception> failure) {
    AtomicInteger attempts = new AtomicInteger();
    ConnectionException why =
        failureOf(
            () ->
                calls(ROOMY)
                    .read(
                        "read",
                        operation,
                        attempt -> {
                          attempts.incrementAndGet();
                          throw failure.get();
                        }));
    return new Failed(why, attempts.get());
  }
}
