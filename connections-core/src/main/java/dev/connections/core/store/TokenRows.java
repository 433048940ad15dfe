package dev.connections.core.store;

import java.time.Duration;
import java.util.Optional;

/**
 * The rows of a store in which the tokens of connections lie, one for each connection that has any.
 * A row goes with its connection.
 *
 * <p>A source that hands out a new refresh token with each use must be asked by one process at a
 * time: that is what the lease is for. It ends by itself, so that a process which died holds nobody
 * up; by whose clock is the store's matter, and it is the same for all processes. What keeps tokens
 * from being lost isn't the lease, but that a row is replaced only by who has seen it.
 *
 * <p>Safe for any thread.
 */
public interface TokenRows {
  /**
   * {@return the tokens of a connection, if there are any or somebody asks for them}
   *
   * @param account the tenant
   * @param connection the connection's id
   */
  Optional<TokenRow> find(String account, String connection);

  /**
   * Takes the lease, or makes the one that the holder has longer.
   *
   * @param account the tenant
   * @param connection the connection's id
   * @param configurationVersion of the configuration that the holder knows
   * @param holder a name that nobody else has
   * @param length for how long from now on; positive
   * @return whether the holder has it; else another one has
   * @throws dev.connections.api.ConnectionException with {@link
   *     dev.connections.api.StandardErrorCode#NOT_FOUND} if there is no such connection
   */
  boolean lease(
      String account, String connection, long configurationVersion, String holder, Duration length);

  /**
   * Gives the lease back. Does nothing if another one has it.
   *
   * @param account the tenant
   * @param connection the connection's id
   * @param holder who had it
   */
  void release(String account, String connection, String holder);

  /**
   * Keeps other tokens, if nobody else did since they were read, and unless the row belongs to a
   * later configuration than the new tokens do. They are safe when this returns.
   *
   * @param tokens the tokens, with the version that was read: it grows by 1
   * @return whether they are kept
   * @throws dev.connections.api.ConnectionException with {@link
   *     dev.connections.core.secrets.SecretErrorCode#KEY_RETIRED} if their key isn't one of the
   *     store's any more
   */
  boolean replace(TokenRow tokens);
}
