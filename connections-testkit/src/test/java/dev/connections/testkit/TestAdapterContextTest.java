package dev.connections.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.connections.api.CallLimits;
import dev.connections.api.ConnectionException;
import dev.connections.api.Quota;
import dev.connections.api.RemoteCalls;
import dev.connections.api.Secret;
import dev.connections.api.StandardErrorCode;
import dev.connections.api.TokenStore;
import java.net.InetAddress;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class TestAdapterContextTest {
  private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");

  private final TestAdapterContext context = TestAdapterContext.create();

  @Test
  void calls_and_attempts_are_counted_by_name() {
    RemoteCalls calls = context.calls(CallLimits.parallel(2));
    calls.<String>read("list", TestOperation.start(), attempt -> "answer");
    calls.<String>read(
        "list",
        TestOperation.start(),
        attempt -> {
          if (attempt.number() == 1) {
            throw ConnectionException.of(StandardErrorCode.UNAVAILABLE, "Busy.");
          }
          return "answer";
        });
    calls.<String>write("change", TestOperation.start(), attempt -> "answer");

    assertThat(context.calls("list")).isEqualTo(2);
    assertThat(context.calls("never")).isZero();
    assertThat(context.callCounts()).containsEntry("list", 2L).containsEntry("change", 1L);
    assertThat(context.attemptCounts()).containsEntry("list", 3L).containsEntry("change", 1L);
    assertThat(context.totalCalls()).isEqualTo(3);
  }

  @Test
  void allowances_and_events_can_be_read() {
    Quota quota =
        new Quota("daily calls", OptionalLong.of(5), OptionalLong.of(100), Optional.empty());
    context.calls(CallLimits.parallel(1)).observe(quota);
    context.events().counted("rows", 2);
    context.events().counted("rows", 3);
    context.events().took("query", Duration.ofMillis(4));

    assertThat(context.quotas()).containsExactly(quota);
    assertThat(context.events().counts()).containsEntry("rows", 5L);
    assertThat(context.events().times("query")).containsExactly(Duration.ofMillis(4));
    assertThat(context.events().times("never")).isEmpty();
  }

  @Test
  void every_address_is_allowed_and_unknown_names_are_told() {
    assertThat(context.egress().resolve("127.0.0.1", 80))
        .containsExactly(InetAddress.getLoopbackAddress());
    assertThat(context.egress().secureRequired()).isFalse();
    assertThat(
            catchThrowableOfType(
                    ConnectionException.class,
                    () -> context.egress().resolve("no-such-host.invalid", 80))
                .code())
        .isEqualTo(StandardErrorCode.UNKNOWN_HOST);
  }

  @Test
  void the_clock_and_the_addresses_can_be_replaced() {
    Clock clock = Clock.fixed(NOON, ZoneOffset.UTC);
    TestAdapterContext other = context.withClock(clock).withEgress(context.egress());

    assertThat(other.clock()).isSameAs(clock);
    assertThat(other.egress()).isSameAs(context.egress());
    assertThat(context.clock()).isNotSameAs(clock);
  }

  @Test
  void tokens_are_asked_for_once_and_replaced_when_refused_or_expired() {
    List<Optional<Secret>> askedWith = new ArrayList<>();
    TokenStore tokens = context.withClock(Clock.fixed(NOON, ZoneOffset.UTC)).tokens();
    TokenStore.Source source =
        (refreshToken, operation) -> {
          askedWith.add(refreshToken);
          return new TokenStore.Granted(
              token("t" + askedWith.size(), NOON.plusSeconds(3_600)),
              Optional.of(Secret.of("r" + askedWith.size())));
        };

    TokenStore.Token first = tokens.current(TestOperation.start(), source);
    assertThat(tokens.current(TestOperation.start(), source)).isEqualTo(first);
    TokenStore.Token second = tokens.replace(first, TestOperation.start(), source);
    assertThat(tokens.replace(first, TestOperation.start(), source)).isEqualTo(second);

    assertThat(askedWith).containsExactly(Optional.empty(), Optional.of(Secret.of("r1")));

    TokenStore expiring = context.withClock(Clock.fixed(NOON, ZoneOffset.UTC)).tokens();
    TokenStore.Source brief =
        (refreshToken, operation) ->
            new TokenStore.Granted(token("brief", NOON.plusSeconds(30)), Optional.empty());
    expiring.current(TestOperation.start(), brief);
    assertThat(expiring.current(TestOperation.start(), source)).isNotEqualTo(second);
  }

  private static TokenStore.Token token(String access, Instant expiresAt) {
    return new TokenStore.Token(Secret.of(access), Optional.of(expiresAt), Optional.empty());
  }
}
