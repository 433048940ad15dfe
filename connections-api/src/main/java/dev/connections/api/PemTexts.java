package dev.connections.api;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;

/**
 * Certificates and keys as they stand in a configuration, which adapters of every kind have: texts
 * in PEM, never paths. Safe for any thread.
 */
public final class PemTexts {
  private static final String BEGIN = "-----BEGIN PRIVATE KEY-----";
  private static final String END = "-----END PRIVATE KEY-----";
  private static final char[] NO_PASSWORD = new char[0];

  private PemTexts() {}

  /**
   * {@return the certificates in a text}
   *
   * @param pem one or more in PEM
   * @throws GeneralSecurityException if there is none, or one is malformed
   */
  public static List<Certificate> certificates(String pem) throws GeneralSecurityException {
    byte[] bytes = pem.getBytes(StandardCharsets.UTF_8);
    List<Certificate> found =
        List.copyOf(
            CertificateFactory.getInstance("X.509")
                .generateCertificates(new ByteArrayInputStream(bytes)));
    if (found.isEmpty()) {
      throw new GeneralSecurityException("no certificate");
    }
    return found;
  }

  /**
   * {@return whether a text holds certificates}
   *
   * @param pem any text
   */
  public static boolean holdsCertificates(String pem) {
    try {
      return !certificates(pem).isEmpty();
    } catch (GeneralSecurityException e) {
      return false;
    }
  }

  /**
   * {@return the private key in a text}
   *
   * @param pem unencrypted PKCS #8 in PEM; RSA or elliptic curve
   * @throws GeneralSecurityException if it is anything else
   */
  public static PrivateKey key(char[] pem) throws GeneralSecurityException {
    String text = new String(pem);
    int start = text.indexOf(BEGIN);
    int end = text.indexOf(END);
    if (start < 0 || end < start) {
      throw new GeneralSecurityException("no key in PKCS #8");
    }
    PKCS8EncodedKeySpec spec;
    try {
      String base64 = text.substring(start + BEGIN.length(), end);
      spec = new PKCS8EncodedKeySpec(Base64.getMimeDecoder().decode(base64));
    } catch (IllegalArgumentException e) {
      throw new GeneralSecurityException("not Base64", e);
    }
    try {
      return KeyFactory.getInstance("RSA").generatePrivate(spec);
    } catch (InvalidKeySpecException notRsa) {
      return KeyFactory.getInstance("EC").generatePrivate(spec);
    }
  }

  /**
   * {@return whether a text holds a private key}
   *
   * @param pem any text
   */
  public static boolean holdsKey(char[] pem) {
    try {
      return !key(pem).getAlgorithm().isEmpty();
    } catch (GeneralSecurityException e) {
      return false;
    }
  }

  /**
   * {@return what checks a server's certificate}
   *
   * @param authorities whom to trust; empty for those the JVM trusts
   * @throws GeneralSecurityException if they can't be used
   */
  public static TrustManager[] trust(List<Certificate> authorities)
      throws GeneralSecurityException {
    TrustManagerFactory factory =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    if (authorities.isEmpty()) {
      factory.init((KeyStore) null); // the JVM's own
      return factory.getTrustManagers();
    }
    KeyStore store = emptyStore();
    for (int i = 0; i < authorities.size(); i++) {
      store.setCertificateEntry("authority" + i, authorities.get(i));
    }
    factory.init(store);
    return factory.getTrustManagers();
  }

  /**
   * {@return what shows a certificate of ours}
   *
   * @param chain the certificate, followed by those between it and its authority; empty for none
   * @param key its key; empty for none
   * @throws GeneralSecurityException if they don't fit together
   */
  public static KeyManager[] identity(List<Certificate> chain, Optional<PrivateKey> key)
      throws GeneralSecurityException {
    KeyManagerFactory factory =
        KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    KeyStore store = emptyStore();
    if (key.isPresent()) {
      store.setKeyEntry("client", key.get(), NO_PASSWORD, chain.toArray(Certificate[]::new));
    }
    factory.init(store, NO_PASSWORD);
    return factory.getKeyManagers();
  }

  private static KeyStore emptyStore() throws GeneralSecurityException {
    try {
      KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
      store.load(null, null);
      return store;
    } catch (IOException e) {
      throw new GeneralSecurityException("no key store", e);
    }
  }
}
