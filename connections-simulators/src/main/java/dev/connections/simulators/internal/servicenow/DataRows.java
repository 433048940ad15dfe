package dev.connections.simulators.internal.servicenow;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;

/** Makes the rows of a table that the dictionary describes, its inherited columns among them. */
final class DataRows {
  private final Instance instance;
  private final int count;
  private final long seed;

  DataRows(Instance instance, int count, long seed) {
    this.instance = instance;
    this.count = count;
    this.seed = seed;
  }

  Optional<TableData> of(String name) {
    return instance
        .table(Dictionary.TABLES)
        .filter(tables -> tables.find("name", name).isPresent())
        .map(tables -> rows(name, columns(name)));
  }

  /** Each element with its type and target, the child's before its parents'. */
  private Map<String, String[]> columns(String table) {
    Map<String, String[]> columns = new LinkedHashMap<>();
    columns.put("sys_id", new String[] {"GUID", ""});
    Set<String> visited = new HashSet<>();
    String at = table;
    while (!at.isEmpty() && visited.add(at)) {
      own(at, columns);
      String parent = instance.find(Dictionary.TABLES, "name", at).getOrDefault("super_class", "");
      at = instance.find(Dictionary.TABLES, "sys_id", parent).getOrDefault("name", "");
    }
    return columns;
  }

  private void own(String table, Map<String, String[]> columns) {
    TableData dictionary = instance.table(Dictionary.COLUMNS).orElseThrow();
    for (String[] row : dictionary.rows()) {
      String element = dictionary.value(row, "element");
      if (dictionary.value(row, "name").equals(table) && !element.isEmpty()) {
        columns.putIfAbsent(
            element,
            new String[] {
              dictionary.value(row, "internal_type"), dictionary.value(row, "reference")
            });
      }
    }
  }

  private TableData rows(String name, Map<String, String[]> described) {
    List<Column> columns = new ArrayList<>();
    described.forEach(
        (element, type) ->
            columns.add(
                type[1].isEmpty() ? Column.text(element) : Column.reference(element, type[1])));
    SplittableRandom random = new SplittableRandom(seed ^ name.hashCode());
    List<String[]> rows = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      rows.add(
          described.values().stream().map(type -> value(type[0], random)).toArray(String[]::new));
    }
    return new TableData(name, columns, rows);
  }

  private static String value(String type, SplittableRandom random) {
    int number = random.nextInt(100_000);
    return switch (type) {
      case "GUID", "reference" ->
          HexFormat.of().toHexDigits(random.nextLong())
              + HexFormat.of().toHexDigits(random.nextLong());
      case "integer", "longint" -> Integer.toString(number);
      case "boolean" -> Boolean.toString(number % 2 == 0);
      case "glide_date_time", "due_date" ->
          String.format("2026-01-%02d %02d:30:00", 1 + number % 28, number % 24);
      case "glide_date" -> String.format("2026-01-%02d", 1 + number % 28);
      case "decimal", "float", "currency", "u_acme_amount" -> number / 100 + "." + number % 100;
      default -> number % 7 == 0 ? "" : "text " + number;
    };
  }
}
