package dev.connections.core.secrets;

import dev.connections.api.Secret;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/** Secrets that come as bytes. What isn't text would be changed by being read as such. */
final class SecretText {
  private SecretText() {}

  /** The secret; empty if the bytes aren't UTF-8. The bytes remain the caller's. */
  static Optional<Secret> of(byte[] utf8, int length) {
    CharBuffer decoded;
    try {
      decoded = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(utf8, 0, length));
    } catch (CharacterCodingException binary) {
      return Optional.empty();
    }
    char[] text = new char[decoded.remaining()];
    decoded.get(text);
    try {
      return Optional.of(Secret.of(text));
    } finally {
      Arrays.fill(text, '\0');
      Arrays.fill(decoded.array(), '\0');
    }
  }
}
