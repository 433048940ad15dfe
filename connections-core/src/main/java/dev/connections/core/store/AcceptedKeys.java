package dev.connections.core.store;

import dev.connections.core.secrets.KeysetStore;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Supplier;

/**
 * The keyset of a store in memory, and which keys its rows may be encrypted with. Of a row that is
 * written and a key that is retired at once, one waits for the other.
 */
final class AcceptedKeys implements KeysetStore {
  private final Supplier<Set<Long>> inUse;
  private Optional<String> held = Optional.empty();
  private Set<Long> accepted = Set.of();

  AcceptedKeys(Supplier<Set<Long>> inUse) {
    this.inUse = inUse;
  }

  @Override
  public synchronized Optional<String> load() {
    return held;
  }

  @Override
  public synchronized boolean replace(
      Optional<String> expected, String replacement, Set<Long> keys) {
    if (!held.equals(expected)) {
      return false;
    }
    if (!keys.containsAll(inUse.get())) {
      throw StoreFailures.keyInUse();
    }
    held = Optional.of(replacement);
    accepted = Set.copyOf(keys);
    return true;
  }

  /** Writes a row, unless the key it is encrypted with was retired. */
  synchronized void whileAccepted(OptionalLong key, Runnable write) {
    if (key.isPresent() && !accepted.contains(key.getAsLong())) {
      throw StoreFailures.keyRetired();
    }
    write.run();
  }
}
