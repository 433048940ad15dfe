package dev.connections.mssql.tds;

import static org.assertj.core.api.Assertions.assertThat;

import dev.connections.api.Category;
import dev.connections.api.ConfigurationValues;
import dev.connections.api.ErrorCode;
import dev.connections.api.Failure;
import dev.connections.api.Secret;
import dev.connections.api.StandardErrorCode;
import dev.connections.api.TestResult;
import dev.connections.testkit.TestAuthority;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What was asked of encryption is done, or refused before the password is sent. */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class AdapterTlsTest {
  private static TdsServer server(Encryption how, SSLContext certificate) {
    return TdsServer.builder()
        .encrypting(how, certificate)
        .logins(Logins.only(Driver.USER, Driver.PASSWORD))
        .start();
  }

  private static ConfigurationValues untrusting(TdsServer server) {
    return OpenedAdapter.plain(server).with("ssl.enabled", true);
  }

  private static ConfigurationValues trusting(TdsServer server) {
    return untrusting(server).with("ssl.trust_store", Certificates.authorityPem());
  }

  private static TestResult tested(ConfigurationValues values) {
    try (OpenedAdapter opened = OpenedAdapter.of(values)) {
      return opened.tested();
    }
  }

  private static TestResult.Status step(TestResult result, String step) {
    return result.step(step).orElseThrow().status();
  }

  private static void signsIn(TdsServer server, ConfigurationValues values) {
    TestResult result = tested(values);

    assertThat(step(result, "tls")).isEqualTo(TestResult.Status.PASSED);
    assertThat(step(result, "authenticate")).isEqualTo(TestResult.Status.PASSED);
    assertThat(server.logins()).isEqualTo(1);
    assertThat(server.connections())
        .filteredOn(connection -> connection.login().isPresent())
        .allMatch(connection -> connection.encrypted() == Encryption.Extent.EVERYTHING);
  }

  private static void isRefused(
      TdsServer server, ConfigurationValues values, ErrorCode code, String... fields) {
    TestResult result = tested(values);

    assertThat(step(result, "tls")).isEqualTo(TestResult.Status.FAILED);
    Failure failure = result.firstFailure().orElseThrow();
    assertThat(failure.code()).isEqualTo(code);
    assertThat(failure.fields()).containsExactly(fields);
    assertThat(failure.remedy()).isPresent();
    assertThat(failure.toString()).doesNotContain("PKIX", "javax.", "SSL)");
    assertThat(server.logins()).isZero();
  }

  @ParameterizedTest
  @CsvSource({"OFFERED, false", "REQUIRED, false", "STRICT, true"})
  void a_server_whose_authority_is_trusted_is_spoken_to_in_cipher(Encryption how, boolean strict) {
    try (TdsServer server = server(how, Certificates.LOCALHOST)) {
      signsIn(server, trusting(server).with("ssl.strict", strict));
    }
  }

  @ParameterizedTest
  @CsvSource({"REQUIRED, false", "STRICT, true"})
  void a_server_of_an_unknown_authority_is_not_trusted(Encryption how, boolean strict) {
    try (TdsServer server = server(how, Certificates.LOCALHOST)) {
      isRefused(
          server,
          untrusting(server).with("ssl.strict", strict),
          StandardErrorCode.TLS_UNTRUSTED,
          "ssl.trust_store",
          "ssl.trust_server_certificate");
    }
  }

  @ParameterizedTest
  @CsvSource({"REQUIRED, false", "STRICT, true"})
  void a_certificate_that_has_expired_is_not_trusted(Encryption how, boolean strict) {
    try (TdsServer server = server(how, Certificates.EXPIRED)) {
      isRefused(
          server,
          trusting(server).with("ssl.strict", strict),
          StandardErrorCode.TLS_UNTRUSTED,
          "ssl.trust_store",
          "ssl.trust_server_certificate");
    }
  }

  @ParameterizedTest
  @CsvSource({"REQUIRED, false", "STRICT, true"})
  void a_certificate_for_another_name_is_refused_unless_that_name_is_given(
      Encryption how, boolean strict) {
    try (TdsServer server = server(how, Certificates.ELSEWHERE)) {
      ConfigurationValues values = trusting(server).with("ssl.strict", strict);
      isRefused(
          server,
          values,
          StandardErrorCode.TLS_HOST_MISMATCH,
          "ssl.host_name_in_certificate",
          "server");
      signsIn(server, values.with("ssl.host_name_in_certificate", "sql.example.com"));
    }
  }

  @Test
  void any_certificate_will_do_where_that_was_asked_for() {
    try (TdsServer server = server(Encryption.REQUIRED, Certificates.EXPIRED)) {
      signsIn(server, untrusting(server).with("ssl.trust_server_certificate", true));
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void a_server_that_cannot_encrypt_is_not_signed_in_to(boolean trusting) {
    try (TdsServer server = TdsServer.builder().start()) {
      isRefused(
          server,
          untrusting(server).with("ssl.trust_server_certificate", trusting),
          StandardErrorCode.TLS_REFUSED,
          "ssl.enabled",
          "ssl.strict",
          "ssl.min_tls_version");
    }
  }

  @Test
  void a_server_that_agrees_to_an_old_version_is_refused_where_a_newer_one_is_asked_for() {
    try (TdsServer server = server(Encryption.REQUIRED, Certificates.LOCALHOST)) {
      isRefused(
          server,
          trusting(server).with("ssl.min_tls_version", "TLSv1.3"),
          StandardErrorCode.TLS_REFUSED,
          "ssl.enabled",
          "ssl.strict",
          "ssl.min_tls_version");
    }
    try (TdsServer server = server(Encryption.STRICT, Certificates.LOCALHOST)) {
      signsIn(
          server, trusting(server).with("ssl.min_tls_version", "TLSv1.3").with("ssl.strict", true));
    }
  }

  /** It waits for the rest of a greeting that never comes. */
  @ParameterizedTest
  @EnumSource(names = {"REQUIRED", "OFFERED"})
  void a_server_that_does_not_know_strict_encryption_is_left(Encryption how) {
    try (TdsServer server = server(how, Certificates.LOCALHOST)) {
      isRefused(
          server,
          trusting(server).with("ssl.strict", true).with("advanced.connection_timeout", 1),
          StandardErrorCode.TLS_REFUSED,
          "ssl.strict");
    }
  }

  @ParameterizedTest
  @CsvSource({"REQUIRED, false", "STRICT, true"})
  void a_client_shows_its_certificate_to_a_server_that_asks_for_one(
      Encryption how, boolean strict) {
    try (TdsServer server =
        TdsServer.builder()
            .encrypting(how, Certificates.LOCALHOST)
            .askingForCertificates()
            .start()) {
      TestAuthority.Identity reader = Certificates.client("reader");
      ConfigurationValues values = trusting(server).with("ssl.strict", strict);

      signsIn(
          server,
          values
              .with("ssl.client_certificate", reader.certificate())
              .with("ssl.client_key", Secret.of(reader.key())));

      assertThat(server.connections())
          .filteredOn(connection -> connection.login().isPresent())
          .allMatch(connection -> connection.certificate().equals(Optional.of("CN=reader")));
      assertThat(tested(values).firstFailure().orElseThrow().code().category())
          .isIn(Category.TLS, Category.UNAVAILABLE);
      assertThat(server.logins()).as("no one else gets so far").isEqualTo(1);
    }
  }

  @Test
  void an_access_token_signs_in_without_a_name_or_a_password() {
    String token = "t0ken-4711-canary";
    Logins byToken =
        request ->
            request.hasToken(token) && request.user().isEmpty() && request.hasPassword("")
                ? LoginAnswer.accepted()
                : LoginAnswer.refused(ServerError.of(18456));
    try (TdsServer server =
        TdsServer.builder()
            .encrypting(Encryption.REQUIRED, Certificates.LOCALHOST)
            .logins(byToken)
            .start()) {
      ConfigurationValues values =
          trusting(server)
              .without("authentication.username")
              .without("authentication.password")
              .with("authentication.type", "azure_ad")
              .with("authentication.mode", "access_token");

      signsIn(server, values.with("authentication.access_token", Secret.of(token)));
      Failure failure =
          tested(values.with("authentication.access_token", Secret.of("0ld-" + token)))
              .firstFailure()
              .orElseThrow();

      assertThat(failure.code()).isEqualTo(StandardErrorCode.WRONG_CREDENTIALS);
      assertThat(failure.fields()).containsExactly("authentication.access_token");
      assertThat(failure.toString()).doesNotContain(token);
    }
  }

  /** The driver looks at the certificate then, although it wasn't asked to encrypt. */
  @Test
  void a_server_that_insists_is_not_signed_in_to_in_plain_text() {
    try (TdsServer server = server(Encryption.REQUIRED, Certificates.LOCALHOST);
        OpenedAdapter opened = OpenedAdapter.of(OpenedAdapter.plain(server))) {
      Failure failure = opened.firstFailure();
      assertThat(failure.code()).isEqualTo(StandardErrorCode.TLS_REFUSED);
      assertThat(failure.fields()).containsExactly("ssl.enabled");
      assertThat(failure.message()).contains("insists on encryption");
      assertThat(server.logins()).isZero();
    }
  }

  @Test
  void a_server_that_only_offers_it_sees_the_sign_in_alone_in_cipher_where_nothing_was_asked() {
    try (TdsServer server = server(Encryption.OFFERED, Certificates.LOCALHOST);
        OpenedAdapter opened = OpenedAdapter.of(OpenedAdapter.plain(server))) {
      assertThat(step(opened.tested(), "authenticate")).isEqualTo(TestResult.Status.PASSED);
      assertThat(server.connections())
          .filteredOn(connection -> connection.login().isPresent())
          .allMatch(connection -> connection.encrypted() == Encryption.Extent.SIGN_IN);
    }
  }
}
