package dev.connections.http;

import static dev.connections.http.Services.thrownBy;
import static org.assertj.core.api.Assertions.assertThat;

import dev.connections.api.CallLimits;
import dev.connections.api.ConnectionException;
import dev.connections.api.PemTexts;
import dev.connections.api.Secret;
import dev.connections.api.StandardErrorCode;
import dev.connections.testkit.TestAdapterContext;
import dev.connections.testkit.TestAuthority;
import dev.connections.testkit.TestAuthority.Identity;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.Signature;
import java.time.Clock;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(value = 60, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class TlsTest {
  @TempDir private static Path directory;
  private static TestAuthority authority;
  private static Identity good;
  private static Identity client;

  @BeforeAll
  static void makeCertificates() {
    authority = new TestAuthority(directory, "authority");
    good = authority.signs("cloud", "EC", "-ext", "SAN=dns:localhost");
    client = authority.signs("us", "RSA");
  }

  private static ScriptedServer server(Identity identity, boolean wantsCertificate)
      throws GeneralSecurityException, IOException {
    return EncryptedServer.of(
        authority, identity, wantsCertificate, (request, wire) -> wire.json("{\"a\":1}"));
  }

  private static String asked(URI address, TlsSettings tls) {
    try (HttpService service = Services.with(HttpSettings.of("Cloud", address).withTls(tls))) {
      return Services.text(service, HttpRequest.get("a"));
    }
  }

  private static TlsSettings trusting() {
    return TlsSettings.DEFAULTS.trusting(authority.pem());
  }

  @Test
  void a_private_authority_is_trusted_when_it_is_entered() throws Exception {
    try (ScriptedServer server = server(good, false)) {
      assertThat(asked(server.uri(), trusting())).isEqualTo("{\"a\":1}");
    }
  }

  @Test
  void an_unknown_authority_is_told() throws Exception {
    try (ScriptedServer server = server(good, false)) {
      ConnectionException thrown = thrownBy(() -> asked(server.uri(), TlsSettings.DEFAULTS));

      assertThat(thrown.code()).isEqualTo(StandardErrorCode.TLS_UNTRUSTED);
      assertThat(thrown).message().contains("localhost:" + server.port());
      assertThat(server.received()).isEmpty();
    }
  }

  @Test
  void a_certificate_for_another_name_is_told() throws Exception {
    Identity other = authority.signs("cloud", "EC", "-ext", "SAN=dns:other.test");
    try (ScriptedServer server = server(other, false)) {
      assertThat(thrownBy(() -> asked(server.uri(), trusting())).code())
          .isEqualTo(StandardErrorCode.TLS_HOST_MISMATCH);
    }
  }

  @Test
  void an_expired_certificate_is_told() throws Exception {
    Identity expired =
        authority.signs(
            "cloud", "EC", "-ext", "SAN=dns:localhost", "-startdate", "-9d", "-validity", "2");
    try (ScriptedServer server = server(expired, false)) {
      assertThat(thrownBy(() -> asked(server.uri(), trusting())).code())
          .isEqualTo(StandardErrorCode.TLS_UNTRUSTED);
    }
  }

  @Test
  void a_server_that_wants_our_certificate_gets_it_or_refuses() throws Exception {
    try (ScriptedServer server = server(good, true)) {
      assertThat(
              asked(
                  server.uri(), trusting().showing(client.certificate(), Secret.of(client.key()))))
          .isEqualTo("{\"a\":1}");
      assertThat(thrownBy(() -> asked(server.uri(), trusting())).code())
          .isIn(StandardErrorCode.TLS_REFUSED, StandardErrorCode.CONNECTION_LOST);
    }
  }

  @Test
  void what_one_connection_trusts_and_shows_serves_no_other() throws Exception {
    TlsSettings full = trusting().showing(client.certificate(), Secret.of(client.key()));
    try (ScriptedServer server = server(good, true);
        HttpService one = Services.with(HttpSettings.of("Cloud", server.uri()).withTls(full))) {
      assertThat(Services.text(one, HttpRequest.get("a"))).isEqualTo("{\"a\":1}");

      assertThat(thrownBy(() -> asked(server.uri(), TlsSettings.DEFAULTS)).code())
          .as("the authority of another connection")
          .isEqualTo(StandardErrorCode.TLS_UNTRUSTED);
      assertThat(thrownBy(() -> asked(server.uri(), trusting())).code())
          .as("the certificate of another connection, and its open channel")
          .isIn(StandardErrorCode.TLS_REFUSED, StandardErrorCode.CONNECTION_LOST);
      assertThat(Services.text(one, HttpRequest.get("b"))).isEqualTo("{\"a\":1}");
      assertThat(server.received())
          .extracting(ScriptedServer.Received::path)
          .containsExactly("/a", "/b");
    }
  }

  @Test
  void a_server_behind_a_tunnel_does_not_get_the_password_of_the_proxy() throws Exception {
    try (ScriptedServer server =
            EncryptedServer.of(
                authority,
                good,
                false,
                (request, wire) ->
                    wire.answer(407, "Proxy-Authenticate: Basic realm=proxy\r\n", ""));
        ScriptedServer proxy =
            ScriptedServer.plain((request, wire) -> wire.tunnelTo(server.port()));
        HttpService service =
            Services.with(
                HttpSettings.of("Cloud", server.uri())
                    .withTls(trusting())
                    .withProxy(
                        ProxySettings.of("localhost", proxy.port())
                            .signingIn("ada", Secret.of("hunter2"))))) {
      assertThat(thrownBy(() -> Services.text(service, HttpRequest.get("a"))).code())
          .isEqualTo(HttpErrorCode.PROXY_REFUSED);

      assertThat(proxy.received().get(0).header("Proxy-Authorization")).startsWith("Basic ");
      assertThat(server.received())
          .isNotEmpty()
          .allSatisfy(
              received -> assertThat(received.headers()).doesNotContainKey("proxy-authorization"));
    }
  }

  @Test
  void a_token_of_an_encrypted_service_is_not_used_at_an_address_without_encryption()
      throws Exception {
    try (ScriptedServer plain = ScriptedServer.plain((request, wire) -> wire.json("{}"));
        ScriptedServer server =
            EncryptedServer.of(
                authority,
                good,
                false,
                (request, wire) ->
                    wire.json(
                        "{\"access_token\":\"t\",\"at\":\"" + plain.uri().toString() + "\"}"))) {
      TestAdapterContext context = TestAdapterContext.create();
      HttpService open =
          HttpService.open(
              HttpSettings.of("Cloud", server.uri()).withTls(trusting()),
              CallLimits.parallel(1),
              context);
      OAuthClient application =
          OAuthClient.of(server.uri(), "app", Optional.empty()).withEndpointMember("at");
      OAuth oauth = OAuth.of(open, context.clock(), application, new Grant.ClientCredentials());
      try (HttpService service = open.signing(Authentication.tokens(context.tokens(), oauth))) {
        Services.text(service, HttpRequest.get("a"));
      }
      assertThat(plain.received()).isEmpty();
      assertThat(server.received()).hasSize(2);
    }
  }

  @Test
  void a_server_that_does_not_encrypt_is_told() {
    try (ScriptedServer server =
        ScriptedServer.plain((request, wire) -> wire.answer(400, "", ""))) {
      URI address = URI.create("https://localhost:" + server.port());

      assertThat(thrownBy(() -> asked(address, trusting())).code())
          .isEqualTo(StandardErrorCode.WRONG_PROTOCOL);
    }
  }

  @Test
  void a_redirect_from_an_encrypted_channel_to_a_plain_one_is_refused() throws Exception {
    try (ScriptedServer plain = ScriptedServer.plain((request, wire) -> wire.json("{}"));
        ScriptedServer server = redirecting(plain.uri())) {
      assertThat(thrownBy(() -> asked(server.uri(), trusting())).code())
          .isEqualTo(HttpErrorCode.REDIRECT_REFUSED);
      assertThat(plain.received()).isEmpty();
    }
  }

  private static ScriptedServer redirecting(URI to) throws GeneralSecurityException, IOException {
    return EncryptedServer.of(
        authority,
        good,
        false,
        (request, wire) -> wire.answer(302, "Location: " + to + "\r\n", ""));
  }

  @Test
  void certificates_that_cannot_be_used_are_a_matter_of_the_configuration() {
    HttpSettings settings = HttpSettings.of("Cloud", URI.create("https://cloud.test"));
    assertThat(
            thrownBy(
                    () ->
                        Services.with(
                            settings.withTls(TlsSettings.DEFAULTS.trusting("no certificate"))))
                .code())
        .isEqualTo(StandardErrorCode.INVALID_CONFIGURATION);
    assertThat(
            thrownBy(
                    () ->
                        Services.with(
                            settings.withTls(
                                TlsSettings.DEFAULTS.showing(
                                    good.certificate(), Secret.of("no key")))))
                .code())
        .isEqualTo(StandardErrorCode.INVALID_CONFIGURATION);
  }

  @Test
  void a_statement_is_signed_by_the_kind_of_its_key() throws Exception {
    for (Identity identity : List.of(good, client)) {
      String jwt =
          new JwtAssertion("client", "ada", "cloud", Secret.of(identity.key()), Optional.of("k1"))
              .signed(Clock.systemUTC())
              .use(String::new);
      String[] parts = jwt.split("\\.", -1);
      Signature check =
          Signature.getInstance(
              identity.equals(client) ? "SHA256withRSA" : "SHA256withECDSAinP1363Format");
      check.initVerify(PemTexts.certificates(identity.certificate()).get(0).getPublicKey());
      check.update((parts[0] + "." + parts[1]).getBytes(StandardCharsets.US_ASCII));

      assertThat(check.verify(Base64.getUrlDecoder().decode(parts[2]))).isTrue();
      assertThat(new String(Base64.getUrlDecoder().decode(parts[1]), StandardCharsets.UTF_8))
          .contains("\"iss\":\"client\"", "\"sub\":\"ada\"", "\"aud\":\"cloud\"", "\"exp\":");
    }
  }
}
