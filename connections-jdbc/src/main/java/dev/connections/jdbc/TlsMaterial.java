package dev.connections.jdbc;

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
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;

/**
 * Certificates and keys as they stand in a configuration: texts in PEM, never paths. Safe for any
 * thread.
 */
public final class TlsMaterial {
  private TlsMaterial() {}

  /**
   * {@return the certificates in a text}
   *
   * @param pem one or more in PEM
   * @throws GeneralSecurityException if there is none, or one is malformed
   */
  public static List<Certificate> certificates(String pem) throws GeneralSecurityException {
    List<Certificate> found =
        List.copyOf(
            CertificateFactory.getInstance("X.509")
                .generateCertificates(
                    new ByteArrayInputStream(pem.getBytes(StandardCharsets.UTF_8))));
    if (found.isEmpty()) {
      throw new GeneralSecurityException("no certificate");
    }
    return found;
  }

  /**
   * {@return the private key in a text}
   *
   * @param pem unencrypted PKCS #8 in PEM; RSA or elliptic curve
   * @throws GeneralSecurityException if it is anything else
   */
  public static PrivateKey key(char[] pem) throws GeneralSecurityException {
    String text = new String(pem);
    String begin = "-----BEGIN PRIVATE KEY-----";
    int start = text.indexOf(begin);
    int end = text.indexOf("-----END PRIVATE KEY-----");
    if (start < 0 || end < start) {
      throw new GeneralSecurityException("no key in PKCS #8");
    }
    byte[] der;
    try {
      der = Base64.getMimeDecoder().decode(text.substring(start + begin.length(), end));
    } catch (IllegalArgumentException e) {
      throw new GeneralSecurityException("not Base64", e);
    }
    try {
      return KeyFactory.getInstance("RSA").generatePrivate(new PKCS8EncodedKeySpec(der));
    } catch (InvalidKeySpecException notRsa) {
      return KeyFactory.getInstance("EC").generatePrivate(new PKCS8EncodedKeySpec(der));
    }
  }

  /**
   * {@return what encrypts a channel}
   *
   * @param checking whether the server's certificate is checked at all
   * @param authorities whom to trust; empty for those the JVM trusts
   * @param own the client's certificate chain; empty for none
   * @param key the key of the client's certificate
   * @throws GeneralSecurityException if they don't fit together
   */
  public static SSLContext context(
      boolean checking,
      List<Certificate> authorities,
      List<Certificate> own,
      Optional<PrivateKey> key)
      throws GeneralSecurityException {
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(keyManagers(own, key), checking ? trust(authorities) : AnyServer.ONLY, null);
    return context;
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

  private static KeyManager[] keyManagers(List<Certificate> own, Optional<PrivateKey> key)
      throws GeneralSecurityException {
    KeyManagerFactory factory =
        KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    KeyStore store = emptyStore();
    char[] none = new char[0];
    if (key.isPresent()) {
      store.setKeyEntry("client", key.get(), none, own.toArray(Certificate[]::new));
    }
    factory.init(store, none);
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
