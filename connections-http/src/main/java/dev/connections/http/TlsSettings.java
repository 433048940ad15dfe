package dev.connections.http;

import dev.connections.api.Secret;
import java.util.Objects;
import java.util.Optional;

/**
 * Whom to trust, and who we are, where a service asks for more than the JVM's defaults. There is no
 * way to switch the check of certificates off.
 *
 * @param trusted certificates of the authorities to trust, in PEM; those that Java trusts don't
 *     count then
 * @param certificate our own certificate, in PEM, with those between it and its authority
 * @param key its key, unencrypted PKCS #8 in PEM
 */
public record TlsSettings(
    Optional<String> trusted, Optional<String> certificate, Optional<Secret> key) {
  /** What the JVM trusts, and no certificate of our own. */
  public static final TlsSettings DEFAULTS =
      new TlsSettings(Optional.empty(), Optional.empty(), Optional.empty());

  /**
   * Checks that no part is null.
   *
   * @param trusted certificates of the authorities to trust
   * @param certificate our own certificate
   * @param key its key
   */
  public TlsSettings {
    Objects.requireNonNull(trusted, "trusted");
    Objects.requireNonNull(certificate, "certificate");
    Objects.requireNonNull(key, "key");
  }

  /**
   * {@return a copy that trusts other authorities than the JVM does}
   *
   * @param pem one or more certificates
   */
  public TlsSettings trusting(String pem) {
    return new TlsSettings(Optional.of(pem), certificate, key);
  }

  /**
   * {@return a copy that shows a certificate of ours}
   *
   * @param pem the certificate, followed by those between it and its authority
   * @param pkcs8 its key, unencrypted
   */
  public TlsSettings showing(String pem, Secret pkcs8) {
    return new TlsSettings(trusted, Optional.of(pem), Optional.of(pkcs8));
  }

  /** {@return a copy that shows no certificate of ours} */
  TlsSettings withoutIdentity() {
    return new TlsSettings(trusted, Optional.empty(), Optional.empty());
  }
}
