package dev.connections.core.internal.tokens;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.connections.api.ConnectionException;
import dev.connections.api.Operation;
import dev.connections.api.Secret;
import dev.connections.api.StandardErrorCode;
import dev.connections.api.TokenStore;
import dev.connections.api.TokenStore.Granted;
import dev.connections.api.TokenStore.Token;
import dev.connections.core.CoreErrorCode;
import dev.connections.core.access.Ownership;
import dev.connections.core.access.Visibility;
import dev.connections.core.internal.calls.CallRuntime;
import dev.connections.core.internal.sealing.SealedPlace;
import dev.connections.core.internal.sealing.SecretCipher;
import dev.connections.core.internal.sealing.StoreKeys;
import dev.connections.core.secrets.KeySource;
import dev.connections.core.store.InMemoryConnectionStore;
import dev.connections.core.store.SealedRow;
import dev.connections.core.store.StoredConfiguration;
import dev.connections.core.store.StoredConnection;
import dev.connections.core.store.TokenRow;
import dev.connections.testkit.Canary;
import dev.connections.testkit.LogCapture;
import dev.connections.testkit.TestOperation;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Tokens of one connection that several processes use: each has objects of its own. */
@Timeout(60)
class SharedTokensTest {
  private static final Duration LEASE = Duration.ofSeconds(20);
  private static final StoredTokens SEED = StoredTokens.seededWith(Secret.of("refresh-0"));

  private final InMemoryConnectionStore store = InMemoryConnectionStore.create();
  private final KeySource keys = KeySource.ephemeral();
  private final SecretCipher cipher = SecretCipher.open(keys, store.keyset());
  private final CallRuntime runtime = new CallRuntime();
  private final CallRuntime otherRuntime = new CallRuntime();
  private final Server server = new Server();

  /** Hands out a new refresh token with each use, and takes none twice. */
  private static final class Server implements TokenStore.Source {
    final AtomicInteger granted = new AtomicInteger();
    final AtomicInteger spentTwice = new AtomicInteger();
    private String expected = "refresh-0";

    @Override
    public synchronized Granted obtain(Optional<Secret> refreshToken, Operation operation) {
      if (!refreshToken.equals(Optional.of(Secret.of(expected)))) {
        spentTwice.incrementAndGet();
        throw ConnectionException.of(
            StandardErrorCode.EXPIRED_CREDENTIALS, "The refresh token was used already.");
      }
      int number = granted.incrementAndGet();
      expected = "refresh-" + number;
      return grant("access-" + number, expected);
    }
  }

  private static Granted grant(String access, String refresh) {
    return new Granted(
        new Token(
            Secret.of(access),
            Optional.of(Instant.now().plusSeconds(3_600)),
            Optional.of("https://service.example.com")),
        Optional.of(Secret.of(refresh)));
  }

  @BeforeEach
  void store() {
    store.insert(
        StoredConnection.builder(
                "sales",
                new Ownership("acme", Optional.empty(), "ada", Visibility.PRIVATE, false),
                "Sales",
                "salesforce",
                new StoredConfiguration(1, "{}"))
            .created("ada", Instant.EPOCH)
            .build());
  }

  @AfterEach
  void close() {
    runtime.close();
    otherRuntime.close();
  }

  private SealedTokens place(long configuration, String credentials) {
    return new SealedTokens(
        store.tokenRows(),
        cipher,
        new SealedTokens.Owner("acme", "sales", configuration, credentials),
        SEED);
  }

  private TokenStore process(CallRuntime own) {
    return new ConnectionTokens(own, Clock.systemUTC(), place(1, "c"), LEASE);
  }

  private static Token current(TokenStore tokens, TokenStore.Source source) {
    return tokens.current(TestOperation.start(), source);
  }

  private static ConnectionException failing(TokenStore tokens, TokenStore.Source source) {
    return catchThrowableOfType(ConnectionException.class, () -> current(tokens, source));
  }

  @Test
  void what_one_process_was_granted_the_others_and_later_ones_use() {
    Token first = current(process(runtime), server);
    assertThat(current(process(otherRuntime), server)).isEqualTo(first);
    assertThat(server.granted).hasValue(1);
    assertThat(first.endpoint()).contains("https://service.example.com");
  }

