package dev.connections.core.internal.cache;

/**
 * The only kind of key the cache has: nothing can be kept without its tenant.
 *
 * @param account the tenant
 * @param connection the connection's id
 * @param configurationVersion the version of its configuration
 * @param metadataVersion the version of its metadata: what was read before it grew isn't found
 * @param object what of the source
 * @param <T> what is kept of it
 */
public record TenantKey<T>(
    String account,
    String connection,
    long configurationVersion,
    long metadataVersion,
    CacheObject<T> object) {
  boolean isListingOf(String otherAccount, String otherConnection) {
    return !(object instanceof CacheObject.Table) && isOf(otherAccount, otherConnection);
  }

  boolean isOf(String otherAccount, String otherConnection) {
    return connection.equals(otherConnection) && account.equals(otherAccount);
  }
}
