package dev.connections.core.internal.calls;

import static dev.connections.core.internal.calls.Fixtures.await;
import static dev.connections.core.internal.calls.Fixtures.failure;
import static dev.connections.core.internal.calls.Fixtures.failureOf;
import static dev.connections.core.internal.calls.Fixtures.inBackground;
import static org.assertj.core.api.Assertions.assertThat;

import dev.connections.api.AdapterContext;
import dev.connections.api.CallLimits;
import dev.connections.api.ConnectionException;
import dev.connections.api.ErrorCode;
import dev.connections.api.Quota;
import dev.connections.api.RemoteCalls;
import dev.connections.api.StandardErrorCode;
import dev.connections.core.CallOptions;
import dev.connections.core.EgressRules;
import dev.connections.core.internal.egress.CheckedEgress;
import dev.connections.testkit.RecordedEvents;
import dev.connections.testkit.TestOperation;
import java.net.URL;
import java.net.URLClassLoader;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.slf4j.MDC;

/** What core's calls do beyond the contract. */
@Timeout(120)
class ResilientCallsTest {
  private static final CallScope SALES = new CallScope("acme", "sales");
  private static final CallScope STOCK = new CallScope("acme", "stock");

  private final RecordedEvents events = new RecordedEvents();
  private final CallRuntime runtime = runtime(Fixtures.QUICK);
  private final CountDownLatch released = new CountDownLatch(1);

  @AfterEach
  void close() {
    released.countDown();
    runtime.close();
  }

  private static CallRuntime runtime(CallSettings settings) {
    return new CallRuntime(
        Clock.systemUTC(), new CheckedEgress(EgressRules.defaults()), CallThreads.own(), settings);
  }

  private RemoteCalls calls(CallLimits limits) {
    return runtime.calls(SALES, limits, events);
  }

  @Test
  void a_rate_holds_for_all_ways_in_which_an_adapter_reaches_its_source() {
    AdapterContext context =
        runtime.contextFor(SALES, Fixtures.NO_TOKENS, events, Optional.empty());
    RemoteCalls services =
        context.calls(CallLimits.parallel(4).withRate(1, Duration.ofSeconds(3_000)));
    RemoteCalls drivers = context.calls(CallLimits.parallel(4));

    services.read("first", TestOperation.start(), attempt -> 1);

    assertThat(failureOf(() -> services.read("second", TestOperation.start(), attempt -> 2)).code())
        .isEqualTo(StandardErrorCode.QUOTA_EXHAUSTED);
    assertThat(failureOf(() -> drivers.read("third", TestOperation.start(), attempt -> 3)).code())
        .isEqualTo(StandardErrorCode.QUOTA_EXHAUSTED);
  }

  @Test
  void a_wait_that_the_source_asked_for_is_no_idling() {
    RemoteCalls calls = calls(CallLimits.parallel(1).withRate(1, Duration.ofMillis(1_700)));
    try (CallOperation operation =
        runtime
            .start("import", Duration.ofMinutes(1), CallOptions.defaults())
            .withIdleLimit(Duration.ofMillis(1_500))) {
      int first = calls.read("first", operation, attempt -> 1);
      int second = calls.read("second", operation, attempt -> 2);
      assertThat(first + second).isEqualTo(3);
      RemoteCalls throttled = runtime.calls(STOCK, CallLimits.parallel(1), events);
      int number =
          throttled.read(
              "third",
              operation,
              attempt -> {
                if (attempt.number() == 1) {
                  throw failure(StandardErrorCode.THROTTLED).retryAfter(Duration.ofMillis(1_700));
                }
                return attempt.number();
              });
      assertThat(number).isEqualTo(2);
    }
  }

  @Test
  void a_source_that_is_not_there_is_given_a_rest_and_asked_no_more() {
    AtomicInteger attempts = new AtomicInteger();
    ConnectionException thrown;
    try (CallRuntime patient = runtime(Fixtures.QUICK_WITH_A_LONG_REST)) {
      RemoteCalls calls = patient.calls(SALES, CallLimits.parallel(4), events);
      writeUntilResting(calls);
      thrown =
          failureOf(
              () -> calls.read("read", TestOperation.start(), a -> attempts.incrementAndGet()));
    }

    assertThat(thrown.code()).isEqualTo(StandardErrorCode.UNAVAILABLE);
    assertThat(thrown.retryAfter()).isPresent();
    assertThat(thrown.failure().remedy().orElseThrow()).contains("Try again in");
    assertThat(attempts).hasValue(0);
    assertThat(events.counts()).containsEntry("call.resting", 1L);
  }

