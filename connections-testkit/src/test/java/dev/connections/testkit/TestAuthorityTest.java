package dev.connections.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TestAuthorityTest {
  @TempDir private Path directory;

  @Test
  void it_signs_what_it_says_and_nothing_that_another_signed_passes_for_its_own()
      throws GeneralSecurityException {
    TestAuthority authority = new TestAuthority(directory, "authority");
    TestAuthority other = new TestAuthority(directory, "other");
    TestAuthority.Identity identity =
        authority.signs("server", "EC", "-ext", "SAN=dns:server.test");

    X509Certificate certificate = certificate(identity.certificate());

    certificate.verify(certificate(authority.pem()).getPublicKey());
    assertThat(certificate.getSubjectAlternativeNames())
        .extracting(name -> (Object) name.get(1))
        .isEqualTo(List.of("server.test"));
    assertThat(identity.key()).startsWith("-----BEGIN PRIVATE KEY-----");
    assertThatThrownBy(() -> certificate.verify(certificate(other.pem()).getPublicKey()))
        .isInstanceOf(GeneralSecurityException.class);
  }

  @Test
  void what_keytool_refuses_is_told() {
    TestAuthority authority = new TestAuthority(directory, "authority");

    assertThatThrownBy(() -> authority.signs("server", "no-such-algorithm"))
        .isInstanceOf(IllegalStateException.class);
  }

  private static X509Certificate certificate(String pem) throws GeneralSecurityException {
    return (X509Certificate)
        CertificateFactory.getInstance("X.509")
            .generateCertificate(new ByteArrayInputStream(pem.getBytes(StandardCharsets.US_ASCII)));
  }
}
