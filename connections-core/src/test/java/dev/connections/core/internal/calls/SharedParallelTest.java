package dev.connections.core.internal.calls;

import static dev.connections.core.internal.calls.Fixtures.await;
import static dev.connections.core.internal.calls.Fixtures.failureOf;
import static dev.connections.core.internal.calls.Fixtures.inBackground;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.connections.api.CallLimits;
import dev.connections.api.ConnectionException;
import dev.connections.api.Events;
import dev.connections.api.Operation;
import dev.connections.api.ProgressListener;
import dev.connections.api.RemoteCalls;
import dev.connections.api.StandardErrorCode;
import dev.connections.core.CancelToken;
import dev.connections.core.EgressRules;
import dev.connections.testkit.TestOperation;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.slf4j.MDC;

/** What core's parallel work does beyond the contract, and on whose threads. */
@Timeout(120)
class SharedParallelTest {
  private static final Duration GRACE = Duration.ofMillis(30);
  private static final List<Integer> ITEMS = IntStream.range(0, 100).boxed().toList();

  private final CountDownLatch released = new CountDownLatch(1);
  private final CallRuntime runtime = new CallRuntime();
  private final SharedParallel parallel = new SharedParallel(runtime, GRACE);

  @AfterEach
  void close() {
    released.countDown();
    runtime.close();
  }

  @Test
  void the_caller_does_everything_where_no_other_thread_is_to_be_had() {
    AtomicInteger done = new AtomicInteger();
    runtime.close();

    parallel.forEach(ITEMS, 8, TestOperation.start(), item -> done.incrementAndGet());

    assertThat(done).hasValue(100);
  }

  @Test
  void a_thread_that_comes_too_late_has_nothing_to_do() {
    Set<Runnable> late = ConcurrentHashMap.newKeySet();
    try (CallRuntime hosts = runtimeOn(late::add)) {
      AtomicInteger done = new AtomicInteger();

      hosts.parallel().forEach(ITEMS, 4, TestOperation.start(), item -> done.incrementAndGet());
      assertThat(done).hasValue(100);
      assertThat(late).isNotEmpty();
      late.forEach(Runnable::run);

      assertThat(done).hasValue(100);
    }
  }

  @Test
  void nobody_is_let_in_after_the_end() {
    Workers workers = new Workers();
    AtomicInteger done = new AtomicInteger();
    workers.enter(done::incrementAndGet);

    assertThat(workers.closeAndAwait(TestOperation.start(), GRACE)).isFalse();
    workers.enter(done::incrementAndGet);

    assertThat(done).hasValue(1);
  }

  @Test
  void work_that_hangs_is_left_once_its_operation_has_ended() {
    CountDownLatch hangs = new CountDownLatch(1);
    Thread caller = Thread.currentThread();
    TestOperation operation = TestOperation.start();

    ConnectionException thrown =
        failureOf(
            () ->
                parallel.forEach(
                    ITEMS,
                    2,
                    operation,
                    item -> {
                      if (Thread.currentThread() != caller) {
                        hangs.countDown();
                        deafly();
                      } else if (item > 0) {
                        await(hangs);
                        operation.cancel();
                      }
                    }));

    assertThat(thrown.code()).isEqualTo(StandardErrorCode.CANCELLED);
    assertThat(released.getCount()).as("the other is still blocked").isEqualTo(1);
  }

  @Test
  void a_caller_that_is_interrupted_while_it_waits_for_others_interrupts_them() {
    CountDownLatch waiting = new CountDownLatch(1);
    CountDownLatch interrupted = new CountDownLatch(1);
    CompletableFuture<Thread> caller = new CompletableFuture<>();
    CompletableFuture<Boolean> flag =
        inBackground(
            () -> {
              caller.complete(Thread.currentThread());
              ConnectionException thrown =
                  failureOf(
                      () ->
                          parallel.forEach(
                              List.of(1, 2),
                              2,
                              TestOperation.start(),
                              item -> {
                                if (Thread.currentThread() != caller.join()) {
                                  waiting.countDown();
                                  untilInterrupted();
                                  interrupted.countDown();
                                }
                                // Not by a wait that the interruption could end.
                                while (waiting.getCount() > 0) {
                                  Thread.onSpinWait();
                                }
                              }));
              assertThat(thrown.code()).isEqualTo(StandardErrorCode.CANCELLED);
              return Thread.interrupted();
            });
    await(waiting);

    caller.join().interrupt();

    assertThat(flag.join()).as("the caller's flag").isTrue();
    await(interrupted);
  }

