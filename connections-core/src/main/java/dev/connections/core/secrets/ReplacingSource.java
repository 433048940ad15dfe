package dev.connections.core.secrets;

import dev.connections.api.ConnectionException;

/** A source that takes over what another one has wrapped. */
record ReplacingSource(KeySource present, KeySource former) implements KeySource {
  @Override
  public byte[] wrap(byte[] keyset, byte[] context) {
    return present.wrap(keyset, context);
  }

  @Override
  public byte[] unwrap(byte[] wrapped, byte[] context) {
    try {
      return present.unwrap(wrapped, context);
    } catch (ConnectionException notYet) {
      try {
        return former.unwrap(wrapped, context);
      } catch (ConnectionException neither) {
        notYet.addSuppressed(neither);
        throw notYet; // what the present one says is what will have to be put right
      }
    }
  }
}
