package dev.connections.postgresql.internal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.connections.api.ConfigurationValues;
import dev.connections.api.ErrorCode;
import dev.connections.api.Failure;
import dev.connections.api.Secret;
import dev.connections.api.StandardErrorCode;
import dev.connections.api.TestResult;
import dev.connections.jdbc.DatabaseErrorCode;
import dev.connections.jdbc.SqlAccess;
import dev.connections.testkit.TestAuthority;
import dev.connections.testkit.TestOperation;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(120)
class PostgresTlsTest {
  @TempDir private static Path directory;
  private static TestAuthority authority;
  private static TestAuthority stranger;
  private static TestAuthority.Identity client;
  private static TlsServer server;

  /** Its certificate is for the name localhost and no address. */
  @BeforeAll
  static void a_server_that_encrypts() throws IOException, SQLException {
    authority = new TestAuthority(directory, "authority");
    stranger = new TestAuthority(directory, "stranger");
    client = authority.signs(TlsServer.CERTIFIED, "EC");
    server =
        new TlsServer(
            directory,
            authority.signs("database", "RSA", "-ext", "SAN=dns:localhost"),
            authority.pem(),
            "TLSv1.3");
  }

  @AfterAll
  static void no_server() throws IOException {
    server.close();
  }

  @ParameterizedTest
  @CsvSource({"TLSv1.2, verify-full", "TLSv1.3, verify-full", "TLSv1.3, verify-ca"})
  void a_server_whose_authority_is_trusted_is_spoken_to_in_cipher(String version, String mode)
      throws SQLException {
    ConfigurationValues values = trusting(mode).with("ssl.min_tls_version", version);

    TestResult result = tested(values);

    assertThat(result.firstFailure()).isEmpty();
    assertThat(tls(result)).isEqualTo(TestResult.Status.PASSED);
    assertThat(cipher(values)).isEqualTo("TLSv1.3");
  }

  @ParameterizedTest
  @ValueSource(strings = {"verify-full", "verify-ca"})
  void a_server_of_another_authority_is_not_trusted(String mode) {
    Failure failure =
        refusedByTls(server.values(mode).with("ssl.root_certificate", stranger.pem()));

    says(failure, StandardErrorCode.TLS_UNTRUSTED, "ssl.root_certificate", "ssl.mode");
  }

  @Test
  void without_a_certificate_of_its_own_the_authorities_of_java_count() {
    Failure failure = refusedByTls(server.values("verify-full"));

    says(failure, StandardErrorCode.TLS_UNTRUSTED, "ssl.root_certificate", "ssl.mode");
  }

  @Test
  void a_certificate_for_another_name_fails_the_full_check_only() throws SQLException {
    Failure failure = refusedByTls(trusting("verify-full").with("host", "127.0.0.1"));

    says(failure, StandardErrorCode.TLS_HOST_MISMATCH, "host", "ssl.mode");
    ConfigurationValues withoutName = trusting("verify-ca").with("host", "127.0.0.1");
    assertThat(tested(withoutName).firstFailure()).isEmpty();
    assertThat(cipher(withoutName)).isEqualTo("TLSv1.3");
  }

  @ParameterizedTest
  @ValueSource(strings = {"require", "prefer"})
  void a_mode_that_checks_nothing_encrypts_nevertheless(String mode) throws SQLException {
    ConfigurationValues values =
        server.values(mode).with("host", "127.0.0.1").with("ssl.root_certificate", stranger.pem());

    TestResult result = tested(values);

    assertThat(result.firstFailure()).isEmpty();
    assertThat(tls(result)).isEqualTo(TestResult.Status.PASSED);
    assertThat(cipher(values)).isEqualTo("TLSv1.3");
  }

  @Test
  void a_server_that_insists_on_encryption_refuses_an_open_channel() {
    TestResult result = tested(server.values("disable"));

    assertThat(result.step("tls")).isEmpty();
    assertThat(result.step("authenticate").orElseThrow().status())
        .isEqualTo(TestResult.Status.FAILED);
    says(
        result.firstFailure().orElseThrow(),
        DatabaseErrorCode.CLIENT_REFUSED,
        "authentication.username",
        "database",
        "ssl.mode");
  }

  @ParameterizedTest
  @ValueSource(strings = {"require", "verify-full"})
  void a_server_that_does_not_encrypt_is_refused_before_signing_in(String mode) {
    String database = PostgresServer.newDatabase();

    Failure failure = refusedByTls(PostgresServer.values(database).with("ssl.mode", mode));

    says(failure, StandardErrorCode.TLS_REFUSED, "ssl.mode", "ssl.min_tls_version");
  }

