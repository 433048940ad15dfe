package dev.connections.core.internal.sealing;

import dev.connections.api.ConnectionException;
import dev.connections.core.secrets.KeySource;
import dev.connections.core.secrets.KeysetStore;
import dev.connections.core.secrets.SecretErrorCode;
import dev.connections.core.secrets.SecretKey;
import dev.connections.core.store.StoreFailures;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;

/**
 * The stored keys, looked at and changed. Each change is compare and set: of two processes that
 * change them at once, one does it again on what the other made.
 *
 * <p>A new key comes last in the keyset and opens before it seals. So the keys after the primary
 * one wait for their turn, those before it have had theirs, and nothing else has to be remembered
 * of a rotation. Safe for any thread.
 */
public final class StoreKeys {
  private static final int MOST_ATTEMPTS = 5;

  private final KeySource source;
  private final KeysetStore store;
  private final SecretCipher cipher;

  /**
   * Looks after the keys of a store.
   *
   * @param source opens and wraps the stored keyset
   * @param store where the keyset lies
   * @param cipher is told of each change
   */
  public StoreKeys(KeySource source, KeysetStore store, SecretCipher cipher) {
    this.source = source;
    this.store = store;
    this.cipher = cipher;
  }

  /** How a change comes into the store: together with what else belongs to it. */
  @FunctionalInterface
  public interface Commit {
    /**
     * {@return what the replacement gave}
     *
     * @param what what was changed, for the audit log; no key
     * @param replacement replaces the keyset; false if another process has changed it meanwhile
     */
    boolean run(String what, BooleanSupplier replacement);
  }

  /**
   * {@return the keys, the oldest first}
   *
   * @param rows how many rows are encrypted with each
   */
  public List<SecretKey> keys(Map<Long, Long> rows) {
    cipher.refresh();
    Keyring ring = cipher.ring();
    List<SecretKey> keys = new ArrayList<>();
    boolean after = false;
    for (long id : ring.ids()) {
      boolean present = id == ring.primary();
      SecretKey.State state =
          present ? SecretKey.State.PRESENT : after ? SecretKey.State.NEXT : SecretKey.State.FORMER;
      after |= present;
      keys.add(new SecretKey(id, state, rows.getOrDefault(id, 0L)));
    }
    return keys;
  }

  /**
   * Adds a key that opens and doesn't seal yet, unless there is one already.
   *
   * @param commit takes the change
   */
  public void add(Commit commit) {
    change(
        commit,
        keyset ->
            newest(keyset) == keyset.primary()
                ? Optional.of(Change.to("add", keyset.withNext(source)))
                : Optional.empty());
  }

  /**
   * Makes the newest key the one that seals, unless it is.
   *
   * @param commit takes the change
   */
  public void promote(Commit commit) {
    change(
        commit,
        keyset ->
            newest(keyset) == keyset.primary()
                ? Optional.empty()
                : Optional.of(Change.to("seal with", keyset.withNewestPrimary(source))));
  }

  /**
   * Takes a former key away.
   *
   * @param id its number; nothing happens if it isn't a former key
   * @param commit takes the change
   * @throws ConnectionException with {@link SecretErrorCode#KEY_IN_USE} if a row is encrypted with
   *     it
   */
  public void retire(long id, Commit commit) {
    change(
        commit,
        keyset ->
            former(keyset).contains(id)
                ? Optional.of(new Change("retire key " + id, keyset.without(source, id)))
                : Optional.empty());
  }

  /**
   * Wraps the keys anew, with what the source wraps with at present.
   *
   * @param commit takes the change
   */
  public void rewrap(Commit commit) {
    change(
        commit, keyset -> Optional.of(new Change("wrap the keys anew", keyset.wrappedBy(source))));
  }

  private record Change(String what, Keyset keyset) {
    static Change to(String what, Keyset after) {
      return new Change(what + " key " + newest(after), after);
    }
  }

  private void change(Commit commit, UnaryChange next) {
    for (int attempt = 0; attempt < MOST_ATTEMPTS; attempt++) {
      Keyset before = Keyset.open(source, store);
      Optional<Change> change = next.after(before);
      if (change.isEmpty() || committed(commit, before, change.get())) {
        cipher.refresh();
        return;
      }
    }
    throw StoreFailures.staleVersion();
  }

  private boolean committed(Commit commit, Keyset before, Change change) {
    Keyset after = change.keyset;
    return commit.run(
        change.what,
        () -> store.replace(Optional.of(before.stored()), after.stored(), after.ids()));
  }

  private interface UnaryChange {
    Optional<Change> after(Keyset before);
  }

  private static long newest(Keyset keyset) {
    return keyset.ids().stream().reduce((earlier, later) -> later).orElseThrow();
  }

  private static Set<Long> former(Keyset keyset) {
    Set<Long> former = new LinkedHashSet<>();
    for (long id : keyset.ids()) {
      if (id == keyset.primary()) {
        break;
      }
      former.add(id);
    }
    return former;
  }
}
