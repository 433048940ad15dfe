package dev.connections.simulators.internal.servicenow;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** The rows of one table at one moment. Never changed: a write makes a new one. */
final class TableData {
  private final String name;
  private final List<Column> columns;
  private final Map<String, Integer> positions = new HashMap<>();
  private final List<String[]> rows;

  /** By column: the first row with each value, for references. Made when first asked for. */
  private final Map<String, Map<String, String[]>> keys = new ConcurrentHashMap<>();

  /** The rows each query selects, in its order. A client reads a query page by page. */
  private final Map<String, List<String[]>> selections = new ConcurrentHashMap<>();

  TableData(String name, List<Column> columns, List<String[]> rows) {
    this.name = name;
    this.columns = List.copyOf(columns);
    this.rows = Collections.unmodifiableList(rows);
    for (int i = 0; i < columns.size(); i++) {
      positions.put(columns.get(i).name(), i);
    }
  }

  String name() {
    return name;
  }

  List<Column> columns() {
    return columns;
  }

  List<String[]> rows() {
    return rows;
  }

  /** The place of a column in each row. */
  Optional<Integer> position(String column) {
    return Optional.ofNullable(positions.get(column));
  }

  /** A row's value; empty text where the table has no such column. */
  String value(String[] row, String column) {
    return position(column).map(at -> row[at]).orElse("");
  }

  Optional<String[]> find(String keyColumn, String key) {
    return Optional.ofNullable(keys.computeIfAbsent(keyColumn, this::index).get(key));
  }

  private Map<String, String[]> index(String column) {
    Map<String, String[]> index = new HashMap<>();
    position(column).ifPresent(at -> rows.forEach(row -> index.putIfAbsent(row[at], row)));
    return index;
  }

  List<String[]> selection(String query, Instance instance) {
    if (query.isEmpty()) {
      return rows;
    }
    if (selections.size() > 100) {
      selections.clear();
    }
    return selections.computeIfAbsent(
        query, text -> EncodedQuery.parse(text, this, instance).select(rows));
  }

  TableData withRow(Map<String, String> values) {
    List<String[]> more = new ArrayList<>(rows);
    TableData wide = withColumnsOf(values, more);
    String[] row = new String[wide.columns.size()];
    for (int i = 0; i < row.length; i++) {
      row[i] = values.getOrDefault(wide.columns.get(i).name(), "");
    }
    more.add(row);
    return new TableData(name, wide.columns, more);
  }

  /** This table's columns and those which only the new row has; existing rows get wider with it. */
  private TableData withColumnsOf(Map<String, String> values, List<String[]> widened) {
    List<Column> all = new ArrayList<>(columns);
    values.keySet().stream()
        .filter(column -> !positions.containsKey(column))
        .map(Column::text)
        .forEach(all::add);
    if (all.size() > columns.size()) {
      widened.replaceAll(row -> wider(row, all.size()));
    }
    return new TableData(name, all, List.of());
  }

  private static String[] wider(String[] row, int size) {
    String[] wide = java.util.Arrays.copyOf(row, size);
    java.util.Arrays.fill(wide, row.length, size, "");
    return wide;
  }

  TableData withChange(String id, Map<String, String> values) {
    List<String[]> changed = new ArrayList<>(rows);
    changed.replaceAll(row -> value(row, "sys_id").equals(id) ? changed(row, values) : row);
    return new TableData(name, columns, changed);
  }

  private String[] changed(String[] row, Map<String, String> values) {
    String[] copy = row.clone();
    values.forEach((column, value) -> position(column).ifPresent(at -> copy[at] = value));
    return copy;
  }

  TableData without(String id) {
    List<String[]> fewer = new ArrayList<>(rows);
    fewer.removeIf(row -> value(row, "sys_id").equals(id));
    return new TableData(name, columns, fewer);
  }
}
