package dev.connections.core.store;

import dev.connections.api.TableName;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/** The snapshot of one connection, in memory, and the change that is under way. */
final class SnapshotRows {
  /** A name without a catalog and one with a nameless catalog are two names. */
  private static final Comparator<TableName> ORDER =
      Comparator.<TableName>naturalOrder()
          .thenComparing(name -> name.schema().catalog().isPresent());

  private final NavigableMap<TableName, StoredTable> tables = new TreeMap<>(ORDER);

  /** What the change writes; empty for a table that is gone. */
  private final Map<TableName, Optional<StoredTable>> written = new HashMap<>();

  private Optional<Snapshot> snapshot = Optional.empty();
  private long change;
  private boolean open;
  private long leasedUntil;

  Optional<Snapshot> snapshot() {
    return snapshot;
  }

  Map<TableName, StoredTable> tables(Collection<TableName> names) {
    Map<TableName, StoredTable> found = new HashMap<>();
    for (TableName name : names) {
      StoredTable table = tables.get(name);
      if (table != null) {
        found.put(name, table);
      }
    }
    return found;
  }

  List<StoredTable> names(Optional<TableName> after, int limit) {
    return after.map(name -> tables.tailMap(name, false)).orElse(tables).values().stream()
        .limit(limit)
        .map(table -> StoredTable.of(table.name(), table.kind(), new byte[0]))
        .toList();
  }

  /** Returns whether no other change is under way. */
  boolean begin(long now, long until) {
    if (open && now - leasedUntil < 0) {
      return false;
    }
    written.clear();
    change++;
    open = true;
    leasedUntil = until;
    return true;
  }

  long change() {
    return change;
  }

  boolean isUnderWay(long number) {
    return open && change == number;
  }

  void write(Collection<StoredTable> otherwise, Collection<TableName> gone, long until) {
    otherwise.forEach(table -> written.put(table.name(), Optional.of(table)));
    gone.forEach(name -> written.put(name, Optional.empty()));
    leasedUntil = until;
  }

  void commit(Snapshot taken) {
    written.forEach(
        (name, table) ->
            table.ifPresentOrElse(some -> tables.put(name, some), () -> tables.remove(name)));
    snapshot = Optional.of(taken);
    end();
  }

  void end() {
    written.clear();
    open = false;
  }
}
