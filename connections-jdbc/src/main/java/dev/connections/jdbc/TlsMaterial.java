package dev.connections.jdbc;

import dev.connections.api.PemTexts;
import dev.connections.api.Secret;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;

/**
 * Certificates and keys as they stand in a configuration ({@link PemTexts}), and channels that are
 * made of them. Safe for any thread.
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
    return PemTexts.certificates(pem);
  }

  /**
   * {@return the private key in a text}
   *
   * @param pem unencrypted PKCS #8 in PEM; RSA or elliptic curve
   * @throws GeneralSecurityException if it is anything else
   */
  public static PrivateKey key(char[] pem) throws GeneralSecurityException {
    return PemTexts.key(pem);
  }

  /**
   * {@return the private key in a secret}
   *
   * @param pem unencrypted PKCS #8 in PEM; RSA or elliptic curve
   * @throws GeneralSecurityException if it is anything else
   */
  public static PrivateKey key(Secret pem) throws GeneralSecurityException {
    try {
      return pem.use(
          text -> {
            try {
              return key(text);
            } catch (GeneralSecurityException e) {
              throw new IllegalArgumentException(e);
            }
          });
    } catch (IllegalArgumentException e) {
      throw new GeneralSecurityException("no key", e);
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
    context.init(PemTexts.identity(own, key), checking ? trust(authorities) : AnyServer.ONLY, null);
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
    return PemTexts.trust(authorities);
  }
}
