package dev.connections.databricks.internal;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/** Answers the statements by which hive_metastore is read, as Spark answers them. */
final class HiveScript implements Function<String, ThriftCompute.Result> {
  private final String prefix;
  private final Map<String, Map<String, List<List<String>>>> schemas = new TreeMap<>();
  private final Set<String> views = new TreeSet<>();
  private final Map<String, String> refusals = new ConcurrentHashMap<>();

  /** A metastore whose schemas statements name with or without their catalog. */
  HiveScript(boolean catalogs) {
    prefix = catalogs ? "`hive_metastore`." : "";
  }

  HiveScript schema(String name) {
    schemas.computeIfAbsent(name, any -> new TreeMap<>());
    return this;
  }

  HiveScript table(String schema, String name, List<List<String>> description) {
    schema(schema).schemas.get(schema).put(name, description);
    return this;
  }

  HiveScript view(String schema, String name, List<List<String>> description) {
    views.add(schema + "." + name);
    return table(schema, name, description);
  }

  /** Refuses what holds a text, with an SQLState. */
  HiveScript refusing(String text, String state) {
    refusals.put(text, state);
    return this;
  }

  /** A description of one column and a few details. */
  static List<List<String>> plain(String type) {
    return List.of(
        Arrays.asList("id", "bigint", null),
        List.of("", "", ""),
        List.of("# Detailed Table Information", "", ""),
        List.of("Catalog", "spark_catalog", ""),
        List.of("Type", type, ""),
        List.of("Owner", "root", ""));
  }

  @Override
  public ThriftCompute.Result apply(String statement) {
    refusals.forEach(
        (text, state) -> {
          if (statement.contains(text)) {
            throw new ThriftCompute.Refused(state, "[REFUSED] of the source's own words");
          }
        });
    if (statement.equals("SHOW SCHEMAS" + (prefix.isEmpty() ? "" : " IN `hive_metastore`"))) {
      return ThriftCompute.Result.of(
          List.of("databaseName"), schemas.keySet().stream().map(List::of).toList());
    }
    for (Map.Entry<String, Map<String, List<List<String>>>> schema : schemas.entrySet()) {
      String name = prefix + "`" + schema.getKey() + "`";
      if (statement.equals("SHOW TABLES IN " + name)) {
        List<List<String>> rows = new ArrayList<>(List.of(List.of("", "ours", "true")));
        schema
            .getValue()
            .keySet()
            .forEach(table -> rows.add(List.of(schema.getKey(), table, "false")));
        return ThriftCompute.Result.of(List.of("database", "tableName", "isTemporary"), rows);
      }
      if (statement.equals("SHOW VIEWS IN " + name)) {
        return ThriftCompute.Result.of(
            List.of("namespace", "viewName", "isTemporary", "isMaterialized"),
            schema.getValue().keySet().stream()
                .filter(table -> views.contains(schema.getKey() + "." + table))
                .map(view -> List.of(schema.getKey(), view, "false", "false"))
                .toList());
      }
      for (Map.Entry<String, List<List<String>>> table : schema.getValue().entrySet()) {
        String quoted = name + ".`" + table.getKey().replace("`", "``") + "`";
        if (statement.equals("DESCRIBE TABLE EXTENDED " + quoted)) {
          return ThriftCompute.Result.of(
              List.of("col_name", "data_type", "comment"), table.getValue());
        }
        if (statement.startsWith("SELECT * FROM " + quoted + " LIMIT ")) {
          return ThriftCompute.Result.of(List.of("id"), List.of(List.of("7")));
        }
      }
    }
    throw new ThriftCompute.Refused("42P01", "[TABLE_OR_VIEW_NOT_FOUND] " + statement);
  }
}
