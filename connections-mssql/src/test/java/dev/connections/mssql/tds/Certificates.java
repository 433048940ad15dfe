package dev.connections.mssql.tds;

import dev.connections.jdbc.TlsMaterial;
import dev.connections.testkit.TestAuthority;
import java.security.GeneralSecurityException;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLContext;

/** What an endpoint encrypts with. */
public final class Certificates {
  private Certificates() {}

  /** {@return how a server shows this certificate; it asks its clients for none} */
  public static SSLContext of(TestAuthority.Identity identity) {
    try {
      return TlsMaterial.context(
          true,
          List.of(),
          TlsMaterial.certificates(identity.certificate()),
          Optional.of(TlsMaterial.key(identity.key().toCharArray())));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }
}
