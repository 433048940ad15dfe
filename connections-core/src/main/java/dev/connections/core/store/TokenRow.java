package dev.connections.core.store;

import java.util.Objects;
import java.util.OptionalLong;

/**
 * The tokens of one connection as a store keeps them, encrypted. A store never looks into them.
 *
 * @param account the tenant
 * @param connection the connection's id
 * @param configurationVersion the connection's configuration for which they were granted, or a
 *     later one that signs in likewise
 * @param text encrypted; empty text while the row only says who is asking for the first ones
 * @param keyId the number of the key that they are encrypted with; empty while there are none
 * @param version grows with each write of tokens; 0 while there are none
 */
public record TokenRow(
    String account,
    String connection,
    long configurationVersion,
    String text,
    OptionalLong keyId,
    long version) {
  /**
   * Checks that no part is null.
   *
   * @param account the tenant
   * @param connection the connection's id
   * @param configurationVersion the connection's configuration
   * @param text encrypted
   * @param keyId the number of the key
   * @param version grows with each write
   */
  public TokenRow {
    Objects.requireNonNull(account, "account");
    Objects.requireNonNull(connection, "connection");
    Objects.requireNonNull(text, "text");
    Objects.requireNonNull(keyId, "keyId");
  }

  /** {@return where it is; not what} */
  @Override
  public String toString() {
    return "TokenRow[of " + connection + ", version " + version + "]";
  }
}