  @Test
  void a_refused_token_that_another_process_has_replaced_is_not_replaced_again() {
    TokenStore one = process(runtime);
    TokenStore two = process(otherRuntime);
    Token first = current(one, server);
    assertThat(current(two, server)).isEqualTo(first);
    Token second = one.replace(first, TestOperation.start(), server);
    assertThat(two.replace(first, TestOperation.start(), server)).isEqualTo(second);
    assertThat(server.granted).hasValue(2);
  }

  @Test
  void no_refresh_token_is_spent_twice_however_many_ask_at_once() throws Exception {
    List<TokenStore> processes = List.of(process(runtime), process(otherRuntime));
    ExecutorService threads = Executors.newFixedThreadPool(4);
    try {
      Token refused = current(processes.get(0), server);
      for (int round = 0; round < 25; round++) {
        Token before = refused;
        CountDownLatch together = new CountDownLatch(4);
        List<Future<Token>> callers = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
          TokenStore mine = processes.get(i % 2);
          callers.add(
              threads.submit(
                  () -> {
                    together.countDown();
                    together.await();
                    return mine.replace(before, TestOperation.start(), server);
                  }));
        }
        Token next = callers.get(0).get();
        for (Future<Token> caller : callers) {
          assertThat(caller.get()).isEqualTo(next);
        }
        refused = next;
      }
    } finally {
      threads.shutdownNow();
    }
    assertThat(server.spentTwice).hasValue(0);
    assertThat(server.granted).hasValue(26);
  }

  @Test
  void the_lease_of_a_process_that_died_ends_and_another_takes_over() {
    store.tokenRows().lease("acme", "sales", 1, "dead", Duration.ofMillis(300));
    assertThat(current(process(runtime), server).access()).isEqualTo(Secret.of("access-1"));
  }

  @Test
  void who_waits_for_another_process_obeys_its_deadline_and_its_cancel() {
    store.tokenRows().lease("acme", "sales", 1, "slow", Duration.ofHours(1));
    TokenStore mine = process(runtime);
    assertThat(
            catchThrowableOfType(
                    ConnectionException.class,
                    () -> mine.current(TestOperation.within(Duration.ofMillis(30)), server))
                .code())
        .isEqualTo(StandardErrorCode.TIMEOUT);
    assertThat(server.granted).hasValue(0);
    store.tokenRows().release("acme", "sales", "slow");
    assertThat(current(mine, server)).isNotNull();
  }

  @Test
  void the_lease_is_renewed_as_long_as_the_source_takes() {
    CountDownLatch renewed = new CountDownLatch(3);
    TokenPlace counting =
        new TokenPlace() {
          private final TokenPlace real = place(1, "c");

          @Override
          public Held read() {
            return real.read();
          }

          @Override
          public boolean write(Held before, StoredTokens tokens) {
            return real.write(before, tokens);
          }

          @Override
          public boolean lease(String holder, Duration length) {
            renewed.countDown();
            return real.lease(holder, length);
          }

          @Override
          public void release(String holder) {
            real.release(holder);
          }
        };
    TokenStore mine =
        new ConnectionTokens(runtime, Clock.systemUTC(), counting, Duration.ofMillis(30));
    Token token =
        current(
            mine,
            (refresh, operation) -> {
              await(renewed);
              return server.obtain(refresh, operation);
            });
    assertThat(token.access()).isEqualTo(Secret.of("access-1"));
    assertThat(store.tokenRows().lease("acme", "sales", 1, "next", LEASE))
        .as("given back")
        .isTrue();
  }

  private static void await(CountDownLatch latch) {
    try {
      assertThat(latch.await(60, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  /** Writes as a process does that held the lease too long. */
  private Granted grantedElsewhere(String access, String refresh, Instant expires) {
    SealedTokens theirs = place(1, "c");
    Granted granted = grant(access, refresh);
    Token token = new Token(granted.token().access(), Optional.of(expires), Optional.empty());
    assertThat(
            theirs.write(
                theirs.read(),
                new StoredTokens(
                    Optional.of(token), Instant.now(), granted.refreshToken(), Optional.empty())))
        .isTrue();
    return granted;
  }

  @Test
  void who_is_refused_because_another_process_was_granted_something_uses_that() {
    AtomicInteger asked = new AtomicInteger();
    Token token =
        current(
            process(runtime),
            (refresh, operation) -> {
              asked.incrementAndGet();
              grantedElsewhere("theirs", "refresh-7", Instant.now().plusSeconds(600));
              throw ConnectionException.of(StandardErrorCode.EXPIRED_CREDENTIALS, "Spent.");
            });
    assertThat(token.access()).isEqualTo(Secret.of("theirs"));
    assertThat(asked).hasValue(1);
  }

  @Test
  void who_is_refused_asks_once_more_with_the_refresh_token_that_is_there_by_then() {
    List<Optional<Secret>> asked = new ArrayList<>();
    Token token =
        current(
            process(runtime),
            (refresh, operation) -> {
              asked.add(refresh);
              if (asked.size() > 1) {
                return grant("mine", "refresh-8");
              }
              grantedElsewhere("spent", "refresh-7", Instant.now().minusSeconds(5));
              throw ConnectionException.of(StandardErrorCode.WRONG_CREDENTIALS, "Spent.");
            });
    assertThat(token.access()).isEqualTo(Secret.of("mine"));
    assertThat(asked)
        .containsExactly(Optional.of(Secret.of("refresh-0")), Optional.of(Secret.of("refresh-7")));
    assertThat(place(1, "c").read().tokens().refreshToken()).contains(Secret.of("refresh-8"));
  }

  @Test
  void a_refusal_that_nothing_explains_is_told_at_once() {
    AtomicInteger asked = new AtomicInteger();
    for (StandardErrorCode code :
        List.of(StandardErrorCode.EXPIRED_CREDENTIALS, StandardErrorCode.UNAVAILABLE)) {
      ConnectionException refused =
          failing(
              process(runtime),
              (refresh, operation) -> {
                asked.incrementAndGet();
                throw ConnectionException.of(code, "No.");
              });
      assertThat(refused.code()).isEqualTo(code);
    }
    assertThat(asked).hasValue(2);
    assertThat(current(process(otherRuntime), server)).as("the lease is free").isNotNull();
  }

  @Test
  void what_another_process_wrote_first_is_what_everybody_uses() {
    Token token =
        current(
            process(runtime),
            (refresh, operation) -> {
              grantedElsewhere("theirs", "refresh-7", Instant.now().plusSeconds(600));
              return grant("mine", "refresh-8");
            });
    assertThat(token.access()).isEqualTo(Secret.of("theirs"));
    assertThat(place(1, "c").read().tokens().refreshToken()).contains(Secret.of("refresh-7"));
  }

  @Test
  void a_later_configuration_that_signs_in_likewise_goes_on_with_the_tokens() {
    Token first = current(process(runtime), server);
    TokenStore later = new ConnectionTokens(runtime, Clock.systemUTC(), place(2, "c"), LEASE);
    assertThat(current(later, server)).isEqualTo(first);
    later.replace(first, TestOperation.start(), server);
    assertThat(server.spentTwice).hasValue(0);
  }

  @Test
  void other_credentials_never_meet_the_tokens_of_the_former_ones() {
    current(process(runtime), server);
    List<Optional<Secret>> asked = new ArrayList<>();
    TokenStore other = new ConnectionTokens(runtime, Clock.systemUTC(), place(2, "other"), LEASE);
    current(
        other,
        (refresh, operation) -> {
          asked.add(refresh);
          return grant("elsewhere", "refresh-elsewhere");
        });
    assertThat(asked).containsExactly(Optional.of(Secret.of("refresh-0")));
  }

  @Test
  void a_process_that_knows_the_former_configuration_overwrites_nothing() {
    TokenStore later = new ConnectionTokens(runtime, Clock.systemUTC(), place(2, "other"), LEASE);
    current(later, (refresh, operation) -> grant("new", "refresh-new"));
    ConnectionException stale =
        failing(process(otherRuntime), (refresh, operation) -> grant("old", "refresh-old"));
    assertThat(stale.is(CoreErrorCode.STALE_VERSION)).isTrue();
    assertThat(place(2, "other").read().tokens().refreshToken()).contains(Secret.of("refresh-new"));
  }

  @Test
  void tokens_of_a_connection_that_is_gone_are_given_to_nobody() {
    TokenStore mine = process(runtime);
    store.delete("acme", "sales", 1);
    assertThat(failing(mine, server).code()).isEqualTo(StandardErrorCode.NOT_FOUND);
    assertThat(server.granted).hasValue(0);
  }

  @Test
  void tokens_that_somebody_changed_or_copied_are_not_used_and_it_is_said() {
    Canary canary = Canary.create("a token");
    SealedTokens place = place(1, "c");
    store.tokenRows().lease("acme", "sales", 1, "x", Duration.ofMillis(1));
    place.write(
        place.read(),
        new StoredTokens(
            Optional.of(new Token(Secret.of(canary.value()), Optional.empty(), Optional.empty())),
            Instant.now(),
            Optional.empty(),
            Optional.empty()));
    TokenRow row = store.tokenRows().find("acme", "sales").orElseThrow();
    String copied =
        cipher.seal(
            new SealedPlace("acme", "sales"),
            SealedTokens.FIELD,
            "{\"credentials\":\"c\",\"access_token\":\"forged\"}".getBytes());
    char last = row.text().charAt(50);
    String flipped =
        row.text().substring(0, 50) + (last == 'A' ? 'B' : 'A') + row.text().substring(51);
    try (LogCapture logs = LogCapture.start()) {
      for (String text : List.of(flipped, copied, "nonsense")) {
        TokenRow present = store.tokenRows().find("acme", "sales").orElseThrow();
        store
            .tokenRows()
            .replace(new TokenRow("acme", "sales", 1, text, row.keyId(), present.version()));
        assertThat(place.read().tokens()).isEqualTo(SEED);
      }
      assertThat(logs.text()).contains("can't be decrypted");
      canary.assertAbsentFrom("the log", logs.text());
    }
    assertThat(current(process(runtime), server).access()).isEqualTo(Secret.of("access-1"));
  }

  @Test
  void tokens_of_another_form_are_not_used() {
    SealedTokens place = place(1, "c");
    store.tokenRows().lease("acme", "sales", 1, "x", Duration.ofMillis(1));
    for (String text :
        List.of("", "[1]", "{}", "{\"credentials\":\"c\",\"obtained_at\":\"noon\"}", "{")) {
      String sealed =
          cipher.seal(
              new SealedPlace("acme", "sales", SealedRow.Part.TOKENS),
              SealedTokens.FIELD,
              text.getBytes());
      TokenRow present = store.tokenRows().find("acme", "sales").orElseThrow();
      store
          .tokenRows()
          .replace(
              new TokenRow(
                  "acme",
                  "sales",
                  1,
                  sealed,
                  OptionalLong.of(SecretCipher.keyOf(sealed)),
                  present.version()));
      assertThat(place.read().tokens()).isEqualTo(SEED);
    }
  }

  @Test
  void tokens_are_written_with_the_present_key_where_another_process_retired_ours() {
    AtomicReference<SecretCipher> theirs =
        new AtomicReference<>(SecretCipher.open(keys, store.keyset()));
    StoreKeys elsewhere = new StoreKeys(keys, store.keyset(), theirs.get());
    elsewhere.add((what, replacement) -> replacement.getAsBoolean());
    elsewhere.promote((what, replacement) -> replacement.getAsBoolean());
    long former = elsewhere.keys(Map.of()).get(0).id();
    elsewhere.retire(former, (what, replacement) -> replacement.getAsBoolean());
    Token token = current(process(runtime), server);
    assertThat(store.sealedRows().countByKey().keySet())
        .isEqualTo(Set.of(elsewhere.keys(Map.of()).get(0).id()));
    assertThat(current(process(otherRuntime), server)).isEqualTo(token);
  }

  @Test
  void whose_tokens_they_are_is_said_without_what_it_signs_in_with() {
    assertThat(new SealedTokens.Owner("acme", "sales", 1, "hunter2").toString())
        .doesNotContain("hunter2");
  }
}
