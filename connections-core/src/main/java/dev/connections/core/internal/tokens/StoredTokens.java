package dev.connections.core.internal.tokens;

import dev.connections.api.Secret;
import dev.connections.api.TokenStore.Token;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * What is kept of a connection's tokens.
 *
 * @param token the access token, if there was one
 * @param obtainedAt when it came
 * @param refreshToken what the next one is asked for with, if there is such
 * @param pending a consent that was begun and not completed
 */
public record StoredTokens(
    Optional<Token> token,
    Instant obtainedAt,
    Optional<Secret> refreshToken,
    Optional<PendingConsent> pending) {
  /** No tokens. */
  public static final StoredTokens NONE =
      new StoredTokens(Optional.empty(), Instant.EPOCH, Optional.empty(), Optional.empty());

  /**
   * Checks that no part is null.
   *
   * @param token the access token
   * @param obtainedAt when it came
   * @param refreshToken what the next one is asked for with
   * @param pending a consent that was begun
   */
  public StoredTokens {
    Objects.requireNonNull(token, "token");
    Objects.requireNonNull(obtainedAt, "obtainedAt");
    Objects.requireNonNull(refreshToken, "refreshToken");
    Objects.requireNonNull(pending, "pending");
  }

  /**
   * {@return what there is before the first sign-in: a refresh token from the configuration}
   *
   * @param refreshToken from the configuration
   */
  public static StoredTokens seededWith(Secret refreshToken) {
    return NONE.withRefreshToken(Optional.of(refreshToken));
  }

  private StoredTokens withRefreshToken(Optional<Secret> other) {
    return new StoredTokens(token, obtainedAt, other, pending);
  }

  /**
   * {@return the same tokens beside another consent}
   *
   * @param other a consent that was begun, or none
   */
  public StoredTokens withPending(Optional<PendingConsent> other) {
    return new StoredTokens(token, obtainedAt, refreshToken, other);
  }
}
