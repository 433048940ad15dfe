package dev.connections.core.secrets;

import java.util.Optional;
import java.util.Set;

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
   * one step. In the same step it takes note of the keys it has. A store of connections takes no
   * row from then on that is encrypted with another key, and gives up none that a row is still
   * encrypted with: so a process that hasn't heard of a rotation can't write what nobody could
   * read.
   *
   * @param expected what {@link #load} gave back
   * @param replacement what to store; text of a few kilobytes
   * @param keys the numbers of its keys
   * @return whether it was stored
   * @throws dev.connections.api.ConnectionException with {@link SecretErrorCode#KEY_IN_USE} if a
   *     row is encrypted with a key that isn't among them; then nothing is stored
   */
  boolean replace(Optional<String> expected, String replacement, Set<Long> keys);

  /** {@return a place that lasts as long as the object} */
  static KeysetStore inMemory() {
    return new InMemoryKeyset();
  }
}