  @Test
  void after_the_rest_one_call_finds_out_whether_the_source_is_back() {
    RemoteCalls calls = calls(CallLimits.parallel(4));
    writeUntilResting(calls);
    untilRested();
    CountDownLatch probing = new CountDownLatch(1);

    CompletableFuture<String> probe =
        inBackground(
            () ->
                calls.read(
                    "probe",
                    TestOperation.start(),
                    attempt -> {
                      probing.countDown();
                      released.await();
                      return "back";
                    }));
    await(probing);
    ConnectionException meanwhile =
        failureOf(() -> calls.read("other", TestOperation.start(), attempt -> "early"));
    released.countDown();

    assertThat(meanwhile.code()).isEqualTo(StandardErrorCode.UNAVAILABLE);
    assertThat(meanwhile.retryAfter().orElseThrow()).isPositive();
    assertThat(probe.join()).isEqualTo("back");
    assertThat(calls.<String>read("next", TestOperation.start(), attempt -> "next"))
        .isEqualTo("next");
  }

  @Test
  void a_probe_that_was_cancelled_does_not_close_the_source_for_ever() {
    RemoteCalls calls = calls(CallLimits.parallel(4));
    writeUntilResting(calls);
    untilRested();
    TestOperation operation = TestOperation.start();

    failureOf(
        () ->
            calls.read(
                "probe",
                operation,
                attempt -> {
                  operation.cancel();
                  released.await();
                  return "late";
                }));
    untilRested();

    assertThat(calls.<String>read("next", TestOperation.start(), attempt -> "next"))
        .isEqualTo("next");
  }

  @Test
  void an_error_in_a_probe_does_not_close_the_source_for_ever() {
    RemoteCalls calls = calls(CallLimits.parallel(4));
    writeUntilResting(calls);
    untilRested();
    try {
      calls.read(
          "probe",
          TestOperation.start(),
          attempt -> {
            throw new StackOverflowError();
          });
    } catch (StackOverflowError expected) {
      untilRested();
    }

    assertThat(calls.<String>read("next", TestOperation.start(), attempt -> "next"))
        .isEqualTo("next");
  }

  @Test
  void a_source_that_answers_with_failures_is_there_and_gets_no_rest() {
    RemoteCalls calls = calls(CallLimits.parallel(4));
    for (ErrorCode code :
        List.of(
            StandardErrorCode.CONNECTION_REFUSED,
            StandardErrorCode.CONNECTION_REFUSED,
            StandardErrorCode.NOT_FOUND,
            StandardErrorCode.CONNECTION_REFUSED,
            StandardErrorCode.CONNECTION_REFUSED,
            StandardErrorCode.WRONG_CREDENTIALS)) {
      fail(calls, code);
    }

    assertThat(calls.<String>read("read", TestOperation.start(), attempt -> "answer"))
        .isEqualTo("answer");
  }

  @Test
  void a_call_that_brings_about_the_rest_tells_what_it_met_itself() {
    RemoteCalls calls = calls(CallLimits.parallel(4));

    ConnectionException thrown =
        failureOf(
            () ->
                calls.read(
                    "read",
                    TestOperation.start(),
                    attempt -> {
                      throw failure(StandardErrorCode.CONNECTION_REFUSED);
                    }));

    assertThat(thrown.code()).isEqualTo(StandardErrorCode.CONNECTION_REFUSED);
  }

  @Test
  void fewer_calls_run_at_once_while_the_source_asks_to_slow_down() {
    RemoteCalls calls = calls(CallLimits.parallel(8));
    fail(calls, StandardErrorCode.THROTTLED);
    Budget budget = runtime.budget(SALES, CallLimits.parallel(8));

    assertThat(budget.parallel().current()).isEqualTo(4);
    for (int i = 0; i < 4; i++) {
      calls.<String>read("read", TestOperation.start(), attempt -> "answer");
    }
    assertThat(budget.parallel().current()).isEqualTo(5);
    assertThat(events.counts()).containsEntry("call.throttled", 1L);
  }

