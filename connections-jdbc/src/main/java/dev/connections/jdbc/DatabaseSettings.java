package dev.connections.jdbc;

import dev.connections.api.ErrorCode;
import dev.connections.api.Field;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * What the toolkit must know of a configuration. Holds no secret; immutable.
 *
 * @param displayName what the user calls the source, for example {@code SQL Server}
 * @param host as the user entered it
 * @param port which port is dialled
 * @param connectTimeout how long connecting may take
 * @param callTimeout how long one round trip may take
 * @param poolSize how many connections there are at most
 * @param idleTimeout after how long an unused connection is closed
 * @param errors what SQLStates and vendor numbers mean
 * @param fields which fields to look at for a code; for others none are named
 */
public record DatabaseSettings(
    String displayName,
    String host,
    int port,
    Duration connectTimeout,
    Duration callTimeout,
    int poolSize,
    Duration idleTimeout,
    ErrorTable errors,
    Map<String, List<Field<?>>> fields) {

  /**
   * Keeps immutable copies.
   *
   * @param displayName what the user calls the source
   * @param host as the user entered it
   * @param port which port is dialled
   * @param connectTimeout how long connecting may take
   * @param callTimeout how long one round trip may take
   * @param poolSize how many connections there are at most
   * @param idleTimeout after how long an unused connection is closed
   * @param errors what SQLStates and vendor numbers mean
   * @param fields which fields to look at, by the id of a code
   */
  public DatabaseSettings {
    Objects.requireNonNull(displayName, "displayName");
    Objects.requireNonNull(host, "host");
    Objects.requireNonNull(connectTimeout, "connectTimeout");
    Objects.requireNonNull(callTimeout, "callTimeout");
    Objects.requireNonNull(idleTimeout, "idleTimeout");
    Objects.requireNonNull(errors, "errors");
    fields = Map.copyOf(fields);
  }

  /** {@return a copy for another port} */
  DatabaseSettings at(int other) {
    return new DatabaseSettings(
        displayName,
        host,
        other,
        connectTimeout,
        callTimeout,
        poolSize,
        idleTimeout,
        errors,
        fields);
  }

  /**
   * {@return a copy that names fields for some codes}
   *
   * @param codes the codes
   * @param paths the fields to look at, the likeliest first
   */
  public DatabaseSettings naming(List<? extends ErrorCode> codes, Field<?>... paths) {
    Map<String, List<Field<?>>> more = new HashMap<>(fields);
    codes.forEach(code -> more.put(code.id(), List.of(paths)));
    return new DatabaseSettings(
        displayName, host, port, connectTimeout, callTimeout, poolSize, idleTimeout, errors, more);
  }
}
