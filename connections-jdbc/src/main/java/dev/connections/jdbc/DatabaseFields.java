package dev.connections.jdbc;

import dev.connections.api.Configuration;
import dev.connections.api.Field;
import dev.connections.api.Secret;
import dev.connections.api.StandardErrorCode;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * The fields that every connection to a database has, as an adapter has them. Immutable.
 *
 * @param host name or address of the server
 * @param port where it listens
 * @param database which database is read
 * @param authentication how the server is told who we are
 * @param user who we are
 * @param password what proves it
 * @param connectTimeout how long connecting may take
 * @param commandTimeout how long one request may take
 * @param poolSize how many connections there are at most
 * @param idleTimeout after how long an unused connection is closed
 */
public record DatabaseFields(
    Field<String> host,
    Field<Integer> port,
    Field<String> database,
    Field<?> authentication,
    Field<String> user,
    Field<Secret> password,
    Field<Duration> connectTimeout,
    Field<Duration> commandTimeout,
    Field<Integer> poolSize,
    Field<Duration> idleTimeout) {

  /**
   * {@return what the toolkit must know of a configuration} The fields to look at are named for
   * every code that doesn't depend on how a kind of database encrypts.
   *
   * @param displayName what the user calls the source
   * @param configuration the values
   * @param errors what SQLStates and vendor numbers mean
   */
  public DatabaseSettings settings(
      String displayName, Configuration configuration, ErrorTable errors) {
    return new DatabaseSettings(
            displayName,
            configuration.get(host),
            configuration.get(port),
            configuration.get(connectTimeout),
            configuration.get(commandTimeout),
            configuration.get(poolSize),
            configuration.get(idleTimeout),
            errors,
            Map.of())
        .naming(
            List.of(
                StandardErrorCode.UNKNOWN_HOST,
                StandardErrorCode.EGRESS_REFUSED,
                DatabaseErrorCode.READ_ONLY_REPLICA),
            host)
        .naming(
            List.of(
                StandardErrorCode.CONNECTION_REFUSED,
                StandardErrorCode.CONNECT_TIMEOUT,
                StandardErrorCode.CONNECTION_LOST,
                StandardErrorCode.WRONG_PROTOCOL,
                DatabaseErrorCode.STARTING_UP),
            host,
            port)
        .naming(
            List.of(
                StandardErrorCode.WRONG_CREDENTIALS,
                StandardErrorCode.EXPIRED_CREDENTIALS,
                StandardErrorCode.ACCOUNT_LOCKED),
            user,
            password)
        .naming(List.of(StandardErrorCode.METHOD_REFUSED), authentication)
        .naming(List.of(DatabaseErrorCode.UNKNOWN_DATABASE), database)
        .naming(List.of(DatabaseErrorCode.TOO_MANY_CONNECTIONS), poolSize)
        .naming(List.of(StandardErrorCode.PERMISSION_DENIED), user);
  }
}
