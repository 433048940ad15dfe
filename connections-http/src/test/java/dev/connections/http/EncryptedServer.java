package dev.connections.http;

import dev.connections.api.PemTexts;
import dev.connections.testkit.TestAuthority;
import java.io.IOException;
import java.net.InetAddress;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.TrustManagerFactory;

/** Scripted servers that encrypt. */
final class EncryptedServer {
  private EncryptedServer() {}

  static ScriptedServer of(
      TestAuthority authority,
      TestAuthority.Identity identity,
      boolean wantsCertificate,
      ScriptedServer.Script script)
      throws GeneralSecurityException, IOException {
    SSLServerSocket socket = listener(authority, identity);
    socket.setNeedClientAuth(wantsCertificate);
    return ScriptedServer.on(socket, "https", script);
  }

  /**
   * A listener that shows a certificate, and believes those of clients that an authority signed.
   */
  static SSLServerSocket listener(TestAuthority authority, TestAuthority.Identity identity)
      throws GeneralSecurityException, IOException {
    KeyStore keys = empty();
    keys.setKeyEntry(
        "server",
        PemTexts.key(identity.key().toCharArray()),
        new char[0],
        PemTexts.certificates(identity.certificate()).toArray(Certificate[]::new));
    KeyManagerFactory own = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    own.init(keys, new char[0]);
    KeyStore trusted = empty();
    trusted.setCertificateEntry("authority", PemTexts.certificates(authority.pem()).get(0));
    TrustManagerFactory clients =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    clients.init(trusted);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(own.getKeyManagers(), clients.getTrustManagers(), null);
    return (SSLServerSocket)
        context
            .getServerSocketFactory()
            .createServerSocket(0, 50, InetAddress.getByName("localhost"));
  }

  private static KeyStore empty() throws GeneralSecurityException, IOException {
    KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
    store.load(null, null);
    return store;
  }
}
