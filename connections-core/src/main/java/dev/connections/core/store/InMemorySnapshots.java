package dev.connections.core.store;

import dev.connections.api.TableName;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;
import java.util.function.Function;

/** Snapshots in memory: some hundred bytes for each table. */
final class InMemorySnapshots implements SnapshotStore {
  private final Function<String, AccountRows> accounts;

  InMemorySnapshots(Function<String, AccountRows> accounts) {
    this.accounts = accounts;
  }

  /** Does something with what a connection has; gives something else if there is no connection. */
  private <T> T on(String account, String connection, Function<SnapshotRows, T> work, T absent) {
    AccountRows rows = accounts.apply(account);
    return rows.atomically(
        () ->
            rows.find(connection) == null
                ? absent
                : work.apply(rows.belongings(connection).snapshot()));
  }

  @Override
  public Optional<Snapshot> find(String account, String connection) {
    return on(account, connection, SnapshotRows::snapshot, Optional.empty());
  }

  @Override
  public Map<TableName, StoredTable> tables(
      String account, String connection, Collection<TableName> names) {
    return on(account, connection, rows -> rows.tables(names), Map.of());
  }

  @Override
  public List<StoredTable> names(
      String account, String connection, Optional<TableName> after, int limit) {
    return on(account, connection, rows -> rows.names(after, limit), List.of());
  }

  @Override
  public OptionalLong begin(String account, String connection, Duration lease) {
    long now = System.nanoTime();
    return on(
        account,
        connection,
        rows ->
            rows.begin(now, now + lease.toNanos())
                ? OptionalLong.of(rows.change())
                : OptionalLong.empty(),
        OptionalLong.empty());
  }

  @Override
  public boolean write(
      String account,
      String connection,
      long change,
      Duration lease,
      Collection<StoredTable> tables,
      Collection<TableName> gone) {
    long until = System.nanoTime() + lease.toNanos();
    return ofChange(account, connection, change, rows -> rows.write(tables, gone, until));
  }

  @Override
  public boolean commit(String account, String connection, long change, Snapshot snapshot) {
    return ofChange(account, connection, change, rows -> rows.commit(snapshot));
  }

  @Override
  public void abandon(String account, String connection, long change) {
    ofChange(account, connection, change, SnapshotRows::end);
  }

  private boolean ofChange(
      String account, String connection, long change, Consumer<SnapshotRows> work) {
    return on(
        account,
        connection,
        rows -> {
          if (!rows.isUnderWay(change)) {
            return false;
          }
          work.accept(rows);
          return true;
        },
        false);
  }
}
