package dev.connections.api;

import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * The access token of a connection and the refresh token behind it. A source that hands out a new
 * refresh token with each use is asked by one caller at a time, and what it gave is stored before
 * anybody uses it.
 *
 * <p>Safe for any thread. Never called from within a remote call.
 */
public interface TokenStore {
  /**
   * {@return a token that is still good, from the store or from the source}
   *
   * @param operation deadline and cancellation
   * @param source asked if there is none in the store
   * @throws ConnectionException what the source threw
   */
  Token current(Operation operation, Source source);

  /**
   * {@return the token that follows one the service refused: the stored one if another caller has
   * already replaced it, else a new one}
   *
   * @param refused the token that the service didn't accept
   * @param operation deadline and cancellation
   * @param source asked if the stored token is the refused one
   * @throws ConnectionException what the source threw
   */
  Token replace(Token refused, Operation operation, Source source);

  /** Asks the service for a token. */
  @FunctionalInterface
  interface Source {
    /**
     * {@return what the service granted}
     *
     * @param refreshToken the stored refresh token, if there is one
     * @param operation deadline and cancellation
     * @throws ConnectionException if the service refuses or can't be reached
     */
    Granted obtain(Optional<Secret> refreshToken, Operation operation);
  }

  /**
   * An access token.
   *
   * @param access the token itself
   * @param expiresAt when it stops being good, if the service said so
   * @param endpoint the address the service told to use with it, if it told one
   */
  record Token(Secret access, Optional<Instant> expiresAt, Optional<String> endpoint) {
    /**
     * Checks that no part is null.
     *
     * @param access the token itself
     * @param expiresAt when it stops being good
     * @param endpoint the address to use with it
     */
    public Token {
      Objects.requireNonNull(access, "access");
      Objects.requireNonNull(expiresAt, "expiresAt");
      Objects.requireNonNull(endpoint, "endpoint");
    }
  }

  /**
   * What a service granted.
   *
   * @param token the access token
   * @param refreshToken the refresh token to use next time, if the service gave a new one
   */
  record Granted(Token token, Optional<Secret> refreshToken) {}
}
