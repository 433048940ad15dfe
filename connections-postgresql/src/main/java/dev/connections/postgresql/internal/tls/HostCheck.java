package dev.connections.postgresql.internal.tls;

import dev.connections.api.Failure;
import dev.connections.api.StandardErrorCode;
import javax.net.ssl.HostnameVerifier;
import javax.net.ssl.SSLSession;
import org.postgresql.ssl.PGjdbcHostnameVerifier;

/**
 * The driver's own check of a certificate's host name, with a code: the driver reports a mismatch
 * like a broken connection.
 */
public final class HostCheck implements HostnameVerifier {
  /** Made by the driver. */
  public HostCheck() {}

  @Override
  public boolean verify(String host, SSLSession session) {
    if (PGjdbcHostnameVerifier.INSTANCE.verify(host, session)) {
      return true;
    }
    throw Failure.of(
            StandardErrorCode.TLS_HOST_MISMATCH,
            "The server's certificate is for another host name.")
        .withRemedy(
            "Enter the host name that the certificate is for, or choose verify-ca if the server"
                + " is reached by another name.")
        .asException();
  }
}
