package dev.connections.databricks.internal;

import dev.connections.api.Operation;
import dev.connections.api.Secret;
import dev.connections.api.TokenStore;
import java.util.Optional;

/** The tokens that the driver is handed: it gets none itself. Safe for any thread. */
interface AccessTokens {
  /**
   * A token.
   *
   * @param access the token itself
   * @param granted as it was granted; empty for one that never changes
   */
  record Held(Secret access, Optional<TokenStore.Token> granted) {}

  /**
   * {@return a token that is good now}
   *
   * @throws dev.connections.api.ConnectionException if none can be got
   */
  Held current(Operation operation);

  /** {@return what follows a token that was refused; empty if there is nothing else to try} */
  Optional<Held> renewed(Held refused, Operation operation);

  /** {@return a token that a person made} */
  static AccessTokens unchanging(Secret token) {
    Held only = new Held(token, Optional.empty());
    return new AccessTokens() {
      @Override
      public Held current(Operation operation) {
        return only;
      }

      @Override
      public Optional<Held> renewed(Held refused, Operation operation) {
        return Optional.empty();
      }
    };
  }

  /** {@return the tokens of a store, which asks a source for them} */
  static AccessTokens granted(TokenStore store, TokenStore.Source source) {
    return new AccessTokens() {
      @Override
      public Held current(Operation operation) {
        return held(store.current(operation, source));
      }

      @Override
      public Optional<Held> renewed(Held refused, Operation operation) {
        return refused.granted().map(token -> held(store.replace(token, operation, source)));
      }

      private Held held(TokenStore.Token token) {
        return new Held(token.access(), Optional.of(token));
      }
    };
  }
}
