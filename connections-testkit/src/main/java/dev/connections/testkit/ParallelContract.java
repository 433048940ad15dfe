package dev.connections.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.connections.api.ConnectionException;
import dev.connections.api.Parallel;
import dev.connections.api.StandardErrorCode;
import java.time.Duration;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * What every implementation of {@link Parallel} keeps.
 *
 * <p>JUnit makes one instance for each test.
 */
@Timeout(value = 2, unit = TimeUnit.MINUTES)
public abstract class ParallelContract {
  /** For subclasses. */
  protected ParallelContract() {}

  /** {@return the implementation under test; it has at least eight threads to give} */
  protected abstract Parallel parallel();

  @Test
  final void every_item_is_done_once() {
    Map<Integer, Integer> times = new ConcurrentHashMap<>();

    parallel()
        .forEach(numbers(1_000), 8, TestOperation.start(), i -> times.merge(i, 1, Integer::sum));

    assertThat(times).hasSize(1_000).allSatisfy((item, count) -> assertThat(count).isEqualTo(1));
  }

  @Test
  final void no_item_is_no_work() {
    AtomicInteger done = new AtomicInteger();

    parallel().forEach(List.of(), 4, TestOperation.start(), item -> done.incrementAndGet());

    assertThat(done).hasValue(0);
  }

  @Test
  final void as_many_items_are_worked_on_at_once_as_the_width_says_and_no_more() {
    AtomicInteger running = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    // Each round ends only when three are in it: with fewer at once it would never end.
    CyclicBarrier three = new CyclicBarrier(3);

    parallel()
        .forEach(
            numbers(30),
            3,
            TestOperation.start(),
            item -> {
              most.accumulateAndGet(running.incrementAndGet(), Math::max);
              meet(three);
              running.decrementAndGet();
            });

    assertThat(most).hasValue(3);
  }

  @Test
  final void the_caller_takes_part() {
    Set<Thread> threads = ConcurrentHashMap.newKeySet();
    CyclicBarrier two = new CyclicBarrier(2);

    parallel()
        .forEach(
            numbers(2),
            2,
            TestOperation.start(),
            item -> {
              threads.add(Thread.currentThread());
              meet(two);
            });

    assertThat(threads).hasSize(2).contains(Thread.currentThread());
  }

  @Test
  final void a_width_of_one_means_no_other_thread() {
    Set<Thread> threads = ConcurrentHashMap.newKeySet();

    parallel()
        .forEach(
            numbers(20), 1, TestOperation.start(), item -> threads.add(Thread.currentThread()));

    assertThat(threads).containsExactly(Thread.currentThread());
  }

