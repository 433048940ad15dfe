package dev.connections.http;

import static dev.connections.http.Services.thrownBy;
import static org.assertj.core.api.Assertions.assertThat;

import dev.connections.api.CallLimits;
import dev.connections.api.Configuration;
import dev.connections.api.ConfigurationProblem;
import dev.connections.api.ConfigurationSpec;
import dev.connections.api.ConfigurationValues;
import dev.connections.api.ConnectionException;
import dev.connections.api.Quota;
import dev.connections.api.Secret;
import dev.connections.api.StandardErrorCode;
import dev.connections.testkit.TestAdapterContext;
import dev.connections.testkit.TestOperation;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(value = 60, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class SignInFieldsTest {
  private static final ConfigurationSpec SPEC =
      ConfigurationSpec.version(1)
          .group("authentication", "Authentication", SignInFields.all("Of the application."))
          .rule(SignInFields::check)
          .build();

  private static ConfigurationValues oauth(String grant) {
    return ConfigurationValues.empty()
        .with("authentication.type", "oauth")
        .with("authentication.grant", grant)
        .with("authentication.client_id", "app")
        .with("authentication.client_secret", Secret.of("app-secret"));
  }

  private static ConfigurationValues person(ConfigurationValues values) {
    return values
        .with("authentication.username", "ada")
        .with("authentication.password", Secret.of("hunter2"));
  }

  @Test
  void a_password_goes_with_each_request() {
    Configuration configuration = SPEC.bind(person(ConfigurationValues.empty()));
    TestAdapterContext context = TestAdapterContext.create();
    try (ScriptedServer server = ScriptedServer.plain((request, wire) -> wire.json("{}"));
        HttpService open =
            HttpService.open(
                HttpSettings.of("Cloud", server.uri()), CallLimits.parallel(1), context)) {
      Services.text(
          SignInFields.signing(open, configuration, context, "/token"), HttpRequest.get("a"));

      assertThat(server.received().get(0).header("Authorization")).startsWith("Basic ");
      assertThat(SignInFields.consent(open, configuration, context, "/token", "/consent"))
          .isEmpty();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "client_credentials, client_credentials",
    "password, password",
    "refresh_token, refresh_token"
  })
  void each_grant_asks_for_a_token_in_its_own_way(String grant, String asked) {
    ConfigurationValues values = person(oauth(grant));
    Configuration configuration =
        SPEC.bind(
            grant.equals("refresh_token")
                ? oauth(grant).with("authentication.refresh_token", Secret.of("refresh0"))
                : grant.equals("password") ? values : oauth(grant));
    TestAdapterContext context = TestAdapterContext.create();
    try (TokenServer tokens = new TokenServer();
        HttpService open =
            HttpService.open(
                HttpSettings.of("Cloud", tokens.server().uri()), CallLimits.parallel(1), context)) {
      HttpService service = SignInFields.signing(open, configuration, context, "/token");
      service.<JsonObject>read("a", HttpRequest.get("a"), JsonObject::read, TestOperation.start());

      assertThat(tokens.forms())
          .singleElement()
          .satisfies(form -> assertThat(form).containsEntry("grant_type", asked));
    }
  }

  @Test
  void a_consent_is_offered_where_the_connection_signs_in_by_it() {
    TestAdapterContext context = TestAdapterContext.create();
    Configuration configuration = SPEC.bind(oauth("authorization_code"));
    try (TokenServer tokens = new TokenServer();
        HttpService open =
            HttpService.open(
                HttpSettings.of("Cloud", tokens.server().uri()), CallLimits.parallel(1), context)) {
      assertThat(SignInFields.consent(open, configuration, context, "/token", "/consent"))
          .isPresent();
      HttpService service = SignInFields.signing(open, configuration, context, "/token");
      assertThat(thrownBy(() -> Services.text(service, HttpRequest.get("a"))).code())
          .isEqualTo(StandardErrorCode.CONSENT_NEEDED);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"basic", "oauth"})
  void what_a_person_needs_is_asked_for_where_a_person_signs_in(String way) {
    ConfigurationValues values =
        way.equals("basic") ? ConfigurationValues.empty() : oauth("password");

    assertThat(SPEC.validate(values))
        .extracting(ConfigurationProblem::field)
        .containsExactlyInAnyOrder("authentication.username", "authentication.password");
    assertThat(SPEC.validate(person(values))).isEmpty();
    assertThat(SPEC.validate(oauth("client_credentials"))).isEmpty();
  }

  @Test
  void refused_credentials_name_the_fields_they_were_entered_in() {
    for (ConfigurationValues values :
        java.util.List.of(person(ConfigurationValues.empty()), oauth("client_credentials"))) {
      Configuration configuration = SPEC.bind(values);
      try (ScriptedServer server =
              ScriptedServer.plain((request, wire) -> wire.answer(401, "", ""));
          HttpService service =
              Services.with(
                  SignInFields.naming(HttpSettings.of("Cloud", server.uri()), configuration))) {
        assertThat(thrownBy(() -> Services.text(service, HttpRequest.get("a"))).failure().fields())
            .first()
            .isEqualTo(
                SignInFields.byPassword(configuration)
                    ? "authentication.username"
                    : "authentication.client_id");
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"1800, 1800", "-5, ", "7200, ", "x, "})
  void an_allowance_is_told_and_waited_for_where_that_is_within_an_hour(
      String untilReset, Long waited) {
    Clock clock = Clock.fixed(Instant.ofEpochSecond(1_000_000), ZoneOffset.UTC);
    String reset =
        untilReset.equals("x") ? "soon" : Long.toString(1_000_000 + Long.parseLong(untilReset));
    TestAdapterContext context = TestAdapterContext.create();
    AnswerRule rule =
        new AnswerRule() {
          @Override
          public Optional<ConnectionException> judge(Answer answer) {
            ConnectionException plain =
                ConnectionException.of(StandardErrorCode.THROTTLED, "Slower.");
            return Optional.of(RateLimitHeaders.waiting(plain, answer, clock));
          }

          @Override
          public Optional<Quota> quota(Answer answer) {
            return RateLimitHeaders.quota(answer, "requests per hour");
          }
        };
    try (ScriptedServer server =
            ScriptedServer.plain(
                (request, wire) ->
                    wire.answer(
                        429,
                        "X-RateLimit-Limit: 500\r\nX-RateLimit-Reset: " + reset + "\r\n",
                        ""));
        HttpService service =
            HttpService.open(
                    HttpSettings.of("Cloud", server.uri()), CallLimits.parallel(1), context)
                .judging(rule)) {
      ConnectionException thrown = thrownBy(() -> Services.text(service, HttpRequest.get("a")));

      assertThat(thrown.retryAfter())
          .isEqualTo(Optional.ofNullable(waited).map(Duration::ofSeconds));
      assertThat(context.quotas())
          .singleElement()
          .satisfies(quota -> assertThat(quota.left()).hasValue(0));
    }
  }
}
