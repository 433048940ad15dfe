package dev.connections.store.jdbc;

import dev.connections.api.TableName;
import dev.connections.core.store.Snapshot;
import dev.connections.core.store.SnapshotStore;
import dev.connections.core.store.StoredTable;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * Snapshots in two tables: the tables as they are known, and what the import under way has found
 * otherwise. When it has come to its end, the one is brought to the state of the other in one
 * transaction.
 */
record StoredSnapshots(Transactions transactions) implements SnapshotStore {
  private static final byte[] NOTHING = new byte[0];

  private static final String OF_CONNECTION = " WHERE account_id = ? AND connection_id = ?";

  @Override
  public Optional<Snapshot> find(String account, String connection) {
    return transactions.read(
        account,
        session ->
            session.first(
                "SELECT taken_at, coverage FROM snapshots" + OF_CONNECTION,
                row -> new Snapshot(StoredTime.parse(row.getString(1)), row.getString(2)),
                account,
                connection));
  }

  @Override
  public Map<TableName, StoredTable> tables(
      String account, String connection, Collection<TableName> names) {
    List<StoredTable> found =
        transactions.read(
            account,
            session ->
                session.list(
                    "SELECT table_key, kind, content FROM snapshot_tables"
                        + OF_CONNECTION
                        + " AND "
                        + session.dialect().isOneOf("table_key"),
                    List.of(account, connection, TableKey.all(names)),
                    row ->
                        StoredTable.of(
                            TableKey.parse(row.getString(1)), row.getString(2), row.getBytes(3))));
    Map<TableName, StoredTable> byName = new HashMap<>();
    found.forEach(table -> byName.put(table.name(), table));
    return byName;
  }

  @Override
  public List<StoredTable> names(
      String account, String connection, Optional<TableName> after, int limit) {
    return transactions.read(
        account,
        session ->
            session.list(
                "SELECT table_key, kind FROM snapshot_tables"
                    + OF_CONNECTION
                    + " AND table_key > ? ORDER BY table_key LIMIT ?",
                List.of(account, connection, after.map(TableKey::of).orElse(""), limit),
                row ->
                    StoredTable.of(TableKey.parse(row.getString(1)), row.getString(2), NOTHING)));
  }

  @Override
  public OptionalLong begin(String account, String connection, Duration lease) {
    return transactions.writeMuch(
        account,
        session -> {
          OptionalLong change =
              LeaseRows.acquire(session, account, connection, lease(connection), lease);
          if (change.isPresent()) {
            clear(session, account, connection);
          }
          return change;
        });
  }

  @Override
  public boolean write(
      String account,
      String connection,
      long change,
      Duration lease,
      Collection<StoredTable> tables,
      Collection<TableName> gone) {
    return transactions.writeMuch(
        account,
        session -> {
          if (!LeaseRows.renew(session, account, lease(connection), change, lease)) {
            return false;
          }
          List<List<@Nullable Object>> rows = new ArrayList<>();
          for (StoredTable table : tables) {
            rows.add(row(account, connection, table.name(), table.kind(), table.content()));
          }
          for (TableName name : gone) {
            rows.add(row(account, connection, name, "", null));
          }
          session.batch(
              "INSERT INTO snapshot_changes (account_id, connection_id, table_key, kind, content)"
                  + " VALUES (?, ?, ?, ?, ?)"
                  + " ON CONFLICT (account_id, connection_id, table_key)"
                  + " DO UPDATE SET kind = excluded.kind, content = excluded.content",
              rows);
          return true;
        });
  }

  private static List<@Nullable Object> row(
      String account, String connection, TableName name, String kind, byte @Nullable [] content) {
    List<@Nullable Object> row = new ArrayList<>(5);
    row.add(account);
    row.add(connection);
    row.add(TableKey.of(name));
    row.add(kind);
    row.add(content);
    return row;
  }

  @Override
  public boolean commit(String account, String connection, long change, Snapshot snapshot) {
    return transactions.writeMuch(
        account,
        session -> {
          if (!LeaseRows.release(session, account, lease(connection), change)) {
            return false;
          }
          apply(session, account, connection);
          session.update(
              "INSERT INTO snapshots (account_id, connection_id, taken_at, coverage)"
                  + " VALUES (?, ?, ?, ?) ON CONFLICT (account_id, connection_id)"
                  + " DO UPDATE SET taken_at = excluded.taken_at, coverage = excluded.coverage",
              account,
              connection,
              StoredTime.text(snapshot.takenAt()),
              snapshot.coverage());
          clear(session, account, connection);
          return true;
        });
  }

  private static void apply(Session session, String account, String connection)
      throws SQLException {
    session.update(
        "DELETE FROM snapshot_tables"
            + OF_CONNECTION
            + " AND table_key IN (SELECT table_key FROM snapshot_changes"
            + OF_CONNECTION
            + " AND content IS NULL)",
        account,
        connection,
        account,
        connection);
    session.update(
        "INSERT INTO snapshot_tables (account_id, connection_id, table_key, kind, content)"
            + " SELECT account_id, connection_id, table_key, kind, content FROM snapshot_changes"
            + OF_CONNECTION
            + " AND content IS NOT NULL"
            + " ON CONFLICT (account_id, connection_id, table_key)"
            + " DO UPDATE SET kind = excluded.kind, content = excluded.content",
        account,
        connection);
  }

  @Override
  public void abandon(String account, String connection, long change) {
    transactions.writeMuch(
        account,
        session -> {
          if (LeaseRows.release(session, account, lease(connection), change)) {
            clear(session, account, connection);
          }
          return change;
        });
  }

  private static void clear(Session session, String account, String connection)
      throws SQLException {
    session.update("DELETE FROM snapshot_changes" + OF_CONNECTION, account, connection);
  }

  private static String lease(String connection) {
    return "snapshot of " + connection;
  }
}