  @Test
  void the_callers_log_context_goes_along() {
    Set<String> seen = ConcurrentHashMap.newKeySet();
    MDC.put("request", "42");
    try {
      parallel.forEach(ITEMS, 4, TestOperation.start(), item -> seen.add("" + MDC.get("request")));
    } finally {
      MDC.clear();
    }

    assertThat(seen).containsExactly("42");
  }

  @Test
  void parallel_work_within_a_call_makes_no_calls_either() {
    RemoteCalls calls =
        runtime.calls(new CallScope("acme", "sales"), CallLimits.parallel(4), Events.NONE);
    Operation operation = TestOperation.start();
    AtomicInteger refused = new AtomicInteger();

    calls.<String>read(
        "outer",
        operation,
        attempt -> {
          parallel.forEach(
              ITEMS,
              4,
              operation,
              item -> {
                assertThatThrownBy(() -> calls.read("inner", operation, a -> "nested"))
                    .isInstanceOf(IllegalStateException.class);
                refused.incrementAndGet();
              });
          return "answer";
        });

    assertThat(refused).hasValue(100);
  }

  @Test
  void calls_and_parallel_work_run_on_the_hosts_threads_where_it_gave_some() {
    ExecutorService threads =
        Executors.newCachedThreadPool(work -> new Thread(work, "hosts-own-thread"));
    try (CallRuntime hosts = runtimeOn(threads)) {
      String name =
          hosts
              .contextFor(
                  new CallScope("acme", "sales"), Fixtures.NO_TOKENS, Events.NONE, Optional.empty())
              .calls(CallLimits.parallel(1))
              .read("read", TestOperation.start(), attempt -> Thread.currentThread().getName());

      assertThat(name).isEqualTo("hosts-own-thread");
    }
    assertThat(threads.isShutdown()).as("it is the host's to close").isFalse();
    threads.shutdown();
  }

  @Test
  void an_executor_in_which_tasks_wait_for_each_other_is_refused() {
    ExecutorService fixed = Executors.newFixedThreadPool(4);
    try {
      for (Executor queueing : List.of(fixed, ForkJoinPool.commonPool())) {
        assertThatThrownBy(() -> runtimeOn(queueing))
            .isInstanceOf(IllegalArgumentException.class)
            .hasMessageContaining("start each task at once");
      }
    } finally {
      fixed.shutdown();
    }
  }

  @Test
  void an_executor_that_breaks_does_not_cost_a_permit() {
    AtomicInteger asked = new AtomicInteger();
    Executor broken =
        task -> {
          if (asked.incrementAndGet() == 1) {
            throw new IllegalStateException("no thread");
          }
          new Thread(task).start();
        };
    try (CallRuntime hosts = runtimeOn(broken)) {
      RemoteCalls calls =
          hosts.calls(new CallScope("acme", "sales"), CallLimits.parallel(1), Events.NONE);

      assertThatThrownBy(() -> calls.read("read", TestOperation.start(), attempt -> "answer"))
          .isInstanceOf(IllegalStateException.class);

      assertThat(calls.<String>read("read", TestOperation.start(), attempt -> "answer"))
          .isEqualTo("answer");
    }
  }

  @Test
  void a_closed_runtime_takes_no_tasks_of_the_hosts_threads() {
    CallRuntime hosts = runtimeOn(Runnable::run);
    hosts.close();

    assertThatThrownBy(() -> hosts.execute(() -> {}))
        .isInstanceOf(RejectedExecutionException.class);
  }

  @Test
  void an_adapter_gets_the_surroundings_of_its_connection() {
    Clock clock = Clock.systemUTC();
    try (CallRuntime own =
        new CallRuntime(clock, EgressRules.defaults().withSecureRequired(), Optional.empty())) {
      var context =
          own.contextFor(
              new CallScope("acme", "sales"), Fixtures.NO_TOKENS, Events.NONE, Optional.empty());

      assertThat(context.clock()).isSameAs(clock);
      assertThat(context.egress().secureRequired()).isTrue();
      assertThat(context.tokens()).isSameAs(Fixtures.NO_TOKENS);
      assertThat(context.events()).isSameAs(Events.NONE);
      assertThat(context.parallel()).isNotNull();
      try (CallOperation operation =
          own.start("test", Duration.ofMinutes(1), new CancelToken(), ProgressListener.NONE)) {
        operation.checkpoint();
      }
    }
  }

  private static CallRuntime runtimeOn(Executor executor) {
    return new CallRuntime(Clock.systemUTC(), EgressRules.defaults(), Optional.of(executor));
  }

  private void deafly() {
    while (released.getCount() > 0) {
      try {
        released.await();
      } catch (InterruptedException deaf) {
        // That is what the test is about.
      }
    }
  }

  private void untilInterrupted() {
    try {
      released.await();
    } catch (InterruptedException asExpected) {
      Thread.currentThread().interrupt();
    }
  }
}
