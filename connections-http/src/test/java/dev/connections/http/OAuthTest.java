package dev.connections.http;

import static dev.connections.http.Services.thrownBy;
import static org.assertj.core.api.Assertions.assertThat;

import dev.connections.api.CallLimits;
import dev.connections.api.ConnectionException;
import dev.connections.api.ConsentFlow;
import dev.connections.api.Field;
import dev.connections.api.Secret;
import dev.connections.api.StandardErrorCode;
import dev.connections.api.TokenStore;
import dev.connections.testkit.TestAdapterContext;
import dev.connections.testkit.TestOperation;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(value = 60, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class OAuthTest {
  private static final Field<String> CLIENT = Field.text("client_id");
  private static final Field<Secret> TOKEN = Field.secret("refresh_token");

  private final TokenServer tokens = new TokenServer();
  private final TestAdapterContext context = TestAdapterContext.create();

  @AfterEach
  void close() {
    tokens.close();
  }

  private OAuthClient client() {
    return OAuthClient.of(
        tokens.server().uri().resolve("/token"), "app", Optional.of(Secret.of("app&secret")));
  }

  private HttpService service(TestAdapterContext around, OAuthClient client, Grant grant) {
    HttpService open =
        HttpService.open(
            HttpSettings.of("Cloud", tokens.server().uri()), CallLimits.parallel(4), around);
    OAuth oauth = OAuth.of(open, around.clock(), client, grant).naming(List.of(CLIENT), TOKEN);
    return open.signing(Authentication.tokens(around.tokens(), oauth));
  }

  private HttpService service(Grant grant) {
    return service(context, client(), grant);
  }

  private static JsonObject ask(HttpService service) {
    return service.read("x", HttpRequest.get("data"), JsonObject::read, TestOperation.start());
  }

  @Test
  void an_application_asks_for_itself_once_and_keeps_the_token() {
    try (HttpService service = service(new Grant.ClientCredentials())) {
      ask(service);
      ask(service);

      assertThat(tokens.forms()).hasSize(1);
      assertThat(tokens.forms().get(0))
          .containsEntry("grant_type", "client_credentials")
          .containsEntry("client_id", "app")
          .containsEntry("client_secret", "app&secret");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"999999999999999999", "-1", "0", "soon", "1e400"})
  void a_lifetime_that_makes_no_sense_is_none_that_ends_the_call(String seconds) {
    tokens.addsToGrants(",\"expires_in\":\"" + seconds + "\"");
    try (HttpService service = service(new Grant.ClientCredentials())) {
      assertThat(ask(service).flag("ok")).contains(true);
    }
  }

  @Test
  void id_and_secret_go_into_the_header_where_a_service_wants_them_there() {
    OAuthClient client = client().withSecretInHeader().withScope("a b");
    try (HttpService service = service(context, client, new Grant.ClientCredentials())) {
      ask(service);

      assertThat(tokens.server().received().get(0).header("Authorization"))
          .isEqualTo("Basic YXBwOmFwcCUyNnNlY3JldA==");
      assertThat(tokens.forms().get(0))
          .containsEntry("scope", "a b")
          .doesNotContainKey("client_secret");
    }
  }

  @Test
  void a_token_refused_in_mid_work_is_renewed_once_with_the_newest_refresh_token() {
    tokens.keepsRefreshTokens();
    Grant grant = new Grant.RefreshToken(Optional.of(Secret.of("first")));
    try (HttpService service = service(grant)) {
      ask(service);
      tokens.forgets();

      assertThat(ask(service).flag("ok")).contains(true);
      assertThat(tokens.forms())
          .extracting(form -> form.get("refresh_token"))
          .containsExactly("first", "refresh1");
    }
  }

  @Test
  void a_token_that_is_refused_again_is_not_renewed_for_ever() {
    try (ScriptedServer strict =
        ScriptedServer.plain(
            (request, wire) -> {
              if (request.path().equals("/token")) {
                wire.json("{\"access_token\":\"x\"}");
              } else {
                wire.answer(401, "", "");
              }
            })) {
      HttpService open = Services.at(strict.uri());
      OAuth oauth =
          OAuth.of(
              open,
              context.clock(),
              OAuthClient.of(strict.uri().resolve("/token"), "app", Optional.empty()),
              new Grant.ClientCredentials());
      try (HttpService service = open.signing(Authentication.tokens(context.tokens(), oauth))) {
        assertThat(thrownBy(() -> ask(service)).code())
            .isEqualTo(StandardErrorCode.WRONG_CREDENTIALS);
        assertThat(strict.received())
            .extracting(ScriptedServer.Received::path)
            .containsExactly("/token", "/data", "/token", "/data");
      }
    }
  }

  @Test
  void a_refused_password_is_not_tried_again() {
    try (ScriptedServer server = ScriptedServer.plain((request, wire) -> wire.answer(401, "", ""));
        HttpService service =
            Services.at(server.uri())
                .signing(Authentication.basic("ada", Secret.of("wrong-password")))) {
      assertThat(thrownBy(() -> ask(service)).code())
          .isEqualTo(StandardErrorCode.WRONG_CREDENTIALS);
      assertThat(server.received()).hasSize(1);
    }
  }

  @Test
  void many_callers_cause_one_request_for_a_token() throws InterruptedException {
    try (HttpService service = service(new Grant.ClientCredentials())) {
      List<Thread> threads =
          IntStream.range(0, 8).mapToObj(i -> new Thread(() -> ask(service))).toList();
      threads.forEach(Thread::start);
      for (Thread thread : threads) {
        thread.join();
      }
      assertThat(tokens.forms()).hasSize(1);
    }
  }

  @Test
  void two_processes_that_refresh_each_for_itself_both_go_on() {
    tokens.keepsRefreshTokens();
    Grant grant = new Grant.RefreshToken(Optional.of(Secret.of("first")));
    try (HttpService one = service(grant);
        HttpService two = service(TestAdapterContext.create(), client(), grant)) {
      for (int i = 0; i < 3; i++) {
        assertThat(ask(one).flag("ok")).contains(true);
        assertThat(ask(two).flag("ok")).contains(true);
      }
    }
  }

  @Test
  void a_process_whose_refresh_token_another_used_up_falls_back_to_the_configured_or_says_so() {
    Grant grant = new Grant.RefreshToken(Optional.of(Secret.of("first")));
    try (HttpService one = service(grant);
        HttpService two = service(TestAdapterContext.create(), client(), grant)) {
      ask(one);
      ConnectionException thrown = thrownBy(() -> ask(two));

      assertThat(thrown.code()).isEqualTo(StandardErrorCode.EXPIRED_CREDENTIALS);
      assertThat(thrown.failure().fields()).containsExactly("refresh_token");
    }
  }

  @Test
  void a_password_is_used_again_when_the_refresh_token_has_expired() {
    try (HttpService service = service(new Grant.Password("ada", Secret.of("person")))) {
      ask(service);
      tokens.forgets();
      ask(service);

      assertThat(tokens.forms())
          .extracting(form -> form.get("grant_type"))
          .containsExactly("password", "refresh_token", "password");
      assertThat(tokens.forms().get(0))
          .containsEntry("username", "ada")
          .containsEntry("password", "person");
    }
  }

  @Test
  void without_any_refresh_token_somebody_has_to_consent() {
    try (HttpService service = service(new Grant.RefreshToken(Optional.empty()))) {
      assertThat(thrownBy(() -> ask(service)).code()).isEqualTo(StandardErrorCode.CONSENT_NEEDED);
      assertThat(tokens.forms()).isEmpty();
    }
  }

  private static final ConsentFlow.Visit VISIT =
      new ConsentFlow.Visit(
          URI.create("https://app.example.com/back?a=1"),
          Secret.of("a state"),
          Secret.of("dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk"));

  private ConsentFlow flow(String endpoint) {
    HttpService open = Services.at(tokens.server().uri());
    return OAuth.of(open, context.clock(), client().withScope("a b"), new Grant.Consent())
        .naming(List.of(CLIENT))
        .consent(URI.create(endpoint));
  }

  /** The example of RFC 7636, appendix B. */
  @Test
  void the_address_of_a_consent_holds_the_hash_of_the_verifier_and_not_the_verifier() {
    assertThat(flow("https://login.example.com/auth?tenant=x").address(VISIT))
        .hasToString(
            "https://login.example.com/auth?tenant=x&response_type=code&client_id=app"
                + "&redirect_uri=https%3A%2F%2Fapp.example.com%2Fback%3Fa%3D1&state=a%20state"
                + "&code_challenge=E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM"
                + "&code_challenge_method=S256&scope=a%20b");
  }

  @Test
  void nobody_is_sent_to_sign_in_without_encryption() {
    assertThat(thrownBy(() -> flow("http://login.example.com/auth").address(VISIT)).code())
        .isEqualTo(StandardErrorCode.EGRESS_REFUSED);
    assertThat(flow("http://127.0.0.1:8080/auth").address(VISIT)).isNotNull();
    assertThat(thrownBy(() -> flow("http://127.0.0.1.example.com/auth").address(VISIT)).code())
        .isEqualTo(StandardErrorCode.EGRESS_REFUSED);
  }

  @Test
  void a_code_is_exchanged_once_with_its_verifier_and_its_redirect() {
    TokenStore.Granted granted =
        flow("https://login.example.com/auth")
            .exchange(Secret.of("the code"), VISIT, TestOperation.start());

    assertThat(granted.refreshToken()).contains(Secret.of("refresh1"));
    assertThat(tokens.forms().get(0))
        .containsEntry("grant_type", "authorization_code")
        .containsEntry("code", "the code")
        .containsEntry("redirect_uri", "https://app.example.com/back?a=1")
        .containsEntry("code_verifier", "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk")
        .containsEntry("client_secret", "app&secret");
  }

  @Test
  void a_refused_code_is_not_tried_again_and_no_word_of_the_service_is_told() {
    tokens.refuses("invalid_grant");
    ConnectionException thrown =
        thrownBy(
            () ->
                flow("https://login.example.com/auth")
                    .exchange(Secret.of("the code"), VISIT, TestOperation.start()));

    assertThat(thrown.code()).isEqualTo(StandardErrorCode.CONSENT_NEEDED);
    assertThat(thrown).message().doesNotContain("hunter2", "the code");
    assertThat(tokens.forms()).hasSize(1);
  }

  @Test
  void a_consent_that_has_ended_is_asked_for_again() {
    try (HttpService service = service(new Grant.Consent())) {
      assertThat(thrownBy(() -> ask(service)).code()).isEqualTo(StandardErrorCode.CONSENT_NEEDED);
      assertThat(tokens.forms()).isEmpty();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "invalid_client, WRONG_CREDENTIALS, client_id",
    "invalid_grant, EXPIRED_CREDENTIALS, refresh_token",
    "unauthorized_client, METHOD_REFUSED, client_id",
    "unsupported_grant_type, METHOD_REFUSED, client_id",
    "invalid_scope, INVALID_CONFIGURATION, client_id",
    "access_denied, PERMISSION_DENIED, client_id",
    "server_error, EXPIRED_CREDENTIALS, refresh_token",
    "temporarily_unavailable, UNAVAILABLE,",
    "whatever, WRONG_CREDENTIALS, client_id"
  })
  void a_refusal_has_its_code_its_field_and_no_foreign_word(
      String error, String code, String field) {
    tokens.refuses(error);
    try (HttpService service = service(new Grant.RefreshToken(Optional.of(Secret.of("first"))))) {
      ConnectionException thrown = thrownBy(() -> ask(service));

      assertThat(thrown.code().id()).isEqualTo(code);
      assertThat(thrown.failure().fields())
          .isEqualTo(Optional.ofNullable(field).map(List::of).orElse(List.of()));
      assertThat(thrown).message().doesNotContain("hunter2").doesNotContain("first");
      assertThat(tokens.forms()).hasSize(1);
    }
  }

  @Test
  void a_web_page_instead_of_a_token_is_told() {
    try (ScriptedServer page =
        ScriptedServer.plain(
            (request, wire) -> wire.answer(200, "Content-Type: text/html\r\n", "<html>"))) {
      HttpService open = Services.at(page.uri());
      OAuth oauth =
          OAuth.of(
              open,
              context.clock(),
              OAuthClient.of(page.uri(), "app", Optional.empty()),
              new Grant.ClientCredentials());
      try (HttpService service = open.signing(Authentication.tokens(context.tokens(), oauth))) {
        assertThat(thrownBy(() -> ask(service)).code()).isEqualTo(HttpErrorCode.WEB_PAGE);
      }
    }
  }

  @Test
  void a_service_may_say_with_the_token_where_to_use_it() {
    try (ScriptedServer instance = ScriptedServer.plain((request, wire) -> wire.json("{}"))) {
      tokens.addsToGrants(",\"instance_url\":\"" + instance.uri() + "\"");
      OAuthClient client = client().withEndpointMember("instance_url");
      try (HttpService service = service(context, client, new Grant.ClientCredentials())) {
        ask(service);
      }
      assertThat(instance.received().get(0).header("Authorization")).isEqualTo("Bearer access1");
    }
  }

  @Test
  void an_address_of_no_use_is_not_taken_for_one() {
    tokens.addsToGrants(",\"instance_url\":\"javascript:alert(1)\"");
    OAuthClient client = client().withEndpointMember("instance_url");
    try (HttpService service = service(context, client, new Grant.ClientCredentials())) {
      assertThat(ask(service).flag("ok")).contains(true);
    }
  }
}
