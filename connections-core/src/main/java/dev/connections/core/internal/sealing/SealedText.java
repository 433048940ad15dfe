package dev.connections.core.internal.sealing;

import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.Optional;

/**
 * A sealed value as it is stored, taken apart. Version 1 is {@code sealed:1:<key id>:<base64url>};
 * version 2 is bound to what lies beside it, and says to what: {@code sealed:2:<key
 * id>:<surroundings>:<base64url>}.
 */
final class SealedText {
  /** What every sealed value begins with, whatever its version. */
  static final String PREFIX = "sealed:";

  private static final String BOUND = "2";
  private static final String UNBOUND = "1";

  /** One byte for the cipher's form, four for the key's number. */
  private static final int KEY_ID_AT = 1;

  /** The form's byte, the key's number, a nonce and a tag: a sealed empty value has no more. */
  private static final int LEAST_BYTES = 1 + Integer.BYTES + 12 + 16;

  private static final int KEY_PART = 2;
  private static final int MOST_PARTS = 5;

  private final Optional<String> surroundings;
  private final byte[] bytes;

  /**
   * Takes the parts.
   *
   * @param surroundings what the value is bound to besides its place, as {@link Surroundings} has
   *     it; empty in version 1
   * @param bytes what the cipher made; not copied
   */
  SealedText(Optional<String> surroundings, byte[] bytes) {
    this.surroundings = surroundings;
    this.bytes = bytes;
  }

  /**
   * {@return the parts of a text, if it is exactly what {@link #toString} writes: one value has one
   * spelling}
   *
   * @param text any text
   */
  static Optional<SealedText> parse(String text) {
    String[] parts = text.split(":", MOST_PARTS + 1);
    if (parts.length < MOST_PARTS - 1 || parts.length > MOST_PARTS) {
      return Optional.empty();
    }
    try {
      byte[] bytes = Base64.getUrlDecoder().decode(parts[parts.length - 1]);
      SealedText sealed =
          new SealedText(
              parts.length == MOST_PARTS ? Optional.of(parts[KEY_PART + 1]) : Optional.empty(),
              bytes);
      return bytes.length >= LEAST_BYTES && sealed.toString().equals(text)
          ? Optional.of(sealed)
          : Optional.empty();
    } catch (IllegalArgumentException notBase64) {
      return Optional.empty();
    }
  }

  /**
   * {@return the number of the key that a value was sealed with}
   *
   * @param sealed a value that was sealed here
   */
  static long keyOf(String sealed) {
    return Long.parseLong(sealed.split(":", KEY_PART + 2)[KEY_PART]);
  }

  /**
   * {@return the version of the form of a value}
   *
   * @param surroundings what it is bound to
   */
  static String version(Optional<String> surroundings) {
    return surroundings.isPresent() ? BOUND : UNBOUND;
  }

  /** {@return what it is bound to besides its place} */
  Optional<String> surroundings() {
    return surroundings;
  }

  /** {@return what the cipher made; not a copy} */
  byte[] bytes() {
    return bytes;
  }

  /** {@return the number of the key that it was sealed with} */
  long keyId() {
    return Integer.toUnsignedLong(ByteBuffer.wrap(bytes).getInt(KEY_ID_AT));
  }

  /** {@return the text as it is stored} */
  @Override
  public String toString() {
    return PREFIX
        + version(surroundings)
        + ":"
        + keyId()
        + ":"
        + surroundings.map(digest -> digest + ":").orElse("")
        + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }
}
