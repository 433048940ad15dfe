package dev.connections.core.secrets;

import java.util.List;

/**
 * The keys of a store at one moment, and how much is encrypted with each.
 *
 * @param keys the oldest first; one of them is {@link SecretKey.State#PRESENT}
 */
public record KeyStatus(List<SecretKey> keys) {
  /**
   * Keeps an immutable copy.
   *
   * @param keys the oldest first
   */
  public KeyStatus {
    keys = List.copyOf(keys);
  }

  /** {@return the key that encrypts what is written} */
  public SecretKey present() {
    return keys.stream()
        .filter(key -> key.state() == SecretKey.State.PRESENT)
        .findFirst()
        .orElseThrow();
  }

  /** {@return how many rows are encrypted with the present key} */
  public long onPresent() {
    return present().rows();
  }

  /** {@return how many rows are encrypted at all} */
  public long total() {
    return keys.stream().mapToLong(SecretKey::rows).sum();
  }

  /** {@return whether nothing is encrypted with another key than the present one} */
  public boolean rotated() {
    return onPresent() == total();
  }

  /** {@return how far a rotation has come, as a phrase} */
  @Override
  public String toString() {
    return onPresent() + " of " + total() + " on the key " + present().id();
  }
}
