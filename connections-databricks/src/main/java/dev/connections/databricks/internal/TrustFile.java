package dev.connections.databricks.internal;

import dev.connections.api.Failure;
import dev.connections.api.StandardErrorCode;
import dev.connections.http.NetworkFields;
import dev.connections.jdbc.TlsMaterial;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.util.Optional;
import java.util.Properties;
import java.util.UUID;

/**
 * The certificates to trust, as a file: the driver takes them in no other way. They are public. The
 * file is made when it is first needed and goes with the adapter.
 */
final class TrustFile implements AutoCloseable {
  private static final String TYPE = "PKCS12";

  private final Optional<String> pem;
  private final String password = UUID.randomUUID().toString(); // the form demands one
  private Optional<Path> file = Optional.empty();

  TrustFile(Optional<String> pem) {
    this.pem = pem;
  }

  /** Has the driver trust these certificates and no others; without any, those of the JVM. */
  synchronized void addTo(Properties properties) {
    if (pem.isEmpty()) {
      return;
    }
    if (file.isEmpty()) {
      file = Optional.of(write(pem.get()));
    }
    properties.setProperty("SSLTrustStore", file.get().toString());
    properties.setProperty("SSLTrustStorePwd", password);
    properties.setProperty("SSLTrustStoreType", TYPE);
  }

  private Path write(String text) {
    try {
      KeyStore store = KeyStore.getInstance(TYPE);
      store.load(null, null);
      int number = 0;
      for (Certificate certificate : TlsMaterial.certificates(text)) {
        store.setCertificateEntry("trusted-" + number++, certificate);
      }
      Path made = Files.createTempFile("connections-trusted", ".p12");
      try (OutputStream out = Files.newOutputStream(made)) {
        store.store(out, password.toCharArray());
      }
      return made;
    } catch (IOException | GeneralSecurityException e) {
      throw Failure.of(
              StandardErrorCode.INVALID_CONFIGURATION,
              "The trusted certificate can't be handed to the driver.")
          .withRemedy("Enter it again, and check that files may be made in the temporary folder.")
          .withFields(NetworkFields.TRUSTED)
          .asException(e);
    }
  }

  @Override
  public synchronized void close() {
    file.ifPresent(TrustFile::delete);
    file = Optional.empty();
  }

  private static void delete(Path made) {
    try {
      Files.deleteIfExists(made);
    } catch (IOException e) {
      // It holds nothing that isn't public.
    }
  }
}
