package dev.connections.core.internal.sealing;

import com.google.crypto.tink.Aead;
import dev.connections.api.ConnectionException;
import dev.connections.api.Failure;
import dev.connections.api.StandardFailures;
import dev.connections.core.secrets.KeySource;
import dev.connections.core.secrets.KeysetStore;
import dev.connections.core.secrets.SecretErrorCode;
import dev.connections.core.store.SealedRow;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Seals values: encrypts them so that they open only in the account, the connection and the field
 * they were sealed for, and, those of a configuration, beside the values they were sealed beside.
 * AES-256-GCM with a random nonce for each value.
 *
 * <p>A sealed value is text, see {@link SealedText}. Configurations are sealed in its version 2;
 * those of version 1, which are bound to their place only, are opened still. Safe for any thread.
 *
 * <p>The store's keys may change while it is in use: by another process, too. A value whose key
 * isn't known here makes the cipher look at the stored keys again; {@link #refresh} does so before
 * it is needed.
 */
public final class SecretCipher {
  private final KeySource source;
  private final KeysetStore store;
  private volatile Keyring ring;

  SecretCipher(KeySource source, KeysetStore store, Keyring ring) {
    this.source = source;
    this.store = store;
    this.ring = ring;
  }

  /**
   * {@return a cipher with the store's keys} They are made if the store has none yet.
   *
   * @param source opens the stored keyset
   * @param store where the keyset lies
   * @throws ConnectionException with a {@link SecretErrorCode} if the key is missing, malformed or
   *     the wrong one
   */
  public static SecretCipher open(KeySource source, KeysetStore store) {
    return new SecretCipher(source, store, Keyring.of(Keyset.open(source, store)));
  }

  /**
   * Takes over the keys that the store has now, if they are others than before. From then on the
   * store's primary key seals.
   *
   * @throws ConnectionException if the stored keys can't be read
   */
  public synchronized void refresh() {
    store
        .load()
        .filter(stored -> !stored.equals(ring.stored()))
        .ifPresent(stored -> ring = ring.followedBy(Keyset.parse(source, stored)));
  }

  /** The keys of this moment, so that all values of one row are sealed with one of them. */
  Keyring ring() {
    return ring;
  }

  /**
   * {@return whether a stored text is meant to be a sealed value}
   *
   * @param text any text
   */
  public static boolean isSealed(String text) {
    return text.startsWith(SealedText.PREFIX);
  }

  /**
   * {@return the sealed value, bound to its place}
   *
   * @param place where it opens
   * @param field the path under which it opens
   * @param value what to seal; may be empty
   */
  public String seal(SealedPlace place, String field, byte[] value) {
    return seal(ring, place, field, Optional.empty(), value);
  }

  /** Seals; with surroundings, what lies beside the value is part of where it opens. */
  static String seal(
      Keyring keys, SealedPlace place, String field, Optional<String> surroundings, byte[] value) {
    try {
      byte[] bytes = keys.sealing().encrypt(value, associatedData(place, field, surroundings));
      return new SealedText(surroundings, bytes).toString();
    } catch (GeneralSecurityException broken) {
      throw StandardFailures.internal(broken).asException(broken);
    }
  }

  /**
   * {@return the value}
   *
   * @param place where it was sealed for
   * @param field the path it was sealed for
   * @param sealed what {@link #seal} gave back
   * @throws ConnectionException with {@link SecretErrorCode#INVALID_ENCRYPTED_VALUE} if it was
   *     changed, was sealed for another place, or its key is gone; which of these isn't told
   */
  public byte[] open(SealedPlace place, String field, String sealed) {
    return opened(place, field, SealedText.parse(sealed).orElseThrow(() -> refused(field)));
  }

  /**
   * Opens a value that lies in a configuration; one of version 1 opens beside any values.
   *
   * @param surroundings tells what lies beside it now
   * @throws ConnectionException as {@link #open(SealedPlace, String, String)}; with {@link
   *     SecretErrorCode#CONFIGURATION_ALTERED} if something else lies beside it than when it was
   *     sealed
   */
  byte[] open(SealedPlace place, String field, String sealed, Supplier<String> surroundings) {
    SealedText text = SealedText.parse(sealed).orElseThrow(() -> refused(field));
    if (text.surroundings().filter(bound -> !bound.equals(surroundings.get())).isPresent()) {
      throw altered(field).asException();
    }
    return opened(place, field, text);
  }