  @Test
  final void a_width_below_one_is_refused() {
    assertThatThrownBy(() -> parallel().forEach(numbers(1), 0, TestOperation.start(), item -> {}))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  final void items_are_taken_one_by_one_by_one_thread_at_a_time() {
    int width = 4;
    AtomicInteger done = new AtomicInteger();
    Endless items = new Endless();
    RuntimeException enough = new RuntimeException("enough");

    assertThatThrownBy(
            () ->
                parallel()
                    .forEach(
                        items,
                        width,
                        TestOperation.start(),
                        item -> {
                          assertThat(items.taken()).isLessThanOrEqualTo(done.get() + width);
                          if (done.incrementAndGet() >= 2_000) {
                            throw enough;
                          }
                        }))
        .isSameAs(enough);
    assertThat(items.takenTogether()).as("two threads were in the iterator").isFalse();
  }

  @Test
  final void the_first_exception_ends_the_whole() {
    IllegalStateException boom = new IllegalStateException("boom");

    assertThatThrownBy(
            () ->
                parallel()
                    .forEach(
                        new Endless(),
                        4,
                        TestOperation.start(),
                        item -> {
                          if (item == 50) {
                            throw boom;
                          }
                        }))
        .isSameAs(boom);
  }

  @Test
  final void after_an_exception_the_item_under_way_is_still_waited_for() {
    IllegalStateException boom = new IllegalStateException("boom");
    Thread caller = Thread.currentThread();
    AtomicBoolean begun = new AtomicBoolean();
    AtomicBoolean returned = new AtomicBoolean();
    AtomicBoolean done = new AtomicBoolean();

    assertThatThrownBy(
            () ->
                parallel()
                    .forEach(
                        numbers(2),
                        2,
                        TestOperation.start(),
                        item -> {
                          if (Thread.currentThread() == caller) {
                            spinUntil(begun::get);
                            throw boom;
                          }
                          begun.set(true);
                          // The caller only spins until it throws: when it waits, it waits for us.
                          spinUntil(() -> returned.get() || waits(caller));
                          done.set(true);
                        }))
        .isSameAs(boom);
    boolean doneAtReturn = done.get();
    returned.set(true);

    assertThat(doneAtReturn).isTrue();
  }

  @Test
  final void an_error_ends_the_whole_too() {
    AssertionError error = new AssertionError("a test inside the work failed");

    assertThatThrownBy(
            () ->
                parallel()
                    .forEach(
                        new Endless(),
                        3,
                        TestOperation.start(),
                        item -> {
                          if (item == 10) {
                            throw error;
                          }
                        }))
        .isSameAs(error);
  }

  @Test
  final void an_iterable_that_throws_ends_the_whole() {
    IllegalStateException broken = new IllegalStateException("broken listing");
    Iterable<Integer> items =
        () ->
            new Iterator<>() {
              private int next;

              @Override
              public boolean hasNext() {
                return true;
              }

              @Override
              public Integer next() {
                if (next == 20) {
                  throw broken;
                }
                return next++;
              }
            };

    assertThatThrownBy(() -> parallel().forEach(items, 4, TestOperation.start(), item -> {}))
        .isSameAs(broken);
  }

  @Test
  final void cancelling_ends_the_whole() {
    TestOperation operation = TestOperation.start();

    ConnectionException thrown =
        catchThrowableOfType(
            ConnectionException.class,
            () ->
                parallel()
                    .forEach(
                        new Endless(),
                        4,
                        operation,
                        item -> {
                          if (item == 100) {
                            operation.cancel();
                          }
                        }));

    assertThat(thrown.code()).isEqualTo(StandardErrorCode.CANCELLED);
  }

  @Test
  final void the_deadline_ends_the_whole() {
    ConnectionException thrown =
        catchThrowableOfType(
            ConnectionException.class,
            () ->
                parallel()
                    .forEach(
                        new Endless(), 4, TestOperation.within(Duration.ofMillis(50)), item -> {}));

    assertThat(thrown.code()).isEqualTo(StandardErrorCode.TIMEOUT);
  }

  @Test
  final void interrupting_the_caller_ends_the_whole_and_keeps_the_flag() {
    Thread caller = Thread.currentThread();
    ConnectionException thrown;
    boolean flag;
    try {
      thrown =
          catchThrowableOfType(
              ConnectionException.class,
              () ->
                  parallel()
                      .forEach(
                          new Endless(),
                          3,
                          TestOperation.start(),
                          item -> {
                            if (item == 100) {
                              caller.interrupt();
                            }
                          }));
    } finally {
      flag = Thread.interrupted();
    }

    assertThat(thrown.code()).isEqualTo(StandardErrorCode.CANCELLED);
    assertThat(flag).as("the caller's flag").isTrue();
  }

  @Test
  final void work_may_itself_be_parallel() {
    AtomicInteger done = new AtomicInteger();
    TestOperation operation = TestOperation.start();
    Parallel parallel = parallel();

    parallel.forEach(
        numbers(10),
        3,
        operation,
        outer -> parallel.forEach(numbers(10), 3, operation, i -> done.incrementAndGet()));

    assertThat(done).hasValue(100);
  }

  @Test
  final void threads_are_not_lost() {
    Parallel parallel = parallel();
    parallel.forEach(numbers(100), 4, TestOperation.start(), item -> {});
    int before = Thread.getAllStackTraces().size();

    for (int i = 0; i < 100; i++) {
      parallel.forEach(numbers(20), 4, TestOperation.start(), item -> {});
    }

    // Threads of an earlier round may still be on their way out; a hundred rounds' may not.
    assertThat(Thread.getAllStackTraces().size()).isLessThan(before + 50);
  }

  private static List<Integer> numbers(int count) {
    return IntStream.range(0, count).boxed().toList();
  }

  private static boolean waits(Thread thread) {
    return thread.getState() == Thread.State.WAITING
        || thread.getState() == Thread.State.TIMED_WAITING;
  }

  private static void spinUntil(BooleanSupplier condition) {
    while (!condition.getAsBoolean()) {
      Thread.onSpinWait();
    }
  }

  private static void meet(CyclicBarrier barrier) {
    try {
      barrier.await(60, TimeUnit.SECONDS);
    } catch (InterruptedException | BrokenBarrierException | TimeoutException missing) {
      throw new AssertionError("not as many at once as the width says", missing);
    }
  }

  /** Numbers without an end, which notice how they are taken. */
  private static final class Endless implements Iterable<Integer> {
    private final AtomicInteger taken = new AtomicInteger();
    private final AtomicBoolean inside = new AtomicBoolean();
    private final Set<String> together = Collections.newSetFromMap(new ConcurrentHashMap<>());

    @Override
    public Iterator<Integer> iterator() {
      return new Iterator<>() {
        @Override
        public boolean hasNext() {
          return true;
        }

        @Override
        public Integer next() {
          if (!inside.compareAndSet(false, true)) {
            together.add(Thread.currentThread().getName());
          }
          int item = taken.getAndIncrement();
          // Long enough for another thread to be met here.
          for (int i = 0; i < 200; i++) {
            Thread.onSpinWait();
          }
          inside.set(false);
          return item;
        }
      };
    }

    private int taken() {
      return taken.get();
    }

    private boolean takenTogether() {
      return !together.isEmpty();
    }
  }
}
