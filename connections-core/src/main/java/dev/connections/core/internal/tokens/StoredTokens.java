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
 */
public record StoredTokens(
    Optional<Token> token, Instant obtainedAt, Optional<Secret> refreshToken) {
  /** No tokens. */
  public static final StoredTokens NONE =
      new StoredTokens(Optional.empty(), Instant.EPOCH, Optional.empty());

  /**
   * Checks that no part is null.
   *
   * @param token the access token
   * @param obtainedAt when it came
   * @param refreshToken what the next one is asked for with
   */
  public StoredTokens {
    Objects.requireNonNull(token, "token");
    Objects.requireNonNull(obtainedAt, "obtainedAt");
    Objects.requireNonNull(refreshToken, "refreshToken");
  }

  /**
   * {@return what there is before the first sign-in: a refresh token from the configuration}
   *
   * @param refreshToken from the configuration
   */
  public static StoredTokens seededWith(Secret refreshToken) {
    return new StoredTokens(Optional.empty(), Instant.EPOCH, Optional.of(refreshToken));
  }
}
