package dev.connections.simulators.internal.servicenow;

import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;

/** What the user of the interface may not read. Everything may be read at first. */
public final class Rights {
  /** What becomes of a range query or an order which the user has no right to. */
  public enum Range {
    /** The table may be asked in any way. */
    ALLOWED,
    /** Ranges and orders are left out, without a word. */
    IGNORED,
    /** The request is refused with status 403. */
    REFUSED
  }

  private final Set<String> closedTables = ConcurrentHashMap.newKeySet();
  private final Map<String, Predicate<Map<String, String>>> hiddenRows = new ConcurrentHashMap<>();
  private final Map<String, Set<String>> hiddenColumns = new ConcurrentHashMap<>();
  private final Map<String, Range> ranges = new ConcurrentHashMap<>();

  /** Refuses a table with status 403. */
  public void close(String table) {
    closedTables.add(table);
  }

  /** Leaves rows out of the answers. */
  public void hideRows(String table, Predicate<Map<String, String>> hidden) {
    hiddenRows.merge(table, hidden, Predicate::or);
  }

  /** Leaves a column out of the answers. */
  public void hideColumn(String table, String column) {
    hiddenColumns.computeIfAbsent(table, none -> ConcurrentHashMap.newKeySet()).add(column);
  }

  /** Says what becomes of ranges and orders on a table. */
  public void range(String table, Range range) {
    ranges.put(table, range);
  }

  /** Takes all limits back. */
  public void clear() {
    closedTables.clear();
    hiddenRows.clear();
    hiddenColumns.clear();
    ranges.clear();
  }

  boolean isClosed(String table) {
    return closedTables.contains(table);
  }

  Range range(String table) {
    return ranges.getOrDefault(table, Range.ALLOWED);
  }

  boolean mayReadColumn(String table, String column) {
    return !hiddenColumns.getOrDefault(table, Set.of()).contains(column);
  }

  boolean hidesRows(String table) {
    return hiddenRows.containsKey(table);
  }

  Predicate<String[]> visible(TableData table) {
    Predicate<Map<String, String>> hidden = hiddenRows.get(table.name());
    return hidden == null ? row -> true : row -> !hidden.test(new RowView(table, row));
  }

  /** A row as names and values, read from it when asked for. */
  private static final class RowView extends java.util.AbstractMap<String, String> {
    private final TableData table;
    private final String[] row;

    RowView(TableData table, String[] row) {
      this.table = table;
      this.row = row;
    }

    @Override
    public String get(Object name) {
      return table.value(row, String.valueOf(name));
    }

    @Override
    public Set<Entry<String, String>> entrySet() {
      Map<String, String> all = new java.util.LinkedHashMap<>();
      table.columns().forEach(column -> all.put(column.name(), get(column.name())));
      return all.entrySet();
    }
  }
}
