package dev.connections.databricks.internal;

import dev.connections.api.SchemaName;
import dev.connections.api.TableName;
import dev.connections.databricks.UnityCatalogLineage;
import dev.connections.databricks.UnityCatalogLineage.ColumnSource;
import dev.connections.http.JsonRows;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Joins what the system tables say of where tables and columns come from. Safe for any thread. */
final class LineageBook {
  private final Map<TableName, Set<TableName>> tables = new HashMap<>();
  private final Map<TableName, Set<String>> paths = new HashMap<>();
  private final Map<TableName, Set<ColumnSource>> columns = new HashMap<>();

  /** Takes rows of {@code system.access.table_lineage}. */
  synchronized void tables(StatementResult result) {
    for (JsonRows.Row row : result.rows()) {
      Optional<TableName> target = table(result, row, "target");
      if (target.isEmpty()) {
        continue;
      }
      Optional<TableName> source = table(result, row, "source");
      source
          .filter(name -> !name.equals(target.get()))
          .ifPresent(
              name -> tables.computeIfAbsent(target.get(), same -> new TreeSet<>()).add(name));
      if (source.isEmpty()) {
        result
            .text(row, "source_path")
            .filter(path -> !path.isBlank())
            .ifPresent(
                path -> paths.computeIfAbsent(target.get(), same -> new TreeSet<>()).add(path));
      }
    }
  }

  /** Takes rows of {@code system.access.column_lineage}. */
  synchronized void columns(StatementResult result) {
    for (JsonRows.Row row : result.rows()) {
      Optional<TableName> target = table(result, row, "target");
      Optional<TableName> source = table(result, row, "source");
      Optional<String> column = result.text(row, "target_column_name");
      Optional<String> from = result.text(row, "source_column_name");
      if (target.isPresent() && source.isPresent() && column.isPresent() && from.isPresent()) {
        columns
            .computeIfAbsent(target.get(), same -> new HashSet<>())
            .add(new ColumnSource(column.get(), source.get(), from.get()));
      }
    }
  }

  private static Optional<TableName> table(StatementResult result, JsonRows.Row row, String side) {
    Optional<String> catalog = result.text(row, side + "_table_catalog");
    Optional<String> schema = result.text(row, side + "_table_schema");
    Optional<String> name = result.text(row, side + "_table_name");
    return catalog.isPresent() && schema.isPresent() && name.isPresent()
        ? Optional.of(SchemaName.of(catalog.get(), schema.get()).table(name.get()))
        : Optional.empty();
  }

  /** {@return the lineage of each table that has one} */
  synchronized Map<TableName, UnityCatalogLineage> byTable() {
    Set<TableName> targets = new HashSet<>(tables.keySet());
    targets.addAll(paths.keySet());
    targets.addAll(columns.keySet());
    Map<TableName, UnityCatalogLineage> lineage = new HashMap<>();
    for (TableName target : targets) {
      List<ColumnSource> sources = new ArrayList<>(columns.getOrDefault(target, Set.of()));
      sources.sort(
          Comparator.comparing(ColumnSource::column)
              .thenComparing(ColumnSource::table)
              .thenComparing(ColumnSource::source));
      lineage.put(
          target,
          new UnityCatalogLineage(
              List.copyOf(tables.getOrDefault(target, Set.of())),
              List.copyOf(paths.getOrDefault(target, Set.of())),
              sources));
    }
    return lineage;
  }
}
