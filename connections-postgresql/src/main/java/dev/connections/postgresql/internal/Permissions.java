package dev.connections.postgresql.internal;

import dev.connections.api.Notice;
import dev.connections.api.Operation;
import dev.connections.api.PermissionMatrix;
import dev.connections.api.PermissionReport;
import dev.connections.api.SchemaName;
import dev.connections.api.Section;
import dev.connections.api.TableKind;
import dev.connections.jdbc.Database;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Tells what the login may see, by schema and kind of object. In PostgreSQL every section of a
 * table hangs on one right: whoever may select from it is shown all of it, and its catalog asks for
 * no other. So the grants are the same whichever sections are wanted.
 */
final class Permissions implements PermissionReport {
  private static final Map<TableKind, String> KINDS =
      Map.of(
          TableKind.VIEW, "views",
          TableKind.MATERIALIZED_VIEW, "materialized views",
          TableKind.FOREIGN_TABLE, "foreign tables");

  private final Database database;
  private final Catalog catalog;

  Permissions(Database database, Catalog catalog) {
    this.database = database;
    this.catalog = catalog;
  }

  @Override
  public PermissionMatrix permissions(Set<Section> sections, Operation operation) {
    List<TableRow> tables = catalog.tables(database.during(operation));
    Map<SchemaName, Map<String, List<TableRow>>> kinds =
        tables.stream()
            .collect(
                Collectors.groupingBy(
                    table -> table.info().name().schema(),
                    TreeMap::new,
                    Collectors.groupingBy(Permissions::kind, TreeMap::new, Collectors.toList())));
    List<PermissionMatrix.Row> rows = new ArrayList<>();
    kinds.forEach(
        (schema, byKind) -> byKind.forEach((kind, some) -> rows.add(row(schema, kind, some))));
    List<TableRow> hidden = tables.stream().filter(table -> !table.visible()).toList();
    return new PermissionMatrix(rows, catalog.hidden(hidden).grants());
  }

  private static String kind(TableRow table) {
    return KINDS.getOrDefault(table.info().kind(), "tables");
  }

  private static PermissionMatrix.Row row(SchemaName schema, String kind, List<TableRow> tables) {
    long visible = tables.stream().filter(TableRow::visible).count();
    return PermissionMatrix.Row.counted(
        new Notice.Scope.Schema(schema), Section.COLUMNS, kind, visible, tables.size() - visible);
  }
}
