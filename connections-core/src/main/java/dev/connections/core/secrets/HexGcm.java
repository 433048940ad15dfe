package dev.connections.core.secrets;

import dev.connections.api.Secret;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * AES-256-GCM in hexadecimal. Made by the JDK, since Tink has no nonces of 16 bytes. A tag has
 * exactly 16 bytes: a shorter one would be easier to guess.
 */
final class HexGcm implements EarlierForm {
  static final String PREFIX = "encrypted:";

  private static final int KEY_BYTES = 32;
  private static final int TAG_BYTES = 16;

  private final SecretKeySpec key;

  HexGcm(byte[] key) {
    if (key.length != KEY_BYTES) {
      throw new IllegalArgumentException("a key has " + KEY_BYTES + " bytes");
    }
    this.key = new SecretKeySpec(key, "AES");
  }

  @Override
  public Optional<Secret> open(String value) {
    String[] parts = value.split(":", -1);
    if (!value.startsWith(PREFIX) || parts.length != 4) {
      return Optional.empty();
    }
    try {
      byte[] nonce = HexFormat.of().parseHex(parts[1]);
      byte[] ciphertext = HexFormat.of().parseHex(parts[2]);
      byte[] tag = HexFormat.of().parseHex(parts[3]);
      boolean sized = (nonce.length == 12 || nonce.length == 16) && tag.length == TAG_BYTES;
      return sized ? opened(nonce, ciphertext, tag) : Optional.empty();
    } catch (GeneralSecurityException | IllegalArgumentException untold) {
      return Optional.empty();
    }
  }

  private Optional<Secret> opened(byte[] nonce, byte[] ciphertext, byte[] tag)
      throws GeneralSecurityException {
    Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
    cipher.init(Cipher.DECRYPT_MODE, key, new GCMParameterSpec(TAG_BYTES * Byte.SIZE, nonce));
    byte[] sealed = Arrays.copyOf(ciphertext, ciphertext.length + TAG_BYTES);
    System.arraycopy(tag, 0, sealed, ciphertext.length, TAG_BYTES);
    byte[] clear = cipher.doFinal(sealed);
    try {
      return SecretText.of(clear, clear.length);
    } finally {
      Arrays.fill(clear, (byte) 0);
    }
  }
}
