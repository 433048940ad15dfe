package dev.connections.core.internal.tokens;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.connections.api.CallLimits;
import dev.connections.api.ConnectionException;
import dev.connections.api.Events;
import dev.connections.api.Operation;
import dev.connections.api.RemoteCalls;
import dev.connections.api.Secret;
import dev.connections.api.StandardErrorCode;
import dev.connections.api.TokenStore;
import dev.connections.api.TokenStore.Granted;
import dev.connections.api.TokenStore.Token;
import dev.connections.core.internal.calls.CallRuntime;
import dev.connections.core.internal.calls.CallScope;
import dev.connections.testkit.TestOperation;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class ConnectionTokensTest {
  private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");
  private static final CallScope SALES = new CallScope("acme", "sales");

  private final CallRuntime runtime = new CallRuntime();
  private final SettableClock clock = new SettableClock();
  private final TokenPlace row = TokenPlace.inMemory(StoredTokens.NONE);
  private final TokenStore tokens = new ConnectionTokens(runtime, clock, row);
  private final CountDownLatch released = new CountDownLatch(1);
  private final AtomicInteger asked = new AtomicInteger();
  private final List<Optional<Secret>> askedWith = new CopyOnWriteArrayList<>();

  @AfterEach
  void close() {
    released.countDown();
    runtime.close();
  }

  @Test
  void a_token_that_is_good_is_not_asked_for_again() {
    Token first = tokens.current(TestOperation.start(), this::grant);

    assertThat(tokens.current(TestOperation.start(), this::grant)).isEqualTo(first);
    assertThat(asked).hasValue(1);
  }

  @Test
  void a_token_is_replaced_a_minute_before_it_expires() {
    Token first = tokens.current(TestOperation.start(), this::grant);

    clock.now = NOON.plusSeconds(3_600 - 61);
    assertThat(tokens.current(TestOperation.start(), this::grant)).isEqualTo(first);
    clock.now = NOON.plusSeconds(3_600 - 60);

    assertThat(tokens.current(TestOperation.start(), this::grant)).isNotEqualTo(first);
  }

  @Test
  void a_short_lived_token_is_used_for_most_of_its_life() {
    TokenStore.Source brief =
        (refreshToken, operation) ->
            granted("brief" + asked.incrementAndGet(), Optional.of(clock.now.plusSeconds(40)));
    Token first = tokens.current(TestOperation.start(), brief);

    clock.now = NOON.plusSeconds(29);
    assertThat(tokens.current(TestOperation.start(), brief)).isEqualTo(first);
    clock.now = NOON.plusSeconds(30);

    assertThat(tokens.current(TestOperation.start(), brief)).isNotEqualTo(first);
  }

  @Test
  void a_token_without_an_end_is_good_until_it_is_refused() {
    TokenStore.Source endless =
        (refreshToken, operation) -> granted("endless" + asked.incrementAndGet(), Optional.empty());
    Token first = tokens.current(TestOperation.start(), endless);

    clock.now = NOON.plus(Duration.ofDays(10_000));
    assertThat(tokens.current(TestOperation.start(), endless)).isEqualTo(first);

    assertThat(tokens.replace(first, TestOperation.start(), endless)).isNotEqualTo(first);
  }

  @Test
  void a_refused_token_that_another_caller_has_replaced_is_not_replaced_again() {
    Token first = tokens.current(TestOperation.start(), this::grant);
    Token second = tokens.replace(first, TestOperation.start(), this::grant);

    assertThat(tokens.replace(first, TestOperation.start(), this::grant)).isEqualTo(second);
    assertThat(asked).hasValue(2);
  }

  @Test
  void a_replacement_that_has_expired_meanwhile_is_replaced_all_the_same() {
    Token first = tokens.current(TestOperation.start(), this::grant);
    Token second = tokens.replace(first, TestOperation.start(), this::grant);
    clock.now = NOON.plusSeconds(7_200);

    assertThat(tokens.replace(first, TestOperation.start(), this::grant)).isNotEqualTo(second);
  }

  @Test
  void the_newest_refresh_token_is_used_and_an_old_one_kept_where_no_new_one_came() {
    TokenPlace seeded = TokenPlace.inMemory(StoredTokens.seededWith(Secret.of("seed")));
    TokenStore own = new ConnectionTokens(runtime, clock, seeded);
    Token first = own.current(TestOperation.start(), this::grant);
    Token second =
        own.replace(
            first,
            TestOperation.start(),
            (refreshToken, operation) -> {
              askedWith.add(refreshToken);
              return granted("without", Optional.empty());
            });
    own.replace(second, TestOperation.start(), this::grant);

    assertThat(askedWith)
        .containsExactly(
            Optional.of(Secret.of("seed")),
            Optional.of(Secret.of("refresh1")),
            Optional.of(Secret.of("refresh1")));
  }

  @Test
  void what_was_granted_is_stored_before_anybody_gets_it() {
    List<String> order = new CopyOnWriteArrayList<>();
    TokenPlace slow =
        new WritingPlace() {
          @Override
          public boolean write(Held before, StoredTokens stored) {
            return order.add("stored");
          }
        };

    new ConnectionTokens(runtime, clock, slow).current(TestOperation.start(), this::grant);
    order.add("given");

    assertThat(order).containsExactly("stored", "given");
  }

  @Test
  void a_token_that_cannot_be_stored_is_given_to_nobody() {
    TokenPlace broken =
        new WritingPlace() {
          @Override
          public boolean write(Held before, StoredTokens stored) {
            throw new IllegalStateException("disk full: swordfish");
          }
        };

    ConnectionException thrown =
        failureOf(
            () ->
                new ConnectionTokens(runtime, clock, broken)
                    .current(TestOperation.start(), this::grant));

    assertThat(thrown.code()).isEqualTo(StandardErrorCode.INTERNAL);
    assertThat(thrown).hasMessageNotContaining("swordfish");
  }

  @Test
  void however_many_callers_need_a_token_the_source_is_asked_once() throws Exception {
    CountDownLatch asking = new CountDownLatch(1);
    TokenStore.Source slow = slow(asking);
    List<CompletableFuture<Token>> callers = new ArrayList<>();
    callers.add(inBackground(() -> tokens.current(TestOperation.start(), slow)));
    assertThat(asking.await(60, TimeUnit.SECONDS)).isTrue();
    for (int i = 0; i < 7; i++) {
      callers.add(inBackground(() -> tokens.current(TestOperation.start(), slow)));
    }
    released.countDown();

    Token token = callers.get(0).join();
    assertThat(callers).allSatisfy(caller -> assertThat(caller.join()).isEqualTo(token));
    assertThat(asked).hasValue(1);
  }

  @Test
  void all_who_wait_hear_of_a_failure_and_who_comes_later_asks_again() throws Exception {
    CountDownLatch asking = new CountDownLatch(1);
    TokenStore.Source refusing =
        (refreshToken, operation) -> {
          asked.incrementAndGet();
          asking.countDown();
          uninterruptibly(released);
          throw ConnectionException.of(StandardErrorCode.THROTTLED, "Too many sign-ins.")
              .retryAfter(Duration.ofSeconds(7));
        };
    CompletableFuture<ConnectionException> first =
        inBackground(() -> failureOf(() -> tokens.current(TestOperation.start(), refusing)));
    assertThat(asking.await(60, TimeUnit.SECONDS)).isTrue();
    CompletableFuture<ConnectionException> second =
        inBackground(() -> failureOf(() -> tokens.current(TestOperation.start(), refusing)));
    released.countDown();

    for (ConnectionException thrown : List.of(first.join(), second.join())) {
      assertThat(thrown.code()).isEqualTo(StandardErrorCode.THROTTLED);
      assertThat(thrown.retryAfter()).contains(Duration.ofSeconds(7));
    }
    assertThat(first.join()).isNotSameAs(second.join());
    assertThat(tokens.current(TestOperation.start(), this::grant)).isNotNull();
  }

  @Test
  void who_waits_obeys_its_own_deadline_and_the_sign_in_goes_on() throws Exception {
    CountDownLatch asking = new CountDownLatch(1);
    TokenStore.Source slow = slow(asking);

    ConnectionException thrown =
        failureOf(() -> tokens.current(TestOperation.within(Duration.ofMillis(30)), slow));
    assertThat(thrown.code()).isEqualTo(StandardErrorCode.TIMEOUT);

    CompletableFuture<Token> later =
        inBackground(() -> tokens.current(TestOperation.start(), this::grant));
    released.countDown();
    assertThat(later.join().access()).isEqualTo(Secret.of("access1"));
    assertThat(asked).hasValue(1);
  }

  @Test
  void cancelling_the_caller_that_began_a_sign_in_does_not_lose_what_it_brings() throws Exception {
    CountDownLatch asking = new CountDownLatch(1);
    TokenStore.Source slow = slow(asking);
    TestOperation operation = TestOperation.start();
    CompletableFuture<ConnectionException> caller =
        inBackground(() -> failureOf(() -> tokens.current(operation, slow)));
    assertThat(asking.await(60, TimeUnit.SECONDS)).isTrue();

    operation.cancel();

    assertThat(caller.join().code()).isEqualTo(StandardErrorCode.CANCELLED);
    CompletableFuture<Token> later =
        inBackground(() -> tokens.current(TestOperation.start(), this::grant));
    released.countDown();
    assertThat(later.join().access()).isEqualTo(Secret.of("access1"));
    assertThat(row.read().tokens().refreshToken()).contains(Secret.of("refresh1"));
  }

  @Test
  void interrupting_a_caller_cancels_it_with_the_flag_set_again() {
    TestOperation operation = TestOperation.start();
    CountDownLatch asking = new CountDownLatch(1);
    CompletableFuture<Boolean> flag = new CompletableFuture<>();
    CompletableFuture<ConnectionException> outcome = new CompletableFuture<>();
    Thread caller =
        new Thread(
            () -> {
              outcome.complete(failureOf(() -> tokens.current(operation, slow(asking))));
              flag.complete(Thread.interrupted());
            });
    caller.start();
    uninterruptibly(asking);

    caller.interrupt();

    assertThat(outcome.join().code()).isEqualTo(StandardErrorCode.CANCELLED);
    assertThat(flag.join()).isTrue();
  }

  @Test
  void a_token_is_never_asked_for_within_a_call_but_the_source_may_make_calls() {
    RemoteCalls calls =
        runtime
            .contextFor(SALES, tokens, Events.NONE, Optional.empty())
            .calls(CallLimits.parallel(1));

    Token token =
        tokens.current(
            TestOperation.start(),
            (refreshToken, operation) ->
                calls.write("sign in", operation, attempt -> grant(refreshToken, operation)));

    assertThat(token.access()).isEqualTo(Secret.of("access1"));
    calls.<String>read(
        "read",
        TestOperation.start(),
        attempt -> {
          assertThatThrownBy(() -> tokens.current(TestOperation.start(), this::grant))
              .isInstanceOf(IllegalStateException.class);
          return "answer";
        });
  }

  @Test
  void after_the_runtime_has_closed_nobody_signs_in() {
    runtime.close();

    for (int i = 0; i < 2; i++) {
      assertThat(failureOf(() -> tokens.current(TestOperation.start(), this::grant)).code())
          .isEqualTo(StandardErrorCode.CANCELLED);
    }
    assertThat(asked).hasValue(0);
  }

  @Test
  void adapters_of_one_connection_share_its_tokens_until_they_are_forgotten() {
    TokenStores stores = new TokenStores(runtime, clock);
    Supplier<TokenPlace> fresh = () -> TokenPlace.inMemory(StoredTokens.NONE);
    TokenStore mine = stores.of(SALES, 1, fresh);

    assertThat(stores.of(SALES, 1, fresh)).isSameAs(mine);
    assertThat(stores.of(new CallScope("other", "sales"), 1, fresh)).isNotSameAs(mine);
    stores.forget(SALES);

    assertThat(stores.of(SALES, 1, fresh)).isNotSameAs(mine);
  }

  @Test
  void tokens_of_one_configuration_are_never_used_with_another() {
    TokenStores stores = new TokenStores(runtime, clock);
    TokenStore newer = stores.of(SALES, 2, () -> TokenPlace.inMemory(StoredTokens.NONE));
    // Somebody read the connection before it was changed, and opens its adapter only now.
    TokenStore older =
        stores.of(
            SALES,
            1,
            () -> TokenPlace.inMemory(StoredTokens.seededWith(Secret.of("of another server"))));
    newer.current(TestOperation.start(), this::grant);
    assertThat(askedWith).containsExactly(Optional.empty());
    assertThat(older).isNotSameAs(newer);
    assertThat(stores.of(SALES, 2, () -> TokenPlace.inMemory(StoredTokens.NONE))).isSameAs(newer);
  }

  private Granted grant(Optional<Secret> refreshToken, Operation operation) {
    askedWith.add(refreshToken);
    int number = asked.incrementAndGet();
    return new Granted(
        granted("access" + number, Optional.of(clock.now.plusSeconds(3_600))).token(),
        Optional.of(Secret.of("refresh" + number)));
  }

  private TokenStore.Source slow(CountDownLatch asking) {
    return (refreshToken, operation) -> {
      asking.countDown();
      uninterruptibly(released);
      return grant(refreshToken, operation);
    };
  }

  private static Granted granted(String access, Optional<Instant> expiresAt) {
    return new Granted(new Token(Secret.of(access), expiresAt, Optional.empty()), Optional.empty());
  }

  private static ConnectionException failureOf(Supplier<Token> call) {
    return catchThrowableOfType(ConnectionException.class, call::get);
  }

  private static <T> CompletableFuture<T> inBackground(Supplier<T> task) {
    return CompletableFuture.supplyAsync(task, work -> new Thread(work).start());
  }

  private static void uninterruptibly(CountDownLatch latch) {
    try {
      assertThat(latch.await(60, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException unexpected) {
      throw new AssertionError(unexpected);
    }
  }

  /** A place that nobody else knows, with nothing in it. */
  private abstract static class WritingPlace implements TokenPlace {
    @Override
    public Held read() {
      return new Held(StoredTokens.NONE, 0);
    }

    @Override
    public boolean lease(String holder, Duration length) {
      return true;
    }

    @Override
    public void release(String holder) {}
  }

  /** A clock that stands still until a test moves it. */
  private static final class SettableClock extends Clock {
    private volatile Instant now = NOON;

    @Override
    public Instant instant() {
      return now;
    }

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }
  }
}
