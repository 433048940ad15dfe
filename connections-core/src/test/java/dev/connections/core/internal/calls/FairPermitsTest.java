package dev.connections.core.internal.calls;

import static dev.connections.core.internal.calls.Fixtures.failureOf;
import static dev.connections.core.internal.calls.Fixtures.inBackground;
import static org.assertj.core.api.Assertions.assertThat;

import dev.connections.api.ConnectionException;
import dev.connections.api.StandardErrorCode;
import dev.connections.testkit.TestOperation;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class FairPermitsTest {
  private final FairPermits permits = new FairPermits(1);

  @Test
  void permits_are_given_in_the_order_of_asking() {
    permits.acquire(TestOperation.start());
    List<Integer> order = new CopyOnWriteArrayList<>();
    List<CompletableFuture<Boolean>> waiting = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      int number = i;
      waiting.add(
          inBackground(
              () -> {
                permits.acquire(TestOperation.start());
                order.add(number);
                permits.release();
                return true;
              }));
      untilWaiting(i + 1);
    }

    permits.release();

    waiting.forEach(CompletableFuture::join);
    assertThat(order).containsExactly(0, 1, 2, 3, 4);
  }

  @Test
  void a_permit_that_is_free_does_not_overtake_who_waits() {
    permits.acquire(TestOperation.start());
    CompletableFuture<Boolean> waits = waiter(TestOperation.start());
    untilWaiting(1);
    permits.limit(0);
    permits.release();

    assertThat(failureOf(() -> permits.acquire(within(10))).code())
        .isEqualTo(StandardErrorCode.TIMEOUT);
    permits.limit(1);

    assertThat(waits.join()).isTrue();
  }

  @Test
  void more_permits_let_in_who_waits() {
    permits.acquire(TestOperation.start());
    CompletableFuture<Boolean> waits = waiter(TestOperation.start());
    untilWaiting(1);

    permits.limit(2);

    assertThat(waits.join()).isTrue();
    assertThat(permits.limit()).isEqualTo(2);
  }

  @Test
  void who_waited_in_vain_leaves_the_queue() {
    permits.acquire(TestOperation.start());

    assertThat(failureOf(() -> permits.acquire(within(10))).code())
        .isEqualTo(StandardErrorCode.TIMEOUT);
    assertThat(permits.waiting()).isZero();
  }

  @Test
  void interruption_ends_the_wait() {
    permits.acquire(TestOperation.start());
    Thread.currentThread().interrupt();
    ConnectionException thrown;
    try {
      thrown = failureOf(() -> permits.acquire(TestOperation.start()));
    } finally {
      assertThat(Thread.interrupted()).isTrue();
    }

    assertThat(thrown.code()).isEqualTo(StandardErrorCode.CANCELLED);
    assertThat(permits.waiting()).isZero();
  }

  @Test
  void no_permit_is_lost_when_some_are_cancelled_while_others_are_served() {
    FairPermits three = new FairPermits(3);
    AtomicInteger out = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    Random random = new Random(42);
    List<CompletableFuture<Boolean>> callers = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      long seed = random.nextLong();
      callers.add(
          inBackground(
              () -> {
                Random own = new Random(seed);
                for (int round = 0; round < 300; round++) {
                  TestOperation operation = TestOperation.start();
                  CompletableFuture<Void> cancel =
                      own.nextInt(3) == 0
                          ? CompletableFuture.runAsync(operation::cancel)
                          : CompletableFuture.completedFuture(null);
                  try {
                    three.acquire(operation);
                    most.accumulateAndGet(out.incrementAndGet(), Math::max);
                    out.decrementAndGet();
                    three.release();
                  } catch (ConnectionException cancelled) {
                    assertThat(cancelled.code()).isEqualTo(StandardErrorCode.CANCELLED);
                  }
                  cancel.join();
                }
                return true;
              }));
    }
    callers.forEach(CompletableFuture::join);

    assertThat(most.get()).isBetween(1, 3);
    for (int i = 0; i < 3; i++) {
      three.acquire(TestOperation.start());
    }
    assertThat(three.waiting()).isZero();
  }

  private CompletableFuture<Boolean> waiter(TestOperation operation) {
    return inBackground(
        () -> {
          permits.acquire(operation);
          return true;
        });
  }

  private void untilWaiting(int count) {
    while (permits.waiting() < count) {
      Thread.onSpinWait();
    }
  }

  private static TestOperation within(long millis) {
    return TestOperation.within(Duration.ofMillis(millis));
  }
}
