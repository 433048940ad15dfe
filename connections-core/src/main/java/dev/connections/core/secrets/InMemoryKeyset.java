package dev.connections.core.secrets;

import java.util.Optional;

/** An encrypted keyset that lasts as long as the process. */
final class InMemoryKeyset implements KeysetStore {
  private Optional<String> held = Optional.empty();

  @Override
  public synchronized Optional<String> load() {
    return held;
  }

  @Override
  public synchronized boolean replace(Optional<String> expected, String replacement) {
    if (!held.equals(expected)) {
      return false;
    }
    held = Optional.of(replacement);
    return true;
  }
}
