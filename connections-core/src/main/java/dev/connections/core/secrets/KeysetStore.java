package dev.connections.core.secrets;

import java.util.Optional;

/**
 * The one place of a store in which its encrypted keyset lies. What lies there is useless without
 * the key of a {@link KeySource}.
 *
 * <p>Implementations are safe for any thread, and for any process that uses the same store.
 */
public interface KeysetStore {
  /** {@return the encrypted keyset, or empty if none was stored yet} */
  Optional<String> load();

  /**
   * Stores an encrypted keyset, unless somebody else stored one in the meantime: compare and set in
   * one step.
   *
   * @param expected what {@link #load} gave back
   * @param replacement what to store; text of a few kilobytes
   * @return whether it was stored
   */
  boolean replace(Optional<String> expected, String replacement);

  /** {@return a place that lasts as long as the object} */
  static KeysetStore inMemory() {
    return new InMemoryKeyset();
  }
}
