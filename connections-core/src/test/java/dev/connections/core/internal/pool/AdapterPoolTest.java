package dev.connections.core.internal.pool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.connections.api.AdapterContext;
import dev.connections.api.Configuration;
import dev.connections.api.ConnectionException;
import dev.connections.api.ErrorCode;
import dev.connections.api.StandardErrorCode;
import dev.connections.api.StandardFailures;
import dev.connections.testkit.LogCapture;
import dev.connections.testkit.SyntheticSource;
import dev.connections.testkit.TestAdapterContext;
import dev.connections.testkit.TestOperation;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class AdapterPoolTest {
  private static final Admission OPEN_DOOR = () -> {};

  private final SyntheticSource source = SyntheticSource.create();
  private final AdapterContext context = TestAdapterContext.create();
  private final Configuration configuration =
      source.provider().configuration().bind(source.configuration());
  private final AtomicLong now = new AtomicLong();
  private final AdapterPool pool = new AdapterPool(3, Duration.ofSeconds(60), now::get);
  private final ExecutorService threads = Executors.newCachedThreadPool();

  @AfterEach
  void close() {
    pool.close();
    threads.shutdownNow();
  }

  private static AdapterKey key(String connection, long version) {
    return new AdapterKey("acme", connection, version);
  }

  private Supplier<Opening> opening() {
    return () -> new Opening(source.provider(), configuration, context);
  }

  private Lease lease(AdapterKey key) {
    return pool.lease(key, OPEN_DOOR, opening(), TestOperation.start());
  }

  private static void assertCode(ThrowingCallable call, ErrorCode code) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            ConnectionException.class, e -> assertThat(e.code().id()).isEqualTo(code.id()));
  }

  @Test
  void one_adapter_serves_all_leases_of_a_configuration() {
    try (Lease first = lease(key("a", 1));
        Lease second = lease(key("a", 1))) {
      assertThat(first.adapter()).isSameAs(second.adapter());
    }
    try (Lease later = lease(key("a", 1))) {
      assertThat(later.adapter().listSchemas(TestOperation.start())).hasSize(2);
    }
    assertThat(source.counts().opens()).isEqualTo(1);
    assertThat(source.counts().closes()).isZero();
  }

  @Test
  void accounts_share_nothing() {
    try (Lease mine = lease(key("a", 1));
        Lease theirs = lease(new AdapterKey("other", "a", 1))) {
      assertThat(mine.adapter()).isNotSameAs(theirs.adapter());
    }
  }

  @Test
  void an_adapter_is_opened_once_for_all_who_wait() throws Exception {
    CyclicBarrier together = new CyclicBarrier(8);
    List<Future<Lease>> leases = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      leases.add(
          threads.submit(
              () -> {
                together.await();
                return lease(key("a", 1));
              }));
    }
    for (Future<Lease> lease : leases) {
      lease.get().close();
    }
    assertThat(source.counts().opens()).isEqualTo(1);
  }

  @Test
  void every_lease_is_admitted_before_anything_is_opened_or_handed_out() {
    Admission refusing =
        () -> {
          throw StandardFailures.cancelled().asException();
        };
    assertCode(
        () -> pool.lease(key("a", 1), refusing, opening(), TestOperation.start()),
        StandardErrorCode.CANCELLED);
    assertThat(source.counts().opens()).isZero();
    lease(key("a", 1)).close();
    assertCode(
        () -> pool.lease(key("a", 1), refusing, opening(), TestOperation.start()),
        StandardErrorCode.CANCELLED);
    assertCode(() -> pool.once(refusing, opening()), StandardErrorCode.CANCELLED);
  }

  @Test
  void a_failing_open_reaches_all_who_wait_and_is_not_kept() throws Exception {
    CountDownLatch opening = new CountDownLatch(1);
    CountDownLatch fail = new CountDownLatch(1);
    Future<Lease> first =
        threads.submit(
            () ->
                pool.lease(
                    key("a", 1),
                    OPEN_DOOR,
                    () -> {
                      opening.countDown();
                      awaitOpen(fail);
                      throw ConnectionException.of(StandardErrorCode.MISSING_SECRET, "none");
                    },
                    TestOperation.start()));
    opening.await();
    CountDownLatch admitted = new CountDownLatch(1);
    Future<Lease> second =
        threads.submit(
            () -> pool.lease(key("a", 1), admitted::countDown, opening(), TestOperation.start()));
    admitted.await();
    fail.countDown();
    assertThatThrownBy(first::get).hasMessageContaining("MISSING_SECRET");
    try {
      second.get().close(); // it came so late that it opened anew
    } catch (ExecutionException waited) {
      assertThat(waited).hasMessageContaining("MISSING_SECRET");
    }
    lease(key("a", 1)).close();
    assertThat(source.counts().opens()).isEqualTo(1);
  }

  private static void awaitOpen(CountDownLatch latch) {
    try {
      assertThat(latch.await(60, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void who_waits_for_another_to_open_ends_with_his_own_call() throws Exception {
    CountDownLatch opening = new CountDownLatch(1);
    CountDownLatch goOn = new CountDownLatch(1);
    Future<Lease> first =
        threads.submit(
            () ->
                pool.lease(
                    key("a", 1),
                    OPEN_DOOR,
                    () -> {
                      opening.countDown();
                      awaitOpen(goOn);
                      return opening().get();
                    },
                    TestOperation.start()));
    opening.await();
    assertCode(
        () ->
            pool.lease(
                key("a", 1), OPEN_DOOR, opening(), TestOperation.within(Duration.ofMillis(20))),
        StandardErrorCode.TIMEOUT);
    TestOperation operation = TestOperation.start();
    CompletableFuture<Void> cancelled =
        CompletableFuture.runAsync(
            () ->
                assertCode(
                    () -> pool.lease(key("a", 1), operation::cancel, opening(), operation),
                    StandardErrorCode.CANCELLED),
            threads);
    cancelled.get();
    goOn.countDown();
    first.get().close();
  }

  @Test
  void a_waiter_opens_himself_when_the_opener_was_cancelled() throws Exception {
    CountDownLatch opening = new CountDownLatch(1);
    CountDownLatch goOn = new CountDownLatch(1);
    Future<Lease> first =
        threads.submit(
            () ->
                pool.lease(
                    key("a", 1),
                    OPEN_DOOR,
                    () -> {
                      opening.countDown();
                      awaitOpen(goOn);
                      throw StandardFailures.cancelled().asException();
                    },
                    TestOperation.start()));
    opening.await();
    Future<Lease> second = threads.submit(() -> lease(key("a", 1)));
    goOn.countDown();
    assertThatThrownBy(first::get).hasMessageContaining("CANCELLED");
    second.get().close();
    assertThat(source.counts().opens()).isEqualTo(1);
  }

  @Test
  void an_idle_adapter_is_closed_after_its_time_and_a_lent_one_is_not() {
    Lease lent = lease(key("a", 1));
    lease(key("b", 1)).close();
    now.addAndGet(Duration.ofSeconds(59).toNanos());
    pool.closeIdle();
    assertThat(source.counts().closes()).isZero();
    now.addAndGet(Duration.ofSeconds(1).toNanos());
    pool.closeIdle();
    assertThat(source.counts().closes()).isEqualTo(1);
    assertThat(pool.size()).isEqualTo(1);
    lent.close();
    lent.close();
    pool.closeIdle();
    assertThat(source.counts().closes()).as("its idle time begins now").isEqualTo(1);
  }

  @Test
  void a_newer_configuration_replaces_the_adapter_which_ends_with_its_last_lease() {
    Lease old = lease(key("a", 1));
    Lease fresh = lease(key("a", 2));
    assertThat(fresh.adapter()).isNotSameAs(old.adapter());
    assertThat(source.counts().closes()).isZero();
    assertThat(old.adapter().listSchemas(TestOperation.start())).hasSize(2);
    old.close();
    assertThat(source.counts().closes()).isEqualTo(1);
    fresh.close();
    pool.retire("acme", "a");
    assertThat(source.counts().closes()).isEqualTo(2);
    assertThat(pool.size()).isZero();
  }

  @Test
  void the_longest_idle_makes_room_for_another() {
    for (String name : List.of("a", "b", "c")) {
      now.addAndGet(1_000);
      lease(key(name, 1)).close();
    }
    now.addAndGet(1_000);
    lease(key("a", 1)).close();
    lease(key("d", 1)).close();
    assertThat(pool.size()).isEqualTo(3);
    assertThat(source.counts().closes()).isEqualTo(1);
    lease(key("a", 1)).close();
    assertThat(source.counts().opens()).as("a was used after b").isEqualTo(4);
  }

  @Test
  void where_all_are_lent_one_waits_for_room_until_the_call_ends() throws Exception {
    Lease a = lease(key("a", 1));
    Lease b = lease(key("b", 1));
    Lease c = lease(key("c", 1));
    assertCode(
        () ->
            pool.lease(
                key("d", 1), OPEN_DOOR, opening(), TestOperation.within(Duration.ofMillis(20))),
        StandardErrorCode.TIMEOUT);
    CountDownLatch waiting = new CountDownLatch(1);
    Future<Lease> d =
        threads.submit(
            () -> pool.lease(key("d", 1), waiting::countDown, opening(), TestOperation.start()));
    waiting.await();
    b.close();
    d.get().close();
    a.close();
    c.close();
    assertThat(pool.size()).isEqualTo(3);
  }

  @Test
  void closing_closes_what_is_lent_too_and_lends_nothing_any_more() {
    Lease lent = lease(key("a", 1));
    pool.close();
    assertThat(source.counts().closes()).isEqualTo(1);
    lent.close();
    assertThat(source.counts().closes()).isEqualTo(1);
    assertCode(() -> lease(key("a", 1)), StandardErrorCode.CANCELLED);
  }

  @Test
  void what_is_opened_while_the_pool_closes_is_not_lent_and_closed() throws Exception {
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch closed = new CountDownLatch(1);
    Supplier<Opening> slow =
        () -> {
          begun.countDown();
          awaitOpen(closed);
          return opening().get();
        };
    Future<Lease> opener =
        threads.submit(() -> pool.lease(key("a", 1), OPEN_DOOR, slow, TestOperation.start()));
    awaitOpen(begun);
    Future<Lease> waiter = threads.submit(() -> lease(key("a", 1)));
    pool.close();
    closed.countDown();

    for (Future<Lease> lease : List.of(opener, waiter)) {
      assertThatThrownBy(() -> lease.get(60, TimeUnit.SECONDS))
          .cause()
          .isInstanceOfSatisfying(
              ConnectionException.class,
              e -> assertThat(e.code()).isEqualTo(StandardErrorCode.CANCELLED));
    }
    assertThat(source.counts().opens()).isEqualTo(1);
    assertThat(source.counts().closes()).isPositive();
  }

  @Test
  void an_adapter_for_one_call_is_closed_after_it() {
    Lease once = pool.once(OPEN_DOOR, opening());
    assertThat(once.adapter().listSchemas(TestOperation.start())).hasSize(2);
    assertThat(pool.size()).isZero();
    once.close();
    once.close();
    assertThat(source.counts().closes()).isEqualTo(1);
  }

  @Test
  void foreign_exceptions_and_nulls_become_internal_without_their_text() {
    try (LogCapture logged = LogCapture.start()) {
      assertCode(
          () ->
              pool.lease(
                  key("a", 1),
                  OPEN_DOOR,
                  () -> {
                    throw new IllegalStateException(source.password().value());
                  },
                  TestOperation.start()),
          StandardErrorCode.INTERNAL);
      assertCode(() -> Defects.caught("reading", () -> null), StandardErrorCode.INTERNAL);
      source.password().assertAbsentFrom("the log", logged.text());
    }
    lease(key("a", 1)).close();
  }

  @Test
  void an_adapter_is_never_closed_while_it_is_lent() throws Exception {
    AtomicInteger broken = new AtomicInteger();
    List<Future<?>> work = new ArrayList<>();
    for (int thread = 0; thread < 6; thread++) {
      Random random = new Random(42 + thread);
      work.add(
          threads.submit(
              () -> {
                for (int i = 0; i < 300; i++) {
                  String name = "c" + random.nextInt(5);
                  try (Lease lease = lease(key(name, 1 + i / 100))) {
                    if (lease.adapter().listSchemas(TestOperation.start()).size() != 2) {
                      broken.incrementAndGet();
                    }
                  }
                  switch (random.nextInt(12)) {
                    case 0 -> pool.retire("acme", name);
                    case 1 -> {
                      now.addAndGet(Duration.ofMinutes(2).toNanos());
                      pool.closeIdle();
                    }
                    default -> now.incrementAndGet();
                  }
                }
              }));
    }
    for (Future<?> one : work) {
      one.get();
    }
    assertThat(broken).hasValue(0);
    assertThat(pool.size()).isLessThanOrEqualTo(3);
    pool.close();
    assertThat(source.counts().closes()).isEqualTo(source.counts().opens());
  }
}
