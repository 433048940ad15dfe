package dev.connections.core.secrets;

import dev.connections.api.Failure;

/** A key that the host handed over. */
final class GivenKey implements KeySource {
  private final KeyEncryptionKey key;

  GivenKey(byte[] key) {
    if (key.length != KeyEncryptionKey.BYTES) {
      throw new IllegalArgumentException("a key has " + KeyEncryptionKey.BYTES + " bytes");
    }
    this.key = KeyEncryptionKey.of(key);
  }

  @Override
  public byte[] wrap(byte[] keyset, byte[] context) {
    return key.encrypt(keyset, context);
  }

  @Override
  public byte[] unwrap(byte[] wrapped, byte[] context) {
    return key.decrypt(
        wrapped,
        context,
        Failure.of(
                SecretErrorCode.KEY_REFUSED, "The given key doesn't open the store's stored keys.")
            .withRemedy(
                "Give the key with which the store was made. An ephemeral key never opens a store"
                    + " of an earlier process."));
  }

  /** {@return what it is; never the key} */
  @Override
  public String toString() {
    return "KeySource[given key]";
  }
}
