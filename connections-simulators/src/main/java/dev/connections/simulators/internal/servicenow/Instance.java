package dev.connections.simulators.internal.servicenow;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;

/** The tables of the instance. Safe for use by several threads. */
public final class Instance {
  private final Map<String, TableData> tables = new ConcurrentHashMap<>();
  private final DataRows data;

  /**
   * An instance without a table.
   *
   * @param rowsPerTable how many rows a table has that only the dictionary describes
   * @param seed of the values of such rows
   */
  public Instance(int rowsPerTable, long seed) {
    data = new DataRows(this, rowsPerTable, seed);
  }

  /** Makes the tables in which the instance describes itself: empty, or filled by the generator. */
  public void describe(int tableCount, int columnCount, long seed) {
    new InstanceGenerator(tableCount, columnCount, seed).into(this);
  }

  /** Loads tables from answers of the Table API. */
  public void load(Path folder) {
    JsonRows.load(folder, this);
  }

  /** Puts a table in place of one with the same name. */
  void put(TableData table) {
    tables.put(table.name(), table);
  }

  Optional<TableData> table(String name) {
    TableData known = tables.get(name);
    if (known != null || Dictionary.all().contains(name)) {
      return Optional.ofNullable(known);
    }
    Optional<TableData> described = data.of(name);
    described.ifPresent(table -> tables.putIfAbsent(name, table));
    return described;
  }

  /** Adds a row, and the table too where there is none. */
  public void insert(String table, Map<String, String> row) {
    tables.compute(
        table,
        (name, old) ->
            (old == null ? new TableData(name, List.of(Column.text("sys_id")), List.of()) : old)
                .withRow(row));
  }

  /** Changes a row of a table. */
  public void update(String table, String id, Map<String, String> values) {
    change(table, old -> old.withChange(id, values));
  }

  /** Takes a row out of a table. */
  public void delete(String table, String id) {
    change(table, old -> old.without(id));
  }

  /** How many rows a table has; none where there is no such table. */
  public int count(String table) {
    return table(table).map(data -> data.rows().size()).orElse(0);
  }

  /** The first row with this value in a column, as names and values; empty where there is none. */
  public Map<String, String> find(String table, String column, String value) {
    return table(table)
        .flatMap(data -> data.find(column, value).map(row -> named(data, row)))
        .orElse(Map.of());
  }

  private static Map<String, String> named(TableData data, String[] row) {
    Map<String, String> named = new java.util.LinkedHashMap<>();
    data.columns().forEach(column -> named.put(column.name(), data.value(row, column.name())));
    return named;
  }

  private void change(String table, UnaryOperator<TableData> change) {
    if (tables.computeIfPresent(table, (name, old) -> change.apply(old)) == null) {
      throw new IllegalArgumentException("the instance has no table " + table);
    }
  }
}
