package dev.connections.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.connections.api.Secret;
import dev.connections.testkit.TestAuthority;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.X509TrustManager;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TlsMaterialTest {
  @TempDir private static Path directory;
  private static TestAuthority authority;
  private static TestAuthority.Identity server;

  @BeforeAll
  static void certificates() {
    authority = new TestAuthority(directory, "authority");
    server = authority.signs("sql.example", "EC");
  }

  private static X509Certificate[] chain() throws GeneralSecurityException {
    return new X509Certificate[] {
      (X509Certificate) TlsMaterial.certificates(server.certificate()).get(0)
    };
  }

  private static X509TrustManager trusting(List<Certificate> authorities)
      throws GeneralSecurityException {
    return (X509TrustManager) TlsMaterial.trust(authorities)[0];
  }

  @Test
  void a_certificate_is_trusted_if_its_authority_is() throws GeneralSecurityException {
    trusting(TlsMaterial.certificates(authority.pem())).checkServerTrusted(chain(), "UNKNOWN");

    assertThatThrownBy(() -> trusting(List.of()).checkServerTrusted(chain(), "UNKNOWN"))
        .isInstanceOf(CertificateException.class);
  }

  @Test
  void keys_are_read_and_shown_with_their_certificates() throws GeneralSecurityException {
    assertThat(TlsMaterial.key(server.key().toCharArray()).getAlgorithm()).isEqualTo("EC");
    assertThat(TlsMaterial.key(authority.signs("two", "RSA").key().toCharArray()).getAlgorithm())
        .isEqualTo("RSA");
    for (boolean checking : new boolean[] {true, false}) {
      assertThat(
              TlsMaterial.context(
                      checking,
                      TlsMaterial.certificates(authority.pem()),
                      TlsMaterial.certificates(server.certificate()),
                      Optional.of(TlsMaterial.key(Secret.of(server.key()))))
                  .getSocketFactory())
          .isNotNull();
    }
  }

  @Test
  void what_is_wrong_with_a_key_is_told_without_a_piece_of_it() {
    StringWriter trace = new StringWriter();

    catchThrowable(
            () ->
                TlsMaterial.key(
                    Secret.of(
                        "-----BEGIN PRIVATE KEY-----\ncanary5be0c7d1\n-----END PRIVATE KEY-----")))
        .printStackTrace(new PrintWriter(trace));

    assertThat(trace.toString()).contains("GeneralSecurityException").doesNotContain("canary");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "/etc/passwd",
        "-----BEGIN PRIVATE KEY-----\n!!\n-----END PRIVATE KEY-----",
        "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----"
      })
  void anything_else_is_refused(String text) {
    assertThatThrownBy(() -> TlsMaterial.key(Secret.of(text)))
        .isInstanceOf(GeneralSecurityException.class);
    assertThatThrownBy(() -> TlsMaterial.key(text.toCharArray()))
        .isInstanceOf(GeneralSecurityException.class);
    assertThatThrownBy(() -> TlsMaterial.certificates(text))
        .isInstanceOf(GeneralSecurityException.class);
  }
}