  @Test
  void connections_that_share_a_budget_keep_its_limit_together() {
    CallLimits shared = CallLimits.parallel(1).withSharedBudget("org-1");
    RemoteCalls mine = calls(shared);
    RemoteCalls others = runtime.calls(STOCK, shared, events);
    CountDownLatch running = new CountDownLatch(1);
    CompletableFuture<String> first =
        inBackground(
            () ->
                mine.read(
                    "long",
                    TestOperation.start(),
                    attempt -> {
                      running.countDown();
                      released.await();
                      return "answer";
                    }));
    await(running);

    assertThat(
            failureOf(
                    () ->
                        others.read(
                            "read",
                            TestOperation.within(Duration.ofMillis(30)),
                            attempt -> "early"))
                .code())
        .isEqualTo(StandardErrorCode.TIMEOUT);
    released.countDown();
    assertThat(first.join()).isEqualTo("answer");
    runtime.forget(STOCK);
  }

  @Test
  void a_call_that_its_caller_has_left_keeps_its_permit_and_is_not_repeated() {
    RemoteCalls calls = calls(CallLimits.parallel(1).withTimeout(Duration.ofMillis(20)));
    AtomicInteger attempts = new AtomicInteger();
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch ended = new CountDownLatch(1);

    ConnectionException thrown =
        failureOf(
            () ->
                calls.read(
                    "deaf",
                    TestOperation.start(),
                    attempt -> {
                      attempts.incrementAndGet();
                      begun.countDown();
                      untilReleased();
                      ended.countDown();
                      return "late";
                    }));

    assertThat(thrown.code()).isEqualTo(StandardErrorCode.TIMEOUT);
    await(begun);
    assertThat(attempts).hasValue(1);
    assertThat(
            failureOf(
                    () ->
                        calls.read(
                            "next",
                            TestOperation.within(Duration.ofMillis(30)),
                            attempt -> attempts.incrementAndGet()))
                .code())
        .isEqualTo(StandardErrorCode.TIMEOUT);
    assertThat(attempts).as("attempts while the first goes on").hasValue(1);

    released.countDown();
    await(ended);
    RemoteCalls patient = calls(CallLimits.parallel(1));
    assertThat(patient.<String>read("after", TestOperation.start(), attempt -> "after"))
        .isEqualTo("after");
  }

  @Test
  void who_asks_to_wait_very_long_is_not_waited_for() {
    Duration asked = Fixtures.QUICK.longestWait().plusSeconds(1);
    AtomicInteger attempts = new AtomicInteger();

    ConnectionException thrown =
        failureOf(
            () ->
                calls(CallLimits.parallel(1))
                    .read(
                        "read",
                        TestOperation.within(Duration.ofHours(1)),
                        attempt -> {
                          attempts.incrementAndGet();
                          throw failure(StandardErrorCode.THROTTLED).retryAfter(asked);
                        }));

    assertThat(thrown.retryAfter()).contains(asked);
    assertThat(attempts).hasValue(1);
  }

  @Test
  void a_call_that_the_rate_leaves_no_time_for_is_refused_at_once() {
    RemoteCalls calls = calls(CallLimits.parallel(1).withRate(2, Duration.ofHours(1)));
    List<String> answers = new ArrayList<>();
    for (int i = 0; i < 2; i++) {
      answers.add(calls.read("read", TestOperation.start(), attempt -> "answer"));
    }

    // Twice: a call that is refused gives its permit back.
    for (int i = 0; i < 2; i++) {
      ConnectionException thrown =
          failureOf(
              () -> calls.read("read", TestOperation.start(), attempt -> answers.add("too many")));
      assertThat(thrown.code()).isEqualTo(StandardErrorCode.QUOTA_EXHAUSTED);
      assertThat(thrown.failure().message())
          .contains("2 calls in an hour, which the connection sets");
    }
    assertThat(answers).hasSize(2);
  }

