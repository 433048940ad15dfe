package dev.connections.core.store;

import dev.connections.api.TableName;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The last snapshot of each connection: its tables as imports have found them. An import changes it
 * table by table, and nobody sees that before all of it is there.
 *
 * <p>Only one import at a time changes a snapshot. It holds a lease, which every write prolongs and
 * whose number every write carries: an import that was thought to be dead, and another took over,
 * writes nothing any more.
 *
 * <p>A snapshot is deleted with its connection. Failures are as those of {@link ConnectionStore}.
 */
public interface SnapshotStore {
  /**
   * {@return the snapshot of a connection, if there is one}
   *
   * @param account the tenant
   * @param connection the connection's id
   */
  Optional<Snapshot> find(String account, String connection);

  /**
   * {@return tables of a snapshot; those that it doesn't have are missing}
   *
   * @param account the tenant
   * @param connection the connection's id
   * @param names which tables; a few hundred at most
   */
  Map<TableName, StoredTable> tables(
      String account, String connection, Collection<TableName> names);

  /**
   * {@return tables of a snapshot without their content, in an order that stays the same}
   *
   * @param account the tenant
   * @param connection the connection's id
   * @param after the table after which to begin; empty for the first
   * @param limit how many at most
   */
  List<StoredTable> names(String account, String connection, Optional<TableName> after, int limit);

  /**
   * Begins a change. What a change that was never ended has left is forgotten.
   *
   * @param account the tenant
   * @param connection the connection's id
   * @param lease after how long without a write another one may take over
   * @return the number of the change; empty if another one is under way, or the connection is gone
   */
  OptionalLong begin(String account, String connection, Duration lease);

  /**
   * Writes tables, to be seen when the change is committed.
   *
   * @param account the tenant
   * @param connection the connection's id
   * @param change the number of the change
   * @param lease after how long without a further write another change may take over
   * @param tables those that are new or otherwise; each is written once in a change
   * @param gone those to be forgotten
   * @return whether it was written; not so if another change has taken over
   */
  boolean write(
      String account,
      String connection,
      long change,
      Duration lease,
      Collection<StoredTable> tables,
      Collection<TableName> gone);

  /**
   * Makes a change the snapshot, and ends it.
   *
   * @param account the tenant
   * @param connection the connection's id
   * @param change the number of the change
   * @param snapshot what is kept of it besides its tables
   * @return whether that was done; not so if another change has taken over
   */
  boolean commit(String account, String connection, long change, Snapshot snapshot);

  /**
   * Forgets a change. Does nothing if another one has taken over.
   *
   * @param account the tenant
   * @param connection the connection's id
   * @param change the number of the change
   */
  void abandon(String account, String connection, long change);
}
