package dev.connections.core.internal.sealing;

import com.google.crypto.tink.Aead;
import com.google.crypto.tink.KeysetHandle;
import com.google.crypto.tink.RegistryConfiguration;
import com.google.crypto.tink.TinkJsonProtoKeysetFormat;
import com.google.crypto.tink.aead.AeadConfig;
import com.google.crypto.tink.aead.PredefinedAeadParameters;
import dev.connections.api.ConnectionException;
import dev.connections.api.Failure;
import dev.connections.api.StandardFailures;
import dev.connections.core.secrets.KeySource;
import dev.connections.core.secrets.KeysetStore;
import dev.connections.core.secrets.SecretErrorCode;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Optional;
import java.util.function.Supplier;

/** The keys that values are sealed with: made once for a store, then read from it. */
final class Keyset {
  /** Binds a wrapped keyset to its use, so that a key source may serve other purposes as well. */
  private static final byte[] CONTEXT = "dev.connections keyset 1".getBytes(StandardCharsets.UTF_8);

  private Keyset() {}

  static KeysetHandle open(KeySource source, KeysetStore store) {
    Aead wrapping = new Wrapping(source);
    try {
      AeadConfig.register();
      Optional<String> stored = store.load();
      if (stored.isEmpty()) {
        KeysetHandle fresh =
            KeysetHandle.newBuilder()
                .addEntry(
                    KeysetHandle.generateEntryFromParameters(PredefinedAeadParameters.AES256_GCM)
                        .withRandomId()
                        .makePrimary())
                .build();
        String wrapped =
            TinkJsonProtoKeysetFormat.serializeEncryptedKeyset(
                fresh, wrapping, CONTEXT, RegistryConfiguration.get());
        if (store.replace(stored, wrapped)) {
          return fresh;
        }
        stored = store.load(); // another process was first: its keys are the store's keys
      }
      return TinkJsonProtoKeysetFormat.parseEncryptedKeyset(
          stored.orElseThrow(
              () -> new IllegalStateException("a keyset store that neither keeps nor has one")),
          wrapping,
          CONTEXT,
          RegistryConfiguration.get());
    } catch (GeneralSecurityException unreadable) {
      throw Failure.of(SecretErrorCode.KEY_REFUSED, "The store's stored keys can't be read.")
          .withRemedy("They were changed or cut off. Bring the store back from a backup.")
          .asException(unreadable);
    } catch (LinkageError otherLibraries) {
      throw SecretErrorCode.encryptionUnusable(otherLibraries);
    }
  }

  /** A key source as Tink calls it. */
  private record Wrapping(KeySource source) implements Aead {
    @Override
    public byte[] encrypt(byte[] keyset, byte[] context) {
      return guarded(() -> source.wrap(keyset, context));
    }

    @Override
    public byte[] decrypt(byte[] wrapped, byte[] context) {
      return guarded(() -> source.unwrap(wrapped, context));
    }

    /** A source may be a host's own, over a service whose exceptions nobody here knows. */
    private static byte[] guarded(Supplier<byte[]> call) {
      try {
        return call.get();
      } catch (ConnectionException told) {
        throw told;
      } catch (RuntimeException | LinkageError foreign) {
        throw StandardFailures.internal(foreign).asException(foreign);
      }
    }
  }
}
