package dev.connections.jdbc;

import java.security.cert.X509Certificate;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;

/** Encrypts without asking who the server is: for users who chose so. */
final class AnyServer implements X509TrustManager {
  static final TrustManager[] ONLY = {new AnyServer()};

  private AnyServer() {}

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String authType) {
    // There are no clients here.
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String authType) {
    // The user chose a mode that doesn't check.
  }

  @Override
  public X509Certificate[] getAcceptedIssuers() {
    return new X509Certificate[0];
  }
}