  @Test
  void calls_on_a_shared_budget_count_for_the_rate_of_their_connection_too() {
    CallLimits slow = CallLimits.parallel(4).withRate(1, Duration.ofSeconds(50));
    RemoteCalls own = calls(slow);
    RemoteCalls shared = calls(CallLimits.parallel(4).withSharedBudget("metastore"));
    RemoteCalls other =
        runtime.calls(STOCK, CallLimits.parallel(4).withSharedBudget("metastore"), events);
    assertThat(shared.<String>read("read", TestOperation.start(), attempt -> "one"))
        .isEqualTo("one");

    assertThat(failureOf(() -> own.read("read", TestOperation.start(), attempt -> "two")).code())
        .isEqualTo(StandardErrorCode.TIMEOUT);
    assertThat(other.<String>read("read", TestOperation.start(), attempt -> "other"))
        .isEqualTo("other");
  }

  @Test
  void the_callers_log_context_and_class_loader_go_along_and_stay_behind() throws Exception {
    ClassLoader before = Thread.currentThread().getContextClassLoader();
    RemoteCalls calls = calls(CallLimits.parallel(1));
    try (URLClassLoader own = new URLClassLoader(new URL[0], before)) {
      Thread.currentThread().setContextClassLoader(own);
      MDC.put("request", "42");

      assertThat(calls.<String>read("read", TestOperation.start(), attempt -> MDC.get("request")))
          .isEqualTo("42");
      assertThat(
              calls.<ClassLoader>read(
                  "read",
                  TestOperation.start(),
                  attempt -> Thread.currentThread().getContextClassLoader()))
          .isSameAs(own);
    } finally {
      MDC.clear();
      Thread.currentThread().setContextClassLoader(before);
    }

    assertThat(
            calls.<Optional<String>>read(
                "read", TestOperation.start(), attempt -> Optional.ofNullable(MDC.get("request"))))
        .isEmpty();
  }

  @Test
  void figures_tell_how_calls_went() {
    RemoteCalls calls = calls(CallLimits.parallel(1));
    calls.<String>read(
        "read",
        TestOperation.start(),
        attempt -> {
          if (attempt.number() == 1) {
            throw failure(StandardErrorCode.UNAVAILABLE);
          }
          return "answer";
        });
    fail(calls, StandardErrorCode.NOT_FOUND);
    Quota quota =
        new Quota("daily calls", OptionalLong.of(5), OptionalLong.of(100), Optional.empty());
    calls.observe(quota);

    assertThat(events.counts())
        .containsEntry("call.repeated", 1L)
        .containsEntry("call.failed", 1L)
        .containsEntry("quota.observed", 1L);
    assertThat(events.times("call.took")).hasSize(3);
    assertThat(events.times("call.waited")).hasSize(3);
    assertThat(runtime.quotas(SALES)).containsExactly(quota);
    runtime.forget(SALES);
    assertThat(runtime.quotas(SALES)).isEmpty();
  }

  @Test
  void after_the_runtime_has_closed_a_call_is_cancelled() {
    RemoteCalls calls = calls(CallLimits.parallel(1));
    runtime.close();

    for (int i = 0; i < 2; i++) {
      assertThat(
              failureOf(() -> calls.read("read", TestOperation.start(), attempt -> "late")).code())
          .isEqualTo(StandardErrorCode.CANCELLED);
    }
  }

  private void writeUntilResting(RemoteCalls calls) {
    for (int i = 0; i < Fixtures.QUICK.failuresBeforeRest(); i++) {
      fail(calls, StandardErrorCode.CONNECTION_REFUSED);
    }
  }

  private static void untilRested() {
    long end = System.nanoTime() + Fixtures.QUICK.rest().toNanos();
    while (System.nanoTime() < end) {
      Pauses.pause(end - System.nanoTime(), TestOperation.start());
    }
  }

  private static void fail(RemoteCalls calls, ErrorCode code) {
    ConnectionException thrown =
        failureOf(
            () ->
                calls.write(
                    "write",
                    TestOperation.start(),
                    attempt -> {
                      throw failure(code);
                    }));
    assertThat(thrown.code()).isEqualTo(code);
  }

  private void untilReleased() {
    while (released.getCount() > 0) {
      try {
        released.await();
      } catch (InterruptedException deaf) {
        // That is what the test is about.
      }
    }
  }
}