  @Test
  void a_certificate_that_has_expired_is_not_trusted() throws IOException, SQLException {
    TestAuthority.Identity expired =
        authority.signs(
            "database", "EC", "-ext", "SAN=dns:localhost", "-startdate", "-10d", "-validity", "5");
    try (TlsServer old = new TlsServer(directory, expired, authority.pem(), "TLSv1.3")) {
      Failure failure =
          refusedByTls(old.values("verify-full").with("ssl.root_certificate", authority.pem()));

      says(failure, StandardErrorCode.TLS_UNTRUSTED, "ssl.root_certificate", "ssl.mode");
    }
  }

  @Test
  void a_server_that_knows_only_an_older_version_is_refused_if_that_is_not_allowed()
      throws IOException, SQLException {
    TestAuthority.Identity identity =
        authority.signs("database", "EC", "-ext", "SAN=dns:localhost");
    try (TlsServer old = new TlsServer(directory, identity, authority.pem(), "TLSv1.2")) {
      ConfigurationValues values =
          old.values("verify-full").with("ssl.root_certificate", authority.pem());

      assertThat(cipher(values)).isEqualTo("TLSv1.2");
      Failure failure = refusedByTls(values.with("ssl.min_tls_version", "TLSv1.3"));
      says(failure, StandardErrorCode.TLS_REFUSED, "ssl.mode", "ssl.min_tls_version");
    }
  }

  @Test
  void a_client_signs_in_with_its_certificate_alone() throws SQLException {
    ConfigurationValues values = certified(client);

    TestResult result = tested(values);

    assertThat(result.firstFailure()).isEmpty();
    assertThat(result.server().orElseThrow().details()).containsEntry("login", TlsServer.CERTIFIED);
    assertThat(cipher(values)).isEqualTo("TLSv1.3");
  }

  @Test
  void a_certificate_for_another_user_signs_nobody_in() {
    TestResult result = tested(certified(authority.signs("somebody", "RSA")));

    assertThat(tls(result)).isEqualTo(TestResult.Status.PASSED);
    Failure failure = result.firstFailure().orElseThrow();
    assertThat(failure.code()).isEqualTo(DatabaseErrorCode.CLIENT_REFUSED);
    assertThat(failure.fields()).contains("authentication.username");
  }

  private static ConfigurationValues trusting(String mode) {
    return server.values(mode).with("ssl.root_certificate", authority.pem());
  }

  private static ConfigurationValues certified(TestAuthority.Identity identity) {
    return trusting("verify-full")
        .without("authentication.password")
        .with("authentication.type", "certificate")
        .with("authentication.username", TlsServer.CERTIFIED)
        .with("ssl.client_certificate", identity.certificate())
        .with("ssl.client_key", Secret.of(identity.key()));
  }

  private static TestResult tested(ConfigurationValues values) {
    try (Opened opened = Opened.of(values)) {
      return opened.adapter().test(TestOperation.start());
    }
  }

  private static TestResult.Status tls(TestResult result) {
    return result.step("tls").orElseThrow().status();
  }

  private static Failure refusedByTls(ConfigurationValues values) {
    TestResult result = tested(values);
    assertThat(tls(result)).isEqualTo(TestResult.Status.FAILED);
    assertThat(result.step("authenticate").orElseThrow().status())
        .isEqualTo(TestResult.Status.SKIPPED);
    return result.firstFailure().orElseThrow();
  }

  private static void says(Failure failure, ErrorCode code, String... fields) {
    assertThat(failure.code()).isEqualTo(code);
    assertThat(failure.fields()).containsExactly(fields);
    assertThat(failure.remedy()).isPresent();
    assertThat(failure.message()).doesNotContain("PKIX", "SSL error", "javax.");
  }

  /** What the server says of a session of the pool. {@return the version of TLS} */
  private static String cipher(ConfigurationValues values) throws SQLException {
    try (Opened opened = Opened.of(values);
        Connection pooled =
            opened.adapter().as(SqlAccess.class).orElseThrow().dataSource().getConnection();
        Statement statement = pooled.createStatement();
        ResultSet row =
            statement.executeQuery(
                "select version from pg_stat_ssl where ssl and pid = pg_backend_pid()")) {
      assertThat(row.next()).isTrue();
      return row.getString(1);
    }
  }
}
