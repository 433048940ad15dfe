package dev.connections.core.secrets;

import java.util.Optional;
import java.util.Set;

/** An encrypted keyset that lasts as long as the process. */
final class InMemoryKeyset implements KeysetStore {
  private Optional<String> held = Optional.empty();

  @Override
  public synchronized Optional<String> load() {
    return held;
  }

  /** No rows belong to it, so there are none that a key is kept for. */
  @Override
  public synchronized boolean replace(
      Optional<String> expected, String replacement, Set<Long> keys) {
    if (!held.equals(expected)) {
      return false;
    }
    held = Optional.of(replacement);
    return true;
  }
}
