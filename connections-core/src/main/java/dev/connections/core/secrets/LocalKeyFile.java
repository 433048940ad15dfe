package dev.connections.core.secrets;

import dev.connections.api.Failure;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/** A key in a file that only its owner may read. */
final class LocalKeyFile implements KeySource {
  /** A key's text has 44 characters; what is much longer isn't one, and isn't read. */
  private static final int MOST_BYTES = 1024;

  private static final Set<PosixFilePermission> OWNERS =
      EnumSet.of(
          PosixFilePermission.OWNER_READ,
          PosixFilePermission.OWNER_WRITE,
          PosixFilePermission.OWNER_EXECUTE);

  private final Path file;

  LocalKeyFile(Path file) {
    this.file = file.toAbsolutePath().normalize();
  }

  @Override
  public byte[] wrap(byte[] keyset, byte[] context) {
    Optional<KeyEncryptionKey> key = read();
    if (key.isEmpty()) {
      make();
      key = read();
    }
    return key.orElseThrow(this::missing).encrypt(keyset, context);
  }

  @Override
  public byte[] unwrap(byte[] wrapped, byte[] context) {
    return read()
        .orElseThrow(this::missing)
        .decrypt(
            wrapped,
            context,
            Failure.of(
                    SecretErrorCode.KEY_REFUSED,
                    "The key file " + file + " doesn't open the store's stored keys.")
                .withRemedy(
                    "It belongs to another store. Bring back the key file with which this store was"
                        + " made."));
  }

  private RuntimeException missing() {
    return Failure.of(SecretErrorCode.KEY_MISSING, "The key file " + file + " is missing.")
        .withRemedy(
            "The store has secrets that only this file's key can read. Bring the file back from a"
                + " backup.")
        .asException();
  }

  private void make() {
    try {
      NewKeyFile.make(file);
    } catch (IOException | SecurityException failed) {
      throw Failure.of(SecretErrorCode.KEY_UNREADABLE, "The key file " + file + " can't be made.")
          .withRemedy(
              "Make sure that the application may write to the directory "
                  + file.getParent()
                  + ", or name another place for the key file.")
          .asException(failed);
    }
  }

  private Optional<KeyEncryptionKey> read() {
    byte[] content;
    try {
      refuseExposed();
      try (InputStream stream = Files.newInputStream(file)) {
        content = stream.readNBytes(MOST_BYTES);
      }
    } catch (NoSuchFileException notThere) {
      return Optional.empty();
    } catch (IOException | SecurityException failed) {
      throw Failure.of(SecretErrorCode.KEY_UNREADABLE, "The key file " + file + " can't be read.")
          .withRemedy("Make sure that it is a file which the application's user may read.")
          .asException(failed);
    }
    return Optional.of(
        KeyEncryptionKey.parse(new String(content, StandardCharsets.ISO_8859_1))
            .orElseThrow(
                () ->
                    Failure.of(
                            SecretErrorCode.KEY_MALFORMED,
                            "The key file " + file + " doesn't hold a key.")
                        .withRemedy(
                            "It must be 32 bytes in base64, which is 44 characters. Bring the file"
                                + " back from a backup; delete it only if the store has no secrets"
                                + " yet.")
                        .asException()));
  }

  private void refuseExposed() throws IOException {
    if (!NewKeyFile.knowsOwners(file)) {
      return;
    }
    Set<PosixFilePermission> granted = EnumSet.noneOf(PosixFilePermission.class);
    granted.addAll(Files.getPosixFilePermissions(file));
    granted.removeAll(OWNERS);
    if (!granted.isEmpty()) {
      throw Failure.of(
              SecretErrorCode.KEY_EXPOSED,
              "Others than its owner may read or write the key file " + file + ".")
          .withRemedy(
              "Run: chmod 600 "
                  + file
                  + " - and if somebody may have read it, change the passwords it protects.")
          .asException();
    }
  }

  /** {@return the file's path; never the key} */
  @Override
  public String toString() {
    return "KeySource[file " + file + "]";
  }
}
