package dev.connections.http;

import dev.connections.api.Failure;
import dev.connections.api.Secret;
import dev.connections.api.StandardErrorCode;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.util.List;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;

/** Encrypts channels with the trust and the certificate of one connection. */
final class TlsChannel {
  private static final char[] NO_PASSWORD = new char[0];

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
    } catch (GeneralSecurityException | IOException unusable) {
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

  private static X509TrustManager trust(TlsSettings settings)
      throws GeneralSecurityException, IOException {
    TrustManagerFactory factory =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    if (settings.trusted().isPresent()) {
      KeyStore store = emptyStore();
      List<Certificate> authorities = Pem.certificates(settings.trusted().get());
      for (int i = 0; i < authorities.size(); i++) {
        store.setCertificateEntry("authority" + i, authorities.get(i));
      }
      factory.init(store);
    } else {
      factory.init((KeyStore) null); // the JVM's own
    }
    for (TrustManager manager : factory.getTrustManagers()) {
      if (manager instanceof X509TrustManager x509) {
        return x509;
      }
    }
    throw new GeneralSecurityException("no trust manager");
  }

  private static KeyManager[] keys(TlsSettings settings)
      throws GeneralSecurityException, IOException {
    if (settings.certificate().isEmpty() || settings.key().isEmpty()) {
      return new KeyManager[0];
    }
    List<Certificate> chain = Pem.certificates(settings.certificate().get());
    KeyStore store = emptyStore();
    store.setKeyEntry(
        "client", key(settings.key().get()), NO_PASSWORD, chain.toArray(Certificate[]::new));
    KeyManagerFactory factory =
        KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    factory.init(store, NO_PASSWORD);
    return factory.getKeyManagers();
  }

  private static PrivateKey key(Secret pem) throws GeneralSecurityException {
    return Pem.key(pem.use(char[]::clone));
  }

  private static KeyStore emptyStore() throws GeneralSecurityException, IOException {
    KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
    store.load(null, null);
    return store;
  }
}
