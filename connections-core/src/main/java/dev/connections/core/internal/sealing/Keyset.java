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
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * The keys that values are sealed with: made once for a store, then read from it.
 *
 * @param stored as they lie in the store
 * @param handle the keys
 */
record Keyset(String stored, KeysetHandle handle) {
  /** Binds a wrapped keyset to its use, so that a key source may serve other purposes as well. */
  private static final byte[] CONTEXT = "dev.connections keyset 1".getBytes(StandardCharsets.UTF_8);

  /** The store's keys; they are made if it has none yet. */
  static Keyset open(KeySource source, KeysetStore store) {
    Optional<String> stored = store.load();
    if (stored.isEmpty()) {
      Keyset fresh = first(source);
      if (store.replace(stored, fresh.stored, fresh.ids())) {
        return fresh;
      }
      stored = store.load(); // another process was first: its keys are the store's keys
    }
    return parse(
        source,
        stored.orElseThrow(
            () -> new IllegalStateException("a keyset store that neither keeps nor has one")));
  }

  private static Keyset first(KeySource source) {
    return working(
        () ->
            wrapped(
                source,
                KeysetHandle.newBuilder()
                    .addEntry(
                        KeysetHandle.generateEntryFromParameters(
                                PredefinedAeadParameters.AES256_GCM)
                            .withRandomId()
                            .makePrimary())
                    .build()));
  }

  static Keyset parse(KeySource source, String stored) {
    return working(
        () ->
            new Keyset(
                stored,
                TinkJsonProtoKeysetFormat.parseEncryptedKeyset(
                    stored, new Wrapping(source), CONTEXT, RegistryConfiguration.get())));
  }

  /** These keys as they would lie in the store, were they wrapped now. */
  private static Keyset wrapped(KeySource source, KeysetHandle handle)
      throws GeneralSecurityException {
    return new Keyset(
        TinkJsonProtoKeysetFormat.serializeEncryptedKeyset(
            handle, new Wrapping(source), CONTEXT, RegistryConfiguration.get()),
        handle);
  }

  /** The same keys, wrapped anew. */
  Keyset wrappedBy(KeySource source) {
    return working(() -> wrapped(source, handle));
  }

  /** With one more key, which opens and doesn't seal yet. */
  Keyset withNext(KeySource source) {
    return working(
        () ->
            wrapped(
                source,
                KeysetHandle.newBuilder(handle)
                    .addEntry(
                        KeysetHandle.generateEntryFromParameters(
                                PredefinedAeadParameters.AES256_GCM)
                            .withRandomId())
                    .build()));
  }

  /** With the newest key as the one that seals. */
  Keyset withNewestPrimary(KeySource source) {
    return working(
        () -> {
          KeysetHandle.Builder builder = KeysetHandle.newBuilder(handle);
          builder.getAt(builder.size() - 1).makePrimary();
          return wrapped(source, builder.build());
        });
  }

  /** Without one of the keys, which isn't the primary one. */
  Keyset without(KeySource source, long retired) {
    return working(
        () -> {
          KeysetHandle.Builder builder = KeysetHandle.newBuilder(handle);
          for (int i = handle.size() - 1; i >= 0; i--) {
            if (id(handle.getAt(i)) == retired) {
              builder.deleteAt(i);
            }
          }
          return wrapped(source, builder.build());
        });
  }

  /** The numbers of the keys, the oldest first. */
  Set<Long> ids() {
    Set<Long> ids = new LinkedHashSet<>();
    for (int i = 0; i < handle.size(); i++) {
      ids.add(id(handle.getAt(i)));
    }
    return ids;
  }

  long primary() {
    return id(handle.getPrimary());
  }

  /** As it stands in a sealed value: 32 bits without a sign. */
  private static long id(KeysetHandle.Entry entry) {
    return Integer.toUnsignedLong(entry.getId());
  }

  /** What opens with any of the keys and seals with the primary one. */
  Aead aead() {
    try {
      return handle.getPrimitive(RegistryConfiguration.get(), Aead.class);
    } catch (GeneralSecurityException broken) {
      throw Failure.of(SecretErrorCode.KEY_REFUSED, "The store's stored keys can't be used.")
          .withRemedy("They were made by a later version. Use that version with this store.")
          .asException(broken);
    }
  }

  private interface Work {
    Keyset run() throws GeneralSecurityException;
  }

  private static Keyset working(Work work) {
    try {
      AeadConfig.register();
      return work.run();
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
