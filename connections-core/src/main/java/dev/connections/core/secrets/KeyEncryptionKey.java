package dev.connections.core.secrets;

import com.google.crypto.tink.AccessesPartialKey;
import com.google.crypto.tink.Aead;
import com.google.crypto.tink.InsecureSecretKeyAccess;
import com.google.crypto.tink.KeysetHandle;
import com.google.crypto.tink.RegistryConfiguration;
import com.google.crypto.tink.aead.AeadConfig;
import com.google.crypto.tink.aead.AesGcmKey;
import com.google.crypto.tink.aead.AesGcmParameters;
import com.google.crypto.tink.util.SecretBytes;
import dev.connections.api.ConnectionException;
import dev.connections.api.Failure;
import dev.connections.api.StandardFailures;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;

/** The 256-bit key around a keyset. The only class that handles key material in the clear. */
final class KeyEncryptionKey {
  static final int BYTES = 32;

  private final Aead aead;

  KeyEncryptionKey(Aead aead) {
    this.aead = aead;
  }

  static byte[] randomBytes() {
    byte[] key = new byte[BYTES];
    new SecureRandom().nextBytes(key);
    return key;
  }

  /**
   * {@return the key}
   *
   * @param key 32 bytes
   */
  @AccessesPartialKey // a key of the host's own: its form is fixed here and nowhere else
  static KeyEncryptionKey of(byte[] key) {
    return working(
        () -> {
          AeadConfig.register();
          AesGcmParameters parameters =
              AesGcmParameters.builder()
                  .setKeySizeBytes(BYTES)
                  .setIvSizeBytes(12)
                  .setTagSizeBytes(16)
                  .setVariant(AesGcmParameters.Variant.NO_PREFIX)
                  .build();
          AesGcmKey material =
              AesGcmKey.builder()
                  .setParameters(parameters)
                  .setKeyBytes(SecretBytes.copyFrom(key, InsecureSecretKeyAccess.get()))
                  .build();
          KeysetHandle handle =
              KeysetHandle.newBuilder()
                  .addEntry(KeysetHandle.importKey(material).withRandomId().makePrimary())
                  .build();
          return new KeyEncryptionKey(handle.getPrimitive(RegistryConfiguration.get(), Aead.class));
        });
  }

  /**
   * {@return the key that a text stands for; empty if it isn't 32 bytes in base64}
   *
   * @param base64 the text; white space around it doesn't matter
   */
  static Optional<KeyEncryptionKey> parse(String base64) {
    byte[] key;
    try {
      key = Base64.getDecoder().decode(base64.strip());
    } catch (IllegalArgumentException notBase64) {
      return Optional.empty();
    }
    try {
      return key.length == BYTES ? Optional.of(of(key)) : Optional.empty();
    } finally {
      Arrays.fill(key, (byte) 0);
    }
  }

  byte[] encrypt(byte[] keyset, byte[] context) {
    return working(() -> aead.encrypt(keyset, context));
  }

  /**
   * {@return the keyset}
   *
   * @param wrapped what was encrypted
   * @param context what it was bound to
   * @param refused what to say if this isn't the key
   */
  byte[] decrypt(byte[] wrapped, byte[] context, Failure refused) {
    try {
      return aead.decrypt(wrapped, context);
    } catch (GeneralSecurityException anotherKey) {
      throw ConnectionException.of(refused, anotherKey);
    }
  }

  private interface Encryption<T> {
    T run() throws GeneralSecurityException;
  }

  /** What fails only where the Java installation lacks AES-256-GCM. */
  private static <T> T working(Encryption<T> encryption) {
    try {
      return encryption.run();
    } catch (GeneralSecurityException broken) {
      throw StandardFailures.internal(broken).asException(broken);
    } catch (LinkageError otherLibraries) {
      throw SecretErrorCode.encryptionUnusable(otherLibraries);
    }
  }
}
