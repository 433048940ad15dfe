package dev.connections.core.secrets;

import java.util.Objects;

/**
 * One of the keys that a store's secrets are encrypted with: which it is and what it is used for,
 * not the key itself.
 *
 * @param id its number, which stands in each value that it encrypted
 * @param state what it is used for
 * @param rows how many rows of the store are encrypted with it, over all accounts
 */
public record SecretKey(long id, State state, long rows) {
  /** What a key is used for. */
  public enum State {
    /** It decrypts and waits for its turn to encrypt. */
    NEXT,
    /** It encrypts what is written. */
    PRESENT,
    /** It decrypts what it encrypted in its time, until nothing is left of that. */
    FORMER
  }

  /**
   * Checks that no part is null.
   *
   * @param id its number
   * @param state what it is used for
   * @param rows how many rows are encrypted with it
   */
  public SecretKey {
    Objects.requireNonNull(state, "state");
  }
}