  private byte[] opened(SealedPlace place, String field, SealedText sealed) {
    try {
      return key(sealed)
          .decrypt(sealed.bytes(), associatedData(place, field, sealed.surroundings()));
    } catch (GeneralSecurityException untold) {
      throw refused(field);
    }
  }

  /**
   * {@return the same value, sealed with the present key}
   *
   * @param place where it opens
   * @param field the path under which it opens
   * @param sealed the value as it is
   * @throws ConnectionException as {@link #open}
   */
  public String reseal(SealedPlace place, String field, String sealed) {
    return reseal(ring, place, field, sealed, Optional::empty);
  }

  /**
   * Seals a value anew. One that is bound to what lay beside it stays bound to that, whatever lies
   * there now: another key doesn't approve what somebody has changed.
   *
   * @param surroundings what a value of version 1 is bound to from now on
   */
  String reseal(
      Keyring keys,
      SealedPlace place,
      String field,
      String sealed,
      Supplier<Optional<String>> surroundings) {
    SealedText text = SealedText.parse(sealed).orElseThrow(() -> refused(field));
    byte[] value = opened(place, field, text);
    try {
      return seal(keys, place, field, text.surroundings().or(surroundings), value);
    } finally {
      Arrays.fill(value, (byte) 0);
    }
  }

  /**
   * {@return the number of the key that a value was sealed with}
   *
   * @param sealed what {@link #seal} gave back
   */
  public static long keyOf(String sealed) {
    return SealedText.keyOf(sealed);
  }

  /**
   * {@return that a stored value can't be opened}
   *
   * @param field its path
   */
  static Failure invalid(String field) {
    return Failure.of(
            SecretErrorCode.INVALID_ENCRYPTED_VALUE,
            "Invalid encrypted value in the field " + Texts.shown(field) + ".")
        .withRemedy("Enter the value again.")
        .withFieldPaths(List.of(field));
  }

  private static ConnectionException refused(String field) {
    return invalid(field).asException();
  }

  private static Failure altered(String field) {
    return Failure.of(
            SecretErrorCode.CONFIGURATION_ALTERED,
            "The stored settings of the connection were changed past the application after the field "
                + Texts.shown(field)
                + " was entered, so its value isn't sent anywhere.")
        .withRemedy("Check all settings, the address first, and enter the value again.")
        .withFieldPaths(List.of(field));
  }

  private Aead key(SealedText sealed) throws GeneralSecurityException {
    long id = sealed.keyId();
    if (ring.key(id).isEmpty()) {
      refresh(); // perhaps another process has made it in the meantime
    }
    return ring.key(id).orElseThrow(() -> new GeneralSecurityException("no such key"));
  }

  /** What isn't a configuration says so: the first part, or the number of parts, is another. */
  private static List<String> parts(
      SealedPlace place, String field, Optional<String> surroundings) {
    List<String> parts = new ArrayList<>();
    parts.add(SealedText.version(surroundings));
    if (place.part() == SealedRow.Part.TOKENS) {
      parts.add("tokens");
    }
    parts.addAll(List.of(place.account(), place.connection(), field));
    surroundings.ifPresent(parts::add);
    return parts;
  }

  /** Each part with its length before it, so that no two places give the same bytes. */
  private static byte[] associatedData(
      SealedPlace place, String field, Optional<String> surroundings) {
    ByteArrayOutputStream data = new ByteArrayOutputStream();
    for (String part : parts(place, field, surroundings)) {
      byte[] bytes = part.getBytes(StandardCharsets.UTF_8);
      data.writeBytes(ByteBuffer.allocate(Integer.BYTES).putInt(bytes.length).array());
      data.writeBytes(bytes);
    }
    return data.toByteArray();
  }
}
