package dev.connections.mssql.internal;

import dev.connections.api.Secret;
import dev.connections.jdbc.TlsMaterial;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/** Whom a configuration trusts: texts, never paths, so that no field makes us read a file. */
final class TrustedCertificates {
  private TrustedCertificates() {}

  /** The certificates of a text in PEM, or of a trust store in Base64. */
  static List<Certificate> of(String text, Optional<Secret> password)
      throws GeneralSecurityException {
    if (text.contains("-----BEGIN ")) {
      return TlsMaterial.certificates(text);
    }
    byte[] store;
    try {
      store = Base64.getMimeDecoder().decode(text);
    } catch (IllegalArgumentException e) {
      throw new GeneralSecurityException("neither PEM nor Base64", e);
    }
    List<Certificate> found =
        password.isPresent()
            ? password.get().use(word -> read(store, Optional.of(word)))
            : read(store, Optional.empty());
    if (found.isEmpty()) {
      throw new GeneralSecurityException("no certificate, or a wrong password");
    }
    return found;
  }

  /** Java reads both formats by either name, and both need a password only for what is secret. */
  private static List<Certificate> read(byte[] bytes, Optional<char[]> password) {
    List<Certificate> found = new ArrayList<>();
    try {
      KeyStore store = KeyStore.getInstance("PKCS12");
      store.load(new ByteArrayInputStream(bytes), password.orElse(null));
      for (String alias : Collections.list(store.aliases())) {
        Optional.ofNullable(store.getCertificate(alias)).ifPresent(found::add);
      }
    } catch (GeneralSecurityException | IOException e) {
      return List.of();
    }
    return found;
  }
}
