package dev.connections.core.secrets;

import dev.connections.api.Secret;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Fernet tokens, as <a href="https://github.com/fernet/spec/blob/master/Spec.md">their
 * specification</a> has them: a version byte 0x80, eight bytes of time, a nonce of 16 bytes, text
 * encrypted with AES-128-CBC, and an HMAC-SHA256 over all of that. The HMAC is checked first, and
 * in constant time: before it is right nothing is decrypted. The time isn't looked at, since stored
 * secrets don't expire.
 */
final class Fernet implements EarlierForm {
  private static final String PREFIX = "fernet:";

  /** The version byte and the first bytes of any time until the year 2106, in base64. */
  private static final String START = "gAAAAA";

  private static final int KEY_BYTES = 16;
  private static final int NONCE_AT = 9;
  private static final int TEXT_AT = NONCE_AT + 16;
  private static final int MAC_BYTES = 32;
  private static final int LEAST_BYTES = TEXT_AT + 16 + MAC_BYTES;
  private static final byte VERSION = (byte) 0x80;

  private final SecretKeySpec signing;
  private final SecretKeySpec encryption;

  Fernet(String key) {
    byte[] bytes = decoded(key);
    if (bytes.length != 2 * KEY_BYTES) {
      throw new IllegalArgumentException("a Fernet key has 32 bytes in URL-safe base64");
    }
    this.signing = new SecretKeySpec(bytes, 0, KEY_BYTES, "HmacSHA256");
    this.encryption = new SecretKeySpec(bytes, KEY_BYTES, KEY_BYTES, "AES");
    Arrays.fill(bytes, (byte) 0);
  }

  static boolean isMeant(String value) {
    return value.startsWith(PREFIX) || value.startsWith(START);
  }

  /** Empty if it isn't base64. */
  private static byte[] decoded(String text) {
    try {
      return Base64.getUrlDecoder().decode(text.strip());
    } catch (IllegalArgumentException notBase64) {
      return new byte[0];
    }
  }

  @Override
  public Optional<Secret> open(String value) {
    if (!isMeant(value)) {
      return Optional.empty();
    }
    byte[] token = decoded(value.startsWith(PREFIX) ? value.substring(PREFIX.length()) : value);
    try {
      return token.length >= LEAST_BYTES && token[0] == VERSION && isSigned(token)
          ? opened(token)
          : Optional.empty();
    } catch (GeneralSecurityException untold) {
      return Optional.empty();
    }
  }

  private boolean isSigned(byte[] token) throws GeneralSecurityException {
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(signing);
    mac.update(token, 0, token.length - MAC_BYTES);
    byte[] given = Arrays.copyOfRange(token, token.length - MAC_BYTES, token.length);
    return MessageDigest.isEqual(mac.doFinal(), given);
  }

  private Optional<Secret> opened(byte[] token) throws GeneralSecurityException {
    Cipher cipher = Cipher.getInstance("AES/CBC/PKCS5Padding");
    cipher.init(
        Cipher.DECRYPT_MODE, encryption, new IvParameterSpec(token, NONCE_AT, TEXT_AT - NONCE_AT));
    byte[] clear = cipher.doFinal(token, TEXT_AT, token.length - TEXT_AT - MAC_BYTES);
    try {
      return SecretText.of(clear, clear.length);
    } finally {
      Arrays.fill(clear, (byte) 0);
    }
  }
}
