package dev.connections.core.internal.sealing;

import com.google.crypto.tink.Aead;
import dev.connections.api.ConnectionException;
import dev.connections.api.Failure;
import dev.connections.api.StandardFailures;
import dev.connections.core.secrets.KeySource;
import dev.connections.core.secrets.KeysetStore;
import dev.connections.core.secrets.SecretErrorCode;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;

/**
 * Seals values: encrypts them so that they open only in the account, the connection and the field
 * they were sealed for. AES-256-GCM with a random nonce for each value.
 *
 * <p>A sealed value is text, {@code sealed:1:<key id>:<base64url>}: the version of this form, the
 * number of the key, and what the cipher made. Safe for any thread.
 *
 * <p>The store's keys may change while it is in use: by another process, too. A value whose key
 * isn't known here makes the cipher look at the stored keys again; {@link #refresh} does so before
 * it is needed.
 */
public final class SecretCipher {
  /** What every sealed value begins with, whatever its version. */
  private static final String PREFIX = "sealed:";

  private static final String VERSION = "1";
  private static final String START = PREFIX + VERSION + ":";

  /** One byte for the cipher's form, four for the key's number. */
  private static final int KEY_ID_AT = 1;

  /** The form's byte, the key's number, a nonce and a tag: a sealed empty value has no more. */
  private static final int LEAST_BYTES = 1 + Integer.BYTES + 12 + 16;

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
    return text.startsWith(PREFIX);
  }

  /**
   * {@return the sealed value}
   *
   * @param place where it opens
   * @param field the path under which it opens
   * @param value what to seal; may be empty
   */
  public String seal(SealedPlace place, String field, byte[] value) {
    return seal(ring, place, field, value);
  }

  static String seal(Keyring keys, SealedPlace place, String field, byte[] value) {
    byte[] sealed;
    try {
      sealed = keys.sealing().encrypt(value, associatedData(place, field));
    } catch (GeneralSecurityException broken) {
      throw StandardFailures.internal(broken).asException(broken);
    }
    return START
        + keyId(sealed)
        + ":"
        + Base64.getUrlEncoder().withoutPadding().encodeToString(sealed);
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
    try {
      byte[] bytes = parse(sealed);
      return key(bytes).decrypt(bytes, associatedData(place, field));
    } catch (GeneralSecurityException | IllegalArgumentException untold) {
      throw invalid(field).asException();
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
    return reseal(ring, place, field, sealed);
  }

  String reseal(Keyring keys, SealedPlace place, String field, String sealed) {
    byte[] value = open(place, field, sealed);
    try {
      return seal(keys, place, field, value);
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
    return Long.parseLong(sealed.substring(START.length(), sealed.indexOf(':', START.length())));
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

  /** Takes exactly what {@link #seal} writes: one value has one spelling. */
  private static byte[] parse(String text) {
    int colon = text.indexOf(':', START.length());
    if (!text.startsWith(START) || colon < 0) {
      throw new IllegalArgumentException("not of this form");
    }
    byte[] sealed = Base64.getUrlDecoder().decode(text.substring(colon + 1));
    if (sealed.length < LEAST_BYTES
        || !text.equals(
            START
                + keyId(sealed)
                + ":"
                + Base64.getUrlEncoder().withoutPadding().encodeToString(sealed))) {
      throw new IllegalArgumentException("not as it was written");
    }
    return sealed;
  }

  private Aead key(byte[] sealed) throws GeneralSecurityException {
    long id = keyId(sealed);
    if (ring.key(id).isEmpty()) {
      refresh(); // perhaps another process has made it in the meantime
    }
    return ring.key(id).orElseThrow(() -> new GeneralSecurityException("no such key"));
  }

  private static long keyId(byte[] sealed) {
    return Integer.toUnsignedLong(ByteBuffer.wrap(sealed).getInt(KEY_ID_AT));
  }

  /** What isn't a configuration says so: other places have another number of parts. */
  private static List<String> parts(SealedPlace place, String field) {
    return switch (place.part()) {
      case CONFIGURATION -> List.of(VERSION, place.account(), place.connection(), field);
      case TOKENS -> List.of(VERSION, "tokens", place.account(), place.connection(), field);
    };
  }

  /** Each part with its length before it, so that no two places give the same bytes. */
  private static byte[] associatedData(SealedPlace place, String field) {
    ByteArrayOutputStream data = new ByteArrayOutputStream();
    for (String part : parts(place, field)) {
      byte[] bytes = part.getBytes(StandardCharsets.UTF_8);
      data.writeBytes(ByteBuffer.allocate(Integer.BYTES).putInt(bytes.length).array());
      data.writeBytes(bytes);
    }
    return data.toByteArray();
  }
}
