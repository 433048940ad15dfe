package dev.connections.core.internal.tokens;

import dev.connections.api.TokenStore;
import dev.connections.core.internal.calls.CallRuntime;
import dev.connections.core.internal.calls.CallScope;
import java.time.Clock;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Supplier;

/** The tokens of all connections: one single flight for each, over all adapters that it has. */
public final class TokenStores {
  private final CallRuntime runtime;
  private final Clock clock;
  private final ConcurrentMap<Key, TokenStore> stores = new ConcurrentHashMap<>();

  /** Tokens of one configuration are never used with another: it may lead to another server. */
  private record Key(CallScope scope, long configurationVersion) {
    boolean isOlderThan(Key other) {
      return scope.equals(other.scope) && configurationVersion < other.configurationVersion;
    }
  }

  /**
   * Makes it, without tokens.
   *
   * @param runtime threads and deadlines
   * @param clock tells whether a token has expired
   */
  public TokenStores(CallRuntime runtime, Clock clock) {
    this.runtime = runtime;
    this.clock = clock;
  }

  /**
   * {@return the tokens of a connection}
   *
   * @param scope the connection
   * @param configurationVersion of the configuration they were granted for
   * @param place makes the place they are kept in, if this is the first request since the start or
   *     since they were forgotten
   */
  public TokenStore of(CallScope scope, long configurationVersion, Supplier<TokenPlace> place) {
    Key key = new Key(scope, configurationVersion);
    stores.keySet().removeIf(other -> other.isOlderThan(key));
    return stores.computeIfAbsent(key, first -> new ConnectionTokens(runtime, clock, place.get()));
  }

  /**
   * Forgets the tokens of a connection: it was deleted, or signs in otherwise from now on.
   *
   * @param scope the connection
   */
  public void forget(CallScope scope) {
    stores.keySet().removeIf(key -> key.scope.equals(scope));
  }
}
