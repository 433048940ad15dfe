package dev.connections.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.connections.api.ConfigurationValues;
import dev.connections.api.ConnectionAdapter;
import dev.connections.api.ConnectionException;
import dev.connections.api.ErrorCode;
import dev.connections.api.StandardErrorCode;
import dev.connections.api.TestResult;
import dev.connections.testkit.AdapterTrial.AdapterCall;
import dev.connections.testkit.RecordingSink.Event;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** How calls end before their time: cancelled, out of time, closed. */
interface EndingContract extends AdapterUnderTest {
  /** Longer than any test waits. */
  Duration FOR_EVER = Duration.ofMinutes(10);

  @TestFactory
  default Stream<DynamicTest> a_cancelled_operation_ends_a_call_with_cancelled(AdapterTrial trial) {
    return each(
        trial.calls(),
        (name, call) -> {
          ConnectionAdapter adapter = trial.open();
          TestOperation operation = TestOperation.start();
          operation.cancel();

          assertCode(trial, StandardErrorCode.CANCELLED, name, () -> call.on(adapter, operation));
        });
  }

  @TestFactory
  default Stream<DynamicTest> a_passed_deadline_ends_a_call_with_timeout(AdapterTrial trial) {
    return each(
        trial.calls(),
        (name, call) -> {
          ConnectionAdapter adapter = trial.open();
          TestOperation operation = TestOperation.within(Duration.ZERO);

          assertCode(trial, StandardErrorCode.TIMEOUT, name, () -> call.on(adapter, operation));
        });
  }

  @Test
  default void an_import_under_way_ends_when_it_is_cancelled(AdapterTrial trial) throws Exception {
    ConnectionAdapter adapter = trial.open();
    TestOperation operation = TestOperation.start();
    RecordingSink sink = trial.sink();
    sink.onEvent(
        event -> {
          if (event instanceof Event.Proceed) {
            operation.cancel();
          }
        });

    assertCode(
        trial,
        StandardErrorCode.CANCELLED,
        "an import",
        () -> adapter.importMetadata(TestSelection.everything(), sink, operation));
  }

  @Test
  default void an_interrupted_thread_ends_a_call_and_stays_interrupted(AdapterTrial trial)
      throws Exception {
    ConnectionAdapter adapter = trial.open();

    boolean interrupted =
        trial.call(
            "listSchemas on an interrupted thread",
            () -> {
              Thread.currentThread().interrupt();
              assertFailedWith(
                  StandardErrorCode.CANCELLED,
                  "listSchemas",
                  () -> adapter.listSchemas(TestOperation.start()));
              return Thread.currentThread().isInterrupted();
            });

    assertThat(interrupted).as("the thread's flag is set again").isTrue();
  }

  @TestFactory
  default Stream<DynamicTest> a_call_under_way_ends_when_it_is_cancelled(AdapterTrial trial) {
    ConfigurationValues slow = slow();
    return each(
        trial.calls(),
        (name, call) -> {
          AdapterTrial own = trial.ofOneCall();
          ConnectionAdapter adapter = own.open(slow);
          TestOperation operation = TestOperation.start();
          Bounded<?> running = Bounded.start(name, () -> call.on(adapter, operation));
          assertThat(own.context().awaitRunning(1, Bounded.PATIENT)).as("a call runs").isTrue();

          operation.cancel();
          assertFailedWith(StandardErrorCode.CANCELLED, name, () -> running.await(trial.soon()));
          assertQuiet(own);
        });
  }

  @TestFactory
  default Stream<DynamicTest> a_call_under_way_ends_when_its_deadline_passes(AdapterTrial trial) {
    ConfigurationValues slow = slow();
    return each(
        trial.calls(),
        (name, call) -> {
          AdapterTrial own = trial.ofOneCall();
          ConnectionAdapter adapter = own.open(slow);
          TestOperation operation = TestOperation.within(Duration.ofMillis(200));

          assertCode(trial, StandardErrorCode.TIMEOUT, name, () -> call.on(adapter, operation));
          assertQuiet(own);
        });
  }

