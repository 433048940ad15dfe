package dev.connections.servicenow.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.connections.api.CallLimits;
import dev.connections.api.ConnectionException;
import dev.connections.api.Field;
import dev.connections.api.Secret;
import dev.connections.api.StandardErrorCode;
import dev.connections.http.Authentication;
import dev.connections.http.Grant;
import dev.connections.http.HttpRequest;
import dev.connections.http.HttpService;
import dev.connections.http.HttpSettings;
import dev.connections.http.JsonPage;
import dev.connections.http.JwtAssertion;
import dev.connections.http.OAuth;
import dev.connections.http.OAuthClient;
import dev.connections.simulators.ServiceNowSimulator;
import dev.connections.testkit.TestAdapterContext;
import dev.connections.testkit.TestOperation;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Signing in by a signed statement. Connections to ServiceNow have no fields for it; an adapter on
 * the toolkit that has them gets in.
 */
@Timeout(value = 120, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class SignedStatementTest {
  private static final Field<Secret> KEY = Field.secret("authentication.key");

  private final ServiceNowSimulator instance =
      ServiceNowSimulator.withTables(5).columns(50).start();

  @AfterEach
  void stop() {
    instance.close();
  }

  private static KeyPair pair(String algorithm) throws GeneralSecurityException {
    KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm);
    generator.initialize(algorithm.equals("RSA") ? 2_048 : 256);
    return generator.generateKeyPair();
  }

  private static Secret pem(KeyPair pair) {
    String lines = Base64.getMimeEncoder().encodeToString(pair.getPrivate().getEncoded());
    return Secret.of("-----BEGIN PRIVATE KEY-----\n" + lines + "\n-----END PRIVATE KEY-----\n");
  }

  private JwtAssertion stated(KeyPair pair) {
    return new JwtAssertion(
        instance.clientId(), instance.user(), instance.clientId(), pem(pair), Optional.of("key-1"));
  }

  /** Reads a page as an adapter would; its times are told by the clock. */
  private int tables(JwtAssertion statement, Clock clock, int readings) {
    TestAdapterContext context = TestAdapterContext.create();
    HttpService open =
        HttpService.open(
            HttpSettings.of("Instance", instance.url()), CallLimits.parallel(1), context);
    OAuthClient client =
        OAuthClient.of(
            instance.url().resolve("/oauth_token.do"),
            instance.clientId(),
            Optional.of(Secret.of(instance.clientSecret())));
    OAuth oauth =
        OAuth.of(open, clock, client, new Grant.JwtBearer(statement)).naming(List.of(), KEY);
    int rows = 0;
    try (HttpService service = open.signing(Authentication.tokens(context.tokens(), oauth))) {
      for (int i = 0; i < readings; i++) {
        rows +=
            service
                .<JsonPage<String>>read(
                    "tables",
                    HttpRequest.get("api", "now", "table", "sys_db_object")
                        .header("Accept", "application/json"),
                    answer -> JsonPage.read(answer, "result", row -> row.text("name").orElse("")),
                    TestOperation.start())
                .rows()
                .size();
        instance.expireTokens();
      }
    }
    return rows;
  }

  private void assertRefused(JwtAssertion statement, Clock clock) {
    ConnectionException thrown =
        catchThrowableOfType(ConnectionException.class, () -> tables(statement, clock, 1));

    assertThat(thrown.code()).isEqualTo(StandardErrorCode.WRONG_CREDENTIALS);
    assertThat(thrown.failure().fields()).containsExactly("authentication.key");
    assertThat(instance.requests().count()).as("a refused statement is made once").isEqualTo(1);
    instance.requests().clear();
  }

  @ParameterizedTest
  @ValueSource(strings = {"RSA", "EC"})
  void a_known_key_lets_in_and_each_token_has_a_statement_of_its_own(String algorithm)
      throws GeneralSecurityException {
    KeyPair pair = pair(algorithm);
    instance.trustKey("key-1", pair.getPublic());

    assertThat(tables(stated(pair), Clock.systemUTC(), 2)).isEqualTo(10);
    assertThat(instance.requests().count("/oauth_token.do")).isEqualTo(2);
  }

  @Test
  void another_key_another_name_of_it_and_other_claims_are_refused()
      throws GeneralSecurityException {
    KeyPair pair = pair("EC");
    instance.trustKey("key-1", pair.getPublic());
    JwtAssertion good = stated(pair);
    Clock clock = Clock.systemUTC();

    assertRefused(stated(pair("EC")), clock);
    assertRefused(
        new JwtAssertion(
            good.issuer(), good.subject(), good.audience(), good.key(), Optional.of("key-2")),
        clock);
    assertRefused(
        new JwtAssertion(
            good.issuer(), good.subject(), good.audience(), good.key(), Optional.empty()),
        clock);
    assertRefused(
        new JwtAssertion("another", good.subject(), good.audience(), good.key(), good.keyId()),
        clock);
    assertRefused(
        new JwtAssertion(good.issuer(), "nobody", good.audience(), good.key(), good.keyId()),
        clock);
    assertRefused(
        new JwtAssertion(good.issuer(), good.subject(), "another", good.key(), good.keyId()),
        clock);
  }

  @Test
  void clocks_may_differ_a_little_and_not_much() throws GeneralSecurityException {
    KeyPair pair = pair("EC");
    instance.trustKey("key-1", pair.getPublic());
    Clock now = Clock.systemUTC();

    for (Duration off : List.of(Duration.ofMinutes(4), Duration.ofMinutes(-4))) {
      assertThat(tables(stated(pair), Clock.offset(now, off), 1)).isEqualTo(5);
    }
    instance.requests().clear();
    assertRefused(stated(pair), Clock.offset(now, Duration.ofMinutes(-20)));
    assertRefused(stated(pair), Clock.offset(now, Duration.ofMinutes(20)));
  }
}
