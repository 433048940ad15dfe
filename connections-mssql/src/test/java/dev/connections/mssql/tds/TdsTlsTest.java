package dev.connections.mssql.tds;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.connections.jdbc.TlsMaterial;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertPathBuilderException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** How much of a connection is in cipher, with the real driver at its other end. */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class TdsTlsTest {
  private static final String STORE_PASSWORD = "changeit";

  @TempDir private static Path directory;
  private static Path trusted;

  @BeforeAll
  static void a_trust_store() throws IOException, GeneralSecurityException {
    trusted = directory.resolve("trusted.p12");
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    store.setCertificateEntry(
        "authority", TlsMaterial.certificates(Certificates.authorityPem()).get(0));
    try (OutputStream out = Files.newOutputStream(trusted)) {
      store.store(out, STORE_PASSWORD.toCharArray());
    }
  }

  private static Connection connect(TdsServer server, String encrypt, String trusting)
      throws SQLException {
    return Driver.connect(
        server,
        "encrypt",
        encrypt,
        "trustServerCertificate",
        trusting,
        "trustStore",
        trusted.toString(),
        "trustStorePassword",
        STORE_PASSWORD);
  }

  @ParameterizedTest
  @CsvSource({
    "REQUIRED, true, EVERYTHING",
    "REQUIRED, false, EVERYTHING",
    "OFFERED, true, EVERYTHING",
    "OFFERED, false, SIGN_IN",
    "STRICT, strict, EVERYTHING"
  })
  void what_both_sides_want_is_encrypted(
      Encryption offered, String wanted, Encryption.Extent extent) throws SQLException {
    String text = "x".repeat(100_000);
    try (TdsServer server =
            TdsServer.builder()
                .encrypting(offered, Certificates.LOCALHOST)
                .logins(Logins.only(Driver.USER, Driver.PASSWORD))
                .answers(query -> Answer.value(ColumnType.TEXT, text))
                .start();
        Connection connection = connect(server, wanted, "false");
        Statement statement = connection.createStatement();
        ResultSet read = statement.executeQuery("select it")) {
      assertThat(read.next()).isTrue();
      assertThat(read.getString(1)).isEqualTo(text);
      assertThat(server.connections().get(0).encrypted()).isEqualTo(extent);
      assertThat(server.connections().get(0).tlsVersion())
          .contains(offered == Encryption.STRICT ? "TLSv1.3" : "TLSv1.2");
      assertThat(server.faults()).isEmpty();
    }
  }

  @Test
  void a_server_that_cannot_encrypt_is_not_signed_in_to_by_who_wants_it() {
    try (TdsServer server = TdsServer.builder().start()) {
      assertThatThrownBy(() -> connect(server, "true", "true")).isInstanceOf(SQLException.class);
      assertThat(server.logins()).isZero();
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"REQUIRED", "STRICT"})
  void a_certificate_of_an_authority_that_java_does_not_know_is_refused_before_the_sign_in(
      Encryption offered) {
    try (TdsServer server =
        TdsServer.builder().encrypting(offered, Certificates.LOCALHOST).start()) {
      String wanted = offered == Encryption.STRICT ? "strict" : "true";
      assertThatThrownBy(() -> Driver.connect(server, "encrypt", wanted))
          .isInstanceOf(SQLException.class)
          .hasRootCauseInstanceOf(CertPathBuilderException.class);
      assertThat(server.logins()).isZero();
    }
  }

  @Test
  void a_token_of_another_authority_signs_in_alone() throws SQLException {
    Logins byToken =
        request ->
            request.hasToken("t0ken-é") && !request.integrated() && request.user().isEmpty()
                ? LoginAnswer.accepted()
                : LoginAnswer.refused(ServerError.of(18456));
    try (TdsServer server =
        TdsServer.builder()
            .encrypting(Encryption.REQUIRED, Certificates.LOCALHOST)
            .logins(byToken)
            .start()) {
      String[] properties = {
        "user",
        "",
        "password",
        "",
        "encrypt",
        "true",
        "trustServerCertificate",
        "true",
        "accessToken",
        "t0ken-é"
      };
      Driver.connect(server, properties).close();
      properties[9] = "another";
      assertThatThrownBy(() -> Driver.connect(server, properties))
          .isInstanceOfSatisfying(
              SQLException.class, e -> assertThat(e.getErrorCode()).isEqualTo(18456));
    }
  }
}