  @TestFactory
  default Stream<DynamicTest> a_call_under_way_ends_when_the_adapter_is_closed(AdapterTrial trial) {
    ConfigurationValues slow = slow();
    return each(
        trial.readingCalls(),
        (name, call) -> {
          AdapterTrial own = trial.ofOneCall();
          ConnectionAdapter adapter = own.open(slow);
          Bounded<?> running = Bounded.start(name, () -> call.on(adapter, TestOperation.start()));
          assertThat(own.context().awaitRunning(1, Bounded.PATIENT)).as("a call runs").isTrue();

          trial.call("close", () -> own.close(adapter));
          AdapterTrial.failureOf(name + " after close", () -> running.await(trial.soon()));
          assertQuiet(own);
        });
  }

  private static void assertQuiet(AdapterTrial trial) throws InterruptedException {
    assertThat(trial.context().awaitQuiet(trial.soon()))
        .as("the call to the source has ended too, by its hook or its time-out")
        .isTrue();
  }

  private ConfigurationValues slow() {
    Optional<ConfigurationValues> slow = withLatency(FOR_EVER);
    assumeTrue(slow.isPresent(), "this adapter's calls can't be slowed down");
    return slow.orElseThrow();
  }

  @Test
  default void closing_again_does_nothing(AdapterTrial trial) throws Exception {
    ConnectionAdapter used = trial.open();
    used.listSchemas(TestOperation.start());

    for (ConnectionAdapter adapter : new ConnectionAdapter[] {used, trial.open()}) {
      trial.call("close", () -> trial.close(adapter));
      trial.call("close, again", () -> trial.close(adapter));
    }
  }

  @TestFactory
  default Stream<DynamicTest> a_closed_adapter_refuses_calls(AdapterTrial trial) {
    return each(
        trial.calls(),
        (name, call) -> {
          ConnectionAdapter adapter = trial.open();
          trial.close(adapter);

          AdapterTrial.failureOf(
              name + " of a closed adapter",
              () -> trial.call(name, () -> orThrow(call.on(adapter, TestOperation.start()))));
        });
  }

  @Test
  default void closing_during_an_import_hangs_neither(AdapterTrial trial) throws Exception {
    ConnectionAdapter adapter = trial.open();
    CountDownLatch askedOrDone = new CountDownLatch(1);
    CountDownLatch asked = new CountDownLatch(1);
    CountDownLatch closing = new CountDownLatch(1);
    RecordingSink sink = trial.sink();
    sink.onEvent(
        event -> {
          if (event instanceof Event.Proceed) {
            asked.countDown();
            askedOrDone.countDown();
            awaitUninterrupted(closing);
          }
        });
    Bounded<?> running =
        Bounded.start(
            "an import",
            () -> {
              try {
                return AdapterTrial.importInto(sink, adapter, TestSelection.everything());
              } finally {
                askedOrDone.countDown();
              }
            });
    awaitUninterrupted(askedOrDone);
    assertThat(asked.getCount()).as("asked whether to proceed").isZero();

    Bounded<?> close =
        Bounded.start(
            "close",
            () -> {
              closing.countDown();
              return trial.close(adapter);
            });
    close.await(trial.soon());
    try {
      running.await(trial.soon());
    } catch (RuntimeException e) {
      AdapterTrial.typed("an import whose adapter was closed", e);
    }
  }

  private static void awaitUninterrupted(CountDownLatch latch) {
    try {
      latch.await(Bounded.PATIENT.toSeconds(), TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void assertCode(AdapterTrial trial, ErrorCode code, String name, Callable<?> call)
      throws Exception {
    assertFailedWith(code, name, () -> trial.call(name, call));
  }

  private static void assertFailedWith(ErrorCode code, String name, Callable<?> call) {
    ConnectionException thrown = AdapterTrial.failureOf(name, () -> orThrow(call.call()));
    assertThat(thrown.code().id()).as("code of %s", name).isEqualTo(code.id());
  }

  /** A test tells its failure as a value. */
  private static Object orThrow(Object result) {
    if (result instanceof TestResult test && test.firstFailure().isPresent()) {
      throw test.firstFailure().get().asException();
    }
    return result;
  }

  private static Stream<DynamicTest> each(Map<String, AdapterCall> calls, Check check) {
    return calls.entrySet().stream()
        .map(
            call ->
                DynamicTest.dynamicTest(
                    call.getKey(), () -> check.of(call.getKey(), call.getValue())));
  }

  /** A check of one call. */
  @FunctionalInterface
  interface Check {
    void of(String name, AdapterCall call) throws Exception;
  }
}
