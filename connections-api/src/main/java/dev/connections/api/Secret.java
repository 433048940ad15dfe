package dev.connections.api;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.function.Function;

/**
 * A password, token or key. It shows itself to nobody but the code block given to {@link #use}; its
 * {@code toString} says nothing, and it isn't serialisable.
 *
 * <p>Immutable and safe for any thread. {@code equals} takes the same time for every pair of
 * secrets of one length. There is no way to wipe a secret from memory for certain in Java; holding
 * it for a short time is what helps, so a secret is decrypted only when an adapter is opened.
 */
public final class Secret {
  /** What stands in the place of a secret that is set, in everything that is shown. */
  public static final String MASK = "******";

  private final char[] value;

  private Secret(char[] value) {
    this.value = value;
  }

  /**
   * {@return a secret}
   *
   * @param value the characters; they are copied, so the caller may overwrite the array afterwards
   */
  public static Secret of(char[] value) {
    return new Secret(value.clone());
  }

  /**
   * {@return a secret} Prefer {@link #of(char[])}: a string can't be overwritten.
   *
   * @param value the characters
   */
  public static Secret of(String value) {
    return new Secret(value.toCharArray());
  }

  /**
   * {@return a secret from its UTF-8 form}
   *
   * @param utf8 the bytes; malformed sequences are replaced
   */
  public static Secret ofUtf8(byte[] utf8) {
    CharBuffer decoded = StandardCharsets.UTF_8.decode(ByteBuffer.wrap(utf8));
    char[] exact = new char[decoded.remaining()];
    decoded.get(exact).rewind();
    while (decoded.hasRemaining()) {
      decoded.put('\0');
    }
    return new Secret(exact);
  }

  /**
   * Hands the characters to a block of code and wipes the copy afterwards.
   *
   * @param body what needs the characters; it must not keep the array
   * @param <T> what the block gives back; not the secret itself
   * @return what the block gave back
   */
  public <T> T use(Function<char[], T> body) {
    char[] copy = value.clone();
    try {
      return body.apply(copy);
    } finally {
      Arrays.fill(copy, '\0');
    }
  }

  /**
   * Hands the UTF-8 form to a block of code and wipes the copy afterwards.
   *
   * @param body what needs the bytes; it must not keep the array
   * @param <T> what the block gives back; not the secret itself
   * @return what the block gave back
   */
  public <T> T useUtf8(Function<byte[], T> body) {
    byte[] bytes = utf8();
    try {
      return body.apply(bytes);
    } finally {
      Arrays.fill(bytes, (byte) 0);
    }
  }

  /** {@return whether the secret has no characters} */
  public boolean isEmpty() {
    return value.length == 0;
  }

  private byte[] utf8() {
    ByteBuffer encoded = StandardCharsets.UTF_8.encode(CharBuffer.wrap(value));
    byte[] exact = new byte[encoded.remaining()];
    encoded.get(exact).rewind();
    while (encoded.hasRemaining()) {
      encoded.put((byte) 0);
    }
    return exact;
  }

  @Override
  public boolean equals(Object other) {
    if (!(other instanceof Secret secret)) {
      return false;
    }
    byte[] mine = utf8();
    byte[] theirs = secret.utf8();
    try {
      return MessageDigest.isEqual(mine, theirs);
    } finally {
      Arrays.fill(mine, (byte) 0);
      Arrays.fill(theirs, (byte) 0);
    }
  }

  /** {@return the same number for every secret: a hash would tell something of the value} */
  @Override
  public int hashCode() {
    return Secret.class.hashCode();
  }

  /** {@return {@value #MASK}, whatever the secret is} */
  @Override
  public String toString() {
    return MASK;
  }
}
