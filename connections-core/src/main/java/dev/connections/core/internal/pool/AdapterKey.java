package dev.connections.core.internal.pool;

/**
 * Which adapter.
 *
 * @param account the tenant
 * @param connection the connection's id
 * @param configurationVersion the version of its configuration
 */
public record AdapterKey(String account, String connection, long configurationVersion) {
  boolean sameConnection(AdapterKey other) {
    return account.equals(other.account) && connection.equals(other.connection);
  }

  boolean isReplacedBy(AdapterKey newer) {
    return sameConnection(newer) && configurationVersion < newer.configurationVersion;
  }
}
