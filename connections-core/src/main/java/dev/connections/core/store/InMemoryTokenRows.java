package dev.connections.core.store;

import dev.connections.api.StandardFailures;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;

/** Tokens in memory. Those of a connection that is gone are gone. */
final class InMemoryTokenRows implements TokenRows {
  private record Key(String account, String connection) {}

  private record Lease(String holder, long until) {
    static final Lease NONE = new Lease("", 0);

    boolean isFreeFor(String other) {
      return holder.isEmpty() || holder.equals(other) || System.nanoTime() - until >= 0;
    }
  }

  private record Kept(TokenRow row, Lease lease) {}

  private final Map<String, AccountRows> accounts;
  private final AcceptedKeys keys;
  private final Map<Key, Kept> kept = new HashMap<>();

  InMemoryTokenRows(Map<String, AccountRows> accounts, AcceptedKeys keys) {
    this.accounts = accounts;
    this.keys = keys;
  }

  private boolean exists(Key key) {
    AccountRows rows = accounts.get(key.account);
    return rows != null && rows.find(key.connection) != null;
  }

  @Override
  public synchronized Optional<TokenRow> find(String account, String connection) {
    Key key = new Key(account, connection);
    return Optional.ofNullable(kept.get(key)).filter(there -> exists(key)).map(Kept::row);
  }

  @Override
  public synchronized boolean lease(
      String account,
      String connection,
      long configurationVersion,
      String holder,
      Duration length) {
    Key key = new Key(account, connection);
    if (!exists(key)) {
      throw StandardFailures.notFound("connection", connection).asException();
    }
    kept.keySet().removeIf(other -> !exists(other));
    Kept present =
        kept.computeIfAbsent(
            key,
            first ->
                new Kept(
                    new TokenRow(
                        account, connection, configurationVersion, "", OptionalLong.empty(), 0),
                    Lease.NONE));
    if (!present.lease.isFreeFor(holder)) {
      return false;
    }
    kept.put(key, new Kept(present.row, new Lease(holder, System.nanoTime() + length.toNanos())));
    return true;
  }

  @Override
  public synchronized void release(String account, String connection, String holder) {
    kept.computeIfPresent(
        new Key(account, connection),
        (key, present) ->
            present.lease.holder.equals(holder) ? new Kept(present.row, Lease.NONE) : present);
  }

  @Override
  public boolean replace(TokenRow tokens) {
    boolean[] replaced = {false};
    keys.whileAccepted(tokens.keyId(), () -> replaced[0] = replaceAccepted(tokens));
    return replaced[0];
  }

  private synchronized boolean replaceAccepted(TokenRow tokens) {
    Key key = new Key(tokens.account(), tokens.connection());
    Kept present = kept.get(key);
    if (present == null
        || !exists(key)
        || present.row.version() != tokens.version()
        || present.row.configurationVersion() > tokens.configurationVersion()) {
      return false;
    }
    TokenRow next =
        new TokenRow(
            tokens.account(),
            tokens.connection(),
            tokens.configurationVersion(),
            tokens.text(),
            tokens.keyId(),
            tokens.version() + 1);
    kept.put(key, new Kept(next, present.lease));
    return true;
  }

  /** {@return the rows that have tokens} */
  synchronized Stream<TokenRow> all() {
    return kept.entrySet().stream()
        .filter(entry -> exists(entry.getKey()))
        .map(entry -> entry.getValue().row())
        .filter(row -> row.keyId().isPresent())
        .toList()
        .stream();
  }

  /** Encrypts anew what is as it was read; the tokens are the same, so their version stays. */
  boolean reencrypt(SealedRow.Change change) {
    boolean[] replaced = {false};
    keys.whileAccepted(
        OptionalLong.of(change.keyId()), () -> replaced[0] = reencryptAccepted(change));
    return replaced[0];
  }

  private synchronized boolean reencryptAccepted(SealedRow.Change change) {
    Key key = new Key(change.before().account(), change.before().connection());
    Kept present = kept.get(key);
    if (present == null || !present.row.text().equals(change.before().text())) {
      return false;
    }
    TokenRow next =
        new TokenRow(
            key.account,
            key.connection,
            present.row.configurationVersion(),
            change.text(),
            OptionalLong.of(change.keyId()),
            present.row.version());
    kept.put(key, new Kept(next, present.lease));
    return true;
  }
}
