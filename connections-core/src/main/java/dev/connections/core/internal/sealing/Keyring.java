package dev.connections.core.internal.sealing;

import com.google.crypto.tink.Aead;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The keys as a process has them in memory.
 *
 * @param stored the stored keyset they were read from
 * @param ids the numbers of its keys, the oldest first
 * @param primary the number of the key that seals
 * @param sealing seals with it
 * @param opening opens, by the number of the key
 */
record Keyring(String stored, List<Long> ids, long primary, Aead sealing, Map<Long, Aead> opening) {
  static Keyring of(Keyset keyset) {
    return following(Map.of(), keyset);
  }

  /**
   * Later keys. What these open the later ones open too: a row that was read before its key was
   * retired may be opened after it.
   */
  Keyring followedBy(Keyset later) {
    return following(opening, later);
  }

  // Made once: looking the primitive up again for each call doesn't scale over threads.
  private static Keyring following(Map<Long, Aead> earlier, Keyset keyset) {
    Aead aead = keyset.aead();
    Map<Long, Aead> opening = new HashMap<>(earlier);
    keyset.ids().forEach(id -> opening.put(id, aead));
    return new Keyring(
        keyset.stored(), List.copyOf(keyset.ids()), keyset.primary(), aead, Map.copyOf(opening));
  }

  Optional<Aead> key(long id) {
    return Optional.ofNullable(opening.get(id));
  }
}
