package dev.connections.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.X509TrustManager;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PemTextsTest {
  private static String pem(PrivateKey key) {
    return "-----BEGIN PRIVATE KEY-----\n"
        + Base64.getMimeEncoder().encodeToString(key.getEncoded())
        + "\n-----END PRIVATE KEY-----\n";
  }

  @ParameterizedTest
  @ValueSource(strings = {"RSA", "EC"})
  void a_key_is_read_whatever_stands_around_it(String algorithm) throws GeneralSecurityException {
    PrivateKey key = KeyPairGenerator.getInstance(algorithm).generateKeyPair().getPrivate();
    char[] text = ("Bag Attributes\n" + pem(key)).toCharArray();

    assertThat(PemTexts.key(text)).isEqualTo(key);
    assertThat(PemTexts.holdsKey(text)).isTrue();
    assertThat(PemTexts.holdsCertificates(new String(text))).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "/etc/passwd",
        "-----BEGIN PRIVATE KEY-----\n!!\n-----END PRIVATE KEY-----",
        "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----",
        "-----END PRIVATE KEY----------BEGIN PRIVATE KEY-----",
        "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----"
      })
  void anything_else_is_refused(String text) {
    assertThatThrownBy(() -> PemTexts.key(text.toCharArray()))
        .isInstanceOf(GeneralSecurityException.class);
    assertThatThrownBy(() -> PemTexts.certificates(text))
        .isInstanceOf(GeneralSecurityException.class);
    assertThat(PemTexts.holdsKey(text.toCharArray())).isFalse();
    assertThat(PemTexts.holdsCertificates(text)).isFalse();
  }

  @Test
  void without_texts_the_jvm_is_believed_and_nothing_is_shown() throws GeneralSecurityException {
    assertThat(PemTexts.trust(List.of())).hasAtLeastOneElementOfType(X509TrustManager.class);
    assertThat(PemTexts.identity(List.of(), Optional.empty())).isNotEmpty();
  }
}
