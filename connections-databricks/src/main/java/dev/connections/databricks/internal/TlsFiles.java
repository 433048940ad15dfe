package dev.connections.databricks.internal;

import dev.connections.api.Configuration;
import dev.connections.api.Failure;
import dev.connections.api.Field;
import dev.connections.api.Secret;
import dev.connections.api.StandardErrorCode;
import dev.connections.http.NetworkFields;
import dev.connections.jdbc.TlsMaterial;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.UUID;

/**
 * The certificates to trust, and our own with its key, as files: the driver takes them in no other
 * way. They are made when they are first needed and go with the adapter. The key lies in its file
 * encrypted, only this process's user may read that, and its password is nowhere but in this
 * object.
 */
final class TlsFiles implements AutoCloseable {
  private static final String TYPE = "PKCS12";

  private final Optional<String> trusted;
  private final Optional<String> certificate;
  private final Optional<Secret> key;
  private final String password = UUID.randomUUID().toString();
  private final List<Path> files = new ArrayList<>();
  private final Properties made = new Properties();

  TlsFiles(Configuration configuration) {
    this.trusted = configuration.find(NetworkFields.TRUSTED);
    this.certificate = configuration.find(NetworkFields.CLIENT_CERTIFICATE);
    this.key = configuration.find(NetworkFields.CLIENT_KEY);
  }

  /**
   * Has the driver trust the certificates that were entered and no others, and show the one that
   * was entered; without any, those of the JVM and none.
   */
  synchronized void addTo(Properties properties) {
    if (made.isEmpty()) {
      trusted.ifPresent(
          pem -> add("SSLTrustStore", NetworkFields.TRUSTED, store -> trust(store, pem)));
      certificate.ifPresent(
          pem -> add("SSLKeyStore", NetworkFields.CLIENT_CERTIFICATE, store -> show(store, pem)));
    }
    made.stringPropertyNames()
        .forEach(name -> properties.setProperty(name, made.getProperty(name)));
  }

  /** Fills a store. */
  private interface Filling {
    void fill(KeyStore store) throws GeneralSecurityException;
  }

  private static void trust(KeyStore store, String pem) throws GeneralSecurityException {
    int number = 0;
    for (Certificate authority : TlsMaterial.certificates(pem)) {
      store.setCertificateEntry("trusted-" + number++, authority);
    }
  }

  private void show(KeyStore store, String pem) throws GeneralSecurityException {
    PrivateKey ours = TlsMaterial.key(key.orElseThrow());
    Certificate[] chain = TlsMaterial.certificates(pem).toArray(Certificate[]::new);
    store.setKeyEntry("ours", ours, password.toCharArray(), chain);
  }

  private void add(String property, Field<String> field, Filling filling) {
    try {
      KeyStore store = KeyStore.getInstance(TYPE);
      store.load(null, null);
      filling.fill(store);
      Path file = Files.createTempFile("connections-tls", ".p12");
      files.add(file);
      try (OutputStream out = Files.newOutputStream(file)) {
        store.store(out, password.toCharArray());
      }
      made.setProperty(property, file.toString());
      made.setProperty(property + "Pwd", password);
      made.setProperty(property + "Type", TYPE);
    } catch (IOException | GeneralSecurityException e) {
      throw Failure.of(
              StandardErrorCode.INVALID_CONFIGURATION,
              field.label() + " can't be handed to the driver.")
          .withRemedy("Enter it again, and check that files may be made in the temporary folder.")
          .withFields(field)
          .asException(e);
    }
  }

  @Override
  public synchronized void close() {
    files.forEach(TlsFiles::delete);
    files.clear();
    made.clear();
  }

  private static void delete(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      // What it holds is public, or encrypted by a password that goes with this process.
    }
  }
}
