package dev.connections.http;

import dev.connections.api.Failure;
import dev.connections.api.PemTexts;
import dev.connections.api.StandardErrorCode;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;

/** Encrypts channels with the trust and the certificate of one connection. */
final class TlsChannel {
  private final SSLSocketFactory sockets;
  private final X509TrustManager trust;

  private TlsChannel(SSLSocketFactory sockets, X509TrustManager trust) {
    this.sockets = sockets;
    this.trust = trust;
  }

  static TlsChannel of(TlsSettings settings) {
    try {
      X509TrustManager trust = trust(settings);
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(keys(settings), new TrustManager[] {trust}, null);
      return new TlsChannel(context.getSocketFactory(), trust);
    } catch (GeneralSecurityException unusable) {
      throw Failure.of(
              StandardErrorCode.INVALID_CONFIGURATION,
              "The certificates, or the key, of this connection can't be used.")
          .withRemedy(
              "Paste certificates in PEM and the key as unencrypted PKCS #8; the key must belong"
                  + " to the first certificate.")
          .asException(unusable);
    }
  }

  SSLSocketFactory sockets() {
    return sockets;
  }

  X509TrustManager trust() {
    return trust;
  }

  private static X509TrustManager trust(TlsSettings settings) throws GeneralSecurityException {
    Optional<String> authorities = settings.trusted();
    List<Certificate> trusted =
        authorities.isPresent() ? PemTexts.certificates(authorities.get()) : List.of();
    for (TrustManager manager : PemTexts.trust(trusted)) {
      if (manager instanceof X509TrustManager x509) {
        return x509;
      }
    }
    throw new GeneralSecurityException("no trust manager");
  }

  private static KeyManager[] keys(TlsSettings settings) throws GeneralSecurityException {
    if (settings.certificate().isEmpty() || settings.key().isEmpty()) {
      return new KeyManager[0];
    }
    PrivateKey key = PemTexts.key(settings.key().get().use(char[]::clone));
    return PemTexts.identity(PemTexts.certificates(settings.certificate().get()), Optional.of(key));
  }
}
