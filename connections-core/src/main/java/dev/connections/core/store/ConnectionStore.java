package dev.connections.core.store;

import dev.connections.api.Page;
import dev.connections.core.ConnectionFilter;
import dev.connections.core.ListRequest;
import dev.connections.core.TestSummary;
import dev.connections.core.access.Actor;
import dev.connections.core.audit.AuditLog;
import dev.connections.core.secrets.KeysetStore;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Supplier;

/**
 * Where connections are kept. A store keeps rows and the rules between them; who may do what is
 * decided before it is called, but for lists, which it filters by what an actor may see.
 *
 * <p>Every method names the account, and reaches no row of another one. All times are kept to the
 * microsecond at least. Implementations are safe for any thread. A store that fails throws a {@link
 * dev.connections.api.ConnectionException} of the category {@link
 * dev.connections.api.Category#UNAVAILABLE} unless a method says otherwise, without text of its
 * driver.
 *
 * <p>An implementation passes the tests of {@code ConnectionStoreContract} in this module's test
 * jar.
 */
public interface ConnectionStore extends AutoCloseable {

  /**
   * Does some work as a whole: what it writes to this store, and to the {@link #auditLog} that
   * comes from it, is kept together or not at all. Work within work belongs to the outer one.
   *
   * @param account the tenant whose rows the work reaches
   * @param work calls this store, on this thread only; if it throws, nothing is kept
   * @param <T> its result
   * @return what the work gave
   */
  <T> T atomically(String account, Supplier<T> work);

  /**
   * Adds a connection.
   *
   * @param row with an id that the account doesn't have yet
   * @throws dev.connections.api.ConnectionException with {@link
   *     dev.connections.core.CoreErrorCode#NAME_TAKEN} if a connection of the same account and
   *     workspace has its name, compared character by character
   */
  void insert(StoredConnection row);

  /**
   * {@return a connection}
   *
   * <p>Called by every operation on a connection, also by those answered from the metadata cache. A
   * store for which this is a round trip keeps the rows it read lately, and drops one when it is
   * written here or said to be changed elsewhere.
   *
   * @param account the tenant
   * @param id the connection's id; any text
   */
  Optional<StoredConnection> find(String account, String id);

  /**
   * Changes a connection, if nobody else did since it was read. What is recorded of tests and
   * imports stays as it is in the store, whatever the row says; but if the row has another
   * configuration version than the store, the connection becomes untested and a pending test is
   * forgotten.
   *
   * @param row as it shall be, with its new version
   * @param expectedVersion the version it was read with
   * @throws dev.connections.api.ConnectionException with {@link
   *     dev.connections.core.CoreErrorCode#STALE_VERSION} if it has another version or is gone, or
   *     {@link dev.connections.core.CoreErrorCode#NAME_TAKEN}
   */
  void replace(StoredConnection row, long expectedVersion);

  /**
   * Deletes a connection and all that hangs on it, if nobody else changed it since it was read.
   *
   * @param account the tenant
   * @param id the connection's id
   * @param expectedVersion the version it was read with
   * @throws dev.connections.api.ConnectionException with {@link
   *     dev.connections.core.CoreErrorCode#STALE_VERSION} if it has another version or is gone
   */
  void delete(String account, String id, long expectedVersion);

  /**
   * {@return a page of the connections that an actor may see}
   *
   * @param viewer as {@link dev.connections.core.access.AccessRules} say, he sees only what he may
   * @param filter which of them; its types are compared with the stored spelling, without regard to
   *     case
   * @param request which page, in which order
   * @throws dev.connections.api.ConnectionException with {@link
   *     dev.connections.core.CoreErrorCode#INVALID_ARGUMENT} if the page token isn't one of such a
   *     list
   */
  Page<StoredConnection> list(Actor viewer, ConnectionFilter filter, ListRequest request);

  /**
   * {@return how many connections a list has in all}
   *
   * @param viewer as for {@link #list}
   * @param filter as for {@link #list}
   */
  long count(Actor viewer, ConnectionFilter filter);

  /**
   * Notes that a test is running. A test that was pending is replaced. A process that dies doesn't
   * end its test, so a pending test says until when it counts.
   *
   * @param account the tenant
   * @param id the connection's id
   * @param test the run
   * @return whether the connection is there
   */
  boolean beginTest(String account, String id, PendingTest test);

  /**
   * Records how a test ended, unless the configuration has changed since it began. The pending test
   * is forgotten if it is this run; another run stays pending.
   *
   * @param account the tenant
   * @param id the connection's id
   * @param run the run's name
   * @param configurationVersion the one that was tested
   * @param outcome how it ended
   * @return whether it was recorded
   */
  boolean endTest(
      String account, String id, String run, long configurationVersion, TestSummary outcome);

  /**
   * Forgets a pending test that ended without a result: the connection has its former status again.
   * Does nothing if another run is pending.
   *
   * @param account the tenant
   * @param id the connection's id
   * @param run the run's name
   */
  void abandonTest(String account, String id, String run);

  /**
   * Keeps the options of an import as the default of the connection's next one.
   *
   * @param account the tenant
   * @param id the connection's id
   * @param settings JSON text
   * @return whether the connection is there
   */
  boolean rememberImportSettings(String account, String id, String settings);

  /**
   * Records that an import ended.
   *
   * @param account the tenant
   * @param id the connection's id
   * @param at when
   * @param rate how many tables in a second it read; if it read none, the rate known before stays
   * @return whether the connection is there
   */
  boolean recordImport(String account, String id, Instant at, OptionalDouble rate);

  /**
   * Deletes all connections of a workspace and what hangs on them.
   *
   * @param account the tenant
   * @param workspace the workspace
   * @return how many connections there were
   */
  long deleteWorkspace(String account, String workspace);

  /**
   * Deletes all connections of an account and what hangs on them.
   *
   * @param account the tenant
   * @return how many connections there were
   */
  long deleteAccount(String account);

  /** {@return the place of this store where the encrypted keyset lies; the same at every call} */
  KeysetStore keyset();

  /**
   * {@return the rows that have encrypted values, for the rotation of keys; the same at every call}
   */
  SealedRows sealedRows();

  /** {@return the rows in which tokens lie; the same at every call} */
  TokenRows tokenRows();

  /** {@return the audit log this store keeps, if it keeps one} */
  default Optional<AuditLog> auditLog() {
    return Optional.empty();
  }

  /**
   * {@return where snapshots of imports are kept, if this store keeps them; the same at every call}
   */
  default Optional<SnapshotStore> snapshots() {
    return Optional.empty();
  }

  /**
   * {@return where metadata that was read lately is kept for all nodes, if this store is more than
   * one node's; the same at every call}
   */
  default Optional<CachedMetadata> cachedMetadata() {
    return Optional.empty();
  }

  /**
   * {@return where past tests and imports are kept, if this store keeps them; the same at every
   * call}
   */
  default Optional<RunHistory> runs() {
    return Optional.empty();
  }

  /**
   * {@return where is kept what sources said of their allowances, if this store keeps it; the same
   * at every call}
   */
  default Optional<QuotaRows> quotas() {
    return Optional.empty();
  }

  /** Releases what the store holds. Calling it again does nothing. */
  @Override
  void close();
}
