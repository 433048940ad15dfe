package dev.connections.http;

import dev.connections.api.Secret;
import java.util.Optional;

/** By what right a token is asked for (RFC 6749, RFC 7523). */
public sealed interface Grant {
  /** The application's own right. */
  record ClientCredentials() implements Grant {}

  /**
   * The right that a person gave once.
   *
   * @param first the refresh token of the configuration; a newer one in the store comes first
   */
  record RefreshToken(Optional<Secret> first) implements Grant {}

  /**
   * The right that a person gives in a browser, by {@link OAuth#consent}. Until then, and when it
   * has ended, tokens can't be asked for: {@link
   * dev.connections.api.StandardErrorCode#CONSENT_NEEDED}.
   */
  record Consent() implements Grant {}

  /**
   * A person's user name and password. Once the service gave a refresh token, that is used first.
   *
   * @param user the user name
   * @param password the password
   */
  record Password(String user, Secret password) implements Grant {}

  /**
   * A statement signed with our key.
   *
   * @param assertion what is stated
   */
  record JwtBearer(JwtAssertion assertion) implements Grant {}
}
