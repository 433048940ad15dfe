package dev.connections.mssql.internal.tls;

import dev.connections.api.Failure;
import dev.connections.api.StandardErrorCode;
import java.net.Socket;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLSession;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.X509ExtendedTrustManager;
import javax.net.ssl.X509TrustManager;

/**
 * Checks a server as a configuration says: who signed its certificate, which host it is for, and
 * which version of TLS it agreed to. A refusal comes before the first secret is sent. The driver
 * makes it by its name, with a key.
 */
public final class ServerTrust extends X509ExtendedTrustManager {
  private static final Map<String, Demands> KNOWN = new ConcurrentHashMap<>();

  private final Demands demands;

  /**
   * What one configuration demands.
   *
   * @param authorities checks who signed; empty if anybody may have
   * @param host the name that the certificate must be for, if it is checked at all
   * @param newest whether only the newest version, TLS 1.3, is allowed
   */
  public record Demands(Optional<X509TrustManager> authorities, String host, boolean newest) {}

  /**
   * Made by the driver.
   *
   * @param key says which configuration
   * @throws IllegalArgumentException if the key is unknown, because its adapter was closed
   */
  public ServerTrust(String key) {
    Demands known = KNOWN.get(key);
    if (known == null) {
      throw new IllegalArgumentException("the connection was closed");
    }
    demands = known;
  }

  /**
   * Makes a configuration known.
   *
   * @param key its key
   * @param demands what it demands
   */
  public static void register(String key, Demands demands) {
    KNOWN.put(key, demands);
  }

  /**
   * Forgets a configuration.
   *
   * @param key its key
   */
  public static void forget(String key) {
    KNOWN.remove(key);
  }

  private void check(X509Certificate[] chain, String algorithm, SSLSession session)
      throws CertificateException {
    if (demands.newest() && !session.getProtocol().equals("TLSv1.3")) {
      throw refused(
          Failure.of(
                  StandardErrorCode.TLS_REFUSED,
                  "The server agrees to an older version of TLS than is allowed.")
              .withRemedy("Allow TLSv1.2, or have TLS 1.3 switched on at the server."));
    }
    if (demands.authorities().isEmpty()) {
      return;
    }
    demands.authorities().get().checkServerTrusted(chain, algorithm);
    if (!HostNames.match(chain[0], demands.host())) {
      throw refused(
          Failure.of(
                  StandardErrorCode.TLS_HOST_MISMATCH,
                  "The server's certificate is for another host name.")
              .withRemedy("Enter the name that the certificate is for, beside the server's."));
    }
  }

  private static CertificateException refused(Failure failure) {
    return new CertificateException("refused", failure.asException());
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String algorithm, Socket socket)
      throws CertificateException {
    check(chain, algorithm, ((SSLSocket) socket).getHandshakeSession());
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String algorithm, SSLEngine engine)
      throws CertificateException {
    check(chain, algorithm, engine.getHandshakeSession());
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String algorithm)
      throws CertificateException {
    throw new CertificateException("a channel without a session can't be checked");
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String algorithm)
      throws CertificateException {
    throw new CertificateException("there are no clients here");
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String algorithm, Socket socket)
      throws CertificateException {
    checkClientTrusted(chain, algorithm);
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String algorithm, SSLEngine engine)
      throws CertificateException {
    checkClientTrusted(chain, algorithm);
  }

  @Override
  public X509Certificate[] getAcceptedIssuers() {
    return demands
        .authorities()
        .map(X509TrustManager::getAcceptedIssuers)
        .orElseGet(() -> new X509Certificate[0]);
  }
}
