package dev.connections.core.internal.sealing;

import dev.connections.api.Failure;
import dev.connections.api.Secret;
import dev.connections.api.StandardErrorCode;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * One value of a configuration, sealed. Before what is encrypted stands one byte which says whether
 * it is text or JSON, since not only texts are sealed: any value of an unknown field is.
 *
 * <p>For one thread.
 */
final class SealedValue {
  private static final byte TEXT = 't';
  private static final byte JSON = 'j';

  private final SecretCipher cipher;
  private final SealedPlace place;
  private final Keyring keys;
  private final Supplier<String> surroundings;
  private Optional<String> digest = Optional.empty();

  /**
   * Seals and opens the values of one configuration.
   *
   * @param surroundings makes the digest of what lies beside them, see {@link Surroundings}; asked
   *     once, when it is needed
   */
  SealedValue(SecretCipher cipher, SealedPlace place, Supplier<String> surroundings) {
    this.cipher = cipher;
    this.place = place;
    this.keys = cipher.ring();
    this.surroundings = surroundings;
  }

  private String surroundings() {
    String present = digest.orElseGet(surroundings);
    digest = Optional.of(present);
    return present;
  }

  /** The number of the key that this seals with, however many values it seals. */
  long keyId() {
    return keys.primary();
  }

  /** The same value, sealed with the present key. */
  String reseal(String path, String sealed) {
    return cipher.reseal(keys, place, path, sealed, () -> Optional.of(surroundings()));
  }

  String seal(String path, Object value) {
    if (value instanceof Secret secret) {
      return secret.useUtf8(utf8 -> seal(path, TEXT, utf8));
    }
    byte form = value instanceof String ? TEXT : JSON;
    String text = value instanceof String same ? same : JsonValues.write(value);
    return seal(path, form, text.getBytes(StandardCharsets.UTF_8));
  }

  private String seal(String path, byte form, byte[] content) {
    byte[] whole = new byte[content.length + 1];
    whole[0] = form;
    System.arraycopy(content, 0, whole, 1, content.length);
    try {
      return SecretCipher.seal(keys, place, path, Optional.of(surroundings()), whole);
    } finally {
      Arrays.fill(whole, (byte) 0);
    }
  }

  /** {@return the value: a text is given back as a secret, so that it isn't shown by accident} */
  Object open(String path, String sealed) {
    byte[] whole = cipher.open(place, path, sealed, this::surroundings);
    try {
      byte[] content = Arrays.copyOfRange(whole, Math.min(1, whole.length), whole.length);
      if (whole.length > 0 && whole[0] == TEXT) {
        return Secret.ofUtf8(content);
      }
      if (whole.length > 0 && whole[0] == JSON) {
        return JsonValues.read(new String(content, StandardCharsets.UTF_8));
      }
      throw SecretCipher.invalid(path).asException();
    } catch (JsonValues.MalformedJson neverSealedLikeThis) {
      throw SecretCipher.invalid(path).asException();
    } finally {
      Arrays.fill(whole, (byte) 0);
    }
  }

  /** {@return whether there is a secret in the value, so that it mustn't be stored as it is} */
  static boolean hasSecret(Object value) {
    if (value instanceof List<?> list) {
      return list.stream().anyMatch(SealedValue::hasSecret);
    }
    if (value instanceof Map<?, ?> map) {
      return map.values().stream().anyMatch(SealedValue::hasSecret);
    }
    return value instanceof Secret;
  }

  /** Refuses text that can't be stored as it is. */
  static void check(String path, Object value) {
    if (!Texts.wellFormed(path) || !wellFormed(value)) {
      throw Failure.of(
              StandardErrorCode.INVALID_CONFIGURATION,
              "The field " + Texts.shown(path) + " has a character that can't be stored.")
          .withRemedy("Enter the value again; it was cut off within a character.")
          .withFieldPaths(List.of(path))
          .asException();
    }
  }

  private static boolean wellFormed(Object value) {
    if (value instanceof List<?> list) {
      return list.stream().allMatch(SealedValue::wellFormed);
    }
    if (value instanceof Map<?, ?> map) {
      return map.entrySet().stream()
          .allMatch(entry -> wellFormed(entry.getKey()) && wellFormed(entry.getValue()));
    }
    if (value instanceof Secret secret) {
      return secret.use(Texts::wellFormed);
    }
    return !(value instanceof String text) || Texts.wellFormed(text);
  }
}
