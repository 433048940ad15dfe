package dev.connections.mssql.internal;

import dev.connections.api.Configuration;
import dev.connections.api.Failure;
import dev.connections.api.Secret;
import dev.connections.api.StandardErrorCode;
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
 * The client's certificate while a connection is made: the driver takes it from a file alone. The
 * file is readable by its owner alone, has a password of its own, and is gone when the connection
 * is there.
 */
final class ClientCertificate implements AutoCloseable {
  private final Optional<Path> file;
  private final String password = UUID.randomUUID().toString();

  private ClientCertificate(Configuration configuration)
      throws IOException, GeneralSecurityException {
    Optional<String> certificate = configuration.find(MssqlFields.CLIENT_CERTIFICATE);
    Optional<Secret> key = configuration.find(MssqlFields.CLIENT_KEY);
    if (certificate.isEmpty() || key.isEmpty()) {
      file = Optional.empty();
      return;
    }
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    store.setKeyEntry(
        "client",
        TlsMaterial.key(key.get()),
        password.toCharArray(),
        TlsMaterial.certificates(certificate.get()).toArray(Certificate[]::new));
    // Where the system knows rights, this method gives them to the owner alone.
    Path made = Files.createTempFile("connections-", ".p12");
    file = Optional.of(made);
    try (OutputStream out = Files.newOutputStream(made)) {
      store.store(out, password.toCharArray());
    } catch (IOException | GeneralSecurityException e) {
      close();
      throw e;
    }
  }

  /** What a configuration says; empty where it names no certificate. To be closed. */
  static ClientCertificate of(Configuration configuration) {
    try {
      return new ClientCertificate(configuration);
    } catch (IOException | GeneralSecurityException e) {
      throw Failure.of(
              StandardErrorCode.INVALID_CONFIGURATION,
              "The client's certificate can't be shown to the server.")
          .withRemedy("Enter the certificate that belongs to the key.")
          .withFields(MssqlFields.CLIENT_CERTIFICATE, MssqlFields.CLIENT_KEY)
          .asException(e);
    }
  }

  void addTo(Properties properties) {
    file.ifPresent(
        path -> {
          properties.setProperty("clientCertificate", path.toString());
          properties.setProperty("clientKeyPassword", password);
        });
  }

  @Override
  public void close() {
    file.ifPresent(
        path -> {
          try {
            Files.deleteIfExists(path);
          } catch (IOException e) {
            path.toFile().deleteOnExit();
          }
        });
  }
}
