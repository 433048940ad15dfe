package dev.connections.jdbc;

import dev.connections.api.Operation;
import dev.connections.api.Page;
import dev.connections.api.SchemaInfo;
import dev.connections.api.SchemaName;
import dev.connections.api.StandardFailures;
import dev.connections.api.TableInfo;
import dev.connections.api.TableName;
import dev.connections.api.TableQuery;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/** Lists schemas and pages of tables, and finds tables by their names. Safe for any thread. */
final class CatalogBrowsing<T extends ListedTable> {
  private final RelationalCatalog<T> catalog;

  CatalogBrowsing(RelationalCatalog<T> catalog) {
    this.catalog = catalog;
  }

  /** By Java's order of names, which no server's collation has. */
  List<SchemaInfo> schemas(Operation operation) {
    return catalog.schemas(operation).stream()
        .sorted(Comparator.comparing(SchemaInfo::name))
        .toList();
  }

  Page<TableInfo> page(TableQuery query, Operation operation) {
    SchemaName schema = query.schema();
    if (!possible(schema)) {
      throw noSchema(schema);
    }
    String part = query.nameContains().orElse("");
    String after = query.pageToken().orElse("");
    if (!catalog.possible(part) || !catalog.possible(after)) {
      return Page.only(List.of());
    }
    int limit = query.limit();
    List<T> rows =
        catalog.tables(
            new RelationalCatalog.Page(schema.schema(), part, after, limit + 1), operation);
    if (rows.isEmpty() && !catalog.hasSchema(schema.schema(), operation)) {
      throw noSchema(schema);
    }
    List<T> listed = rows.stream().limit(limit).toList();
    Optional<String> next =
        rows.size() > limit
            ? Optional.of(listed.get(listed.size() - 1).info().name().table())
            : Optional.empty();
    return new Page<>(
        listed.stream().map(ListedTable::info).toList(),
        next,
        OptionalLong.empty(),
        catalog.remarks(listed));
  }

  /** One connection reads one database, so that no name has a catalog. */
  private boolean possible(SchemaName schema) {
    return schema.catalog().isEmpty() && catalog.possible(schema.schema());
  }

  private static RuntimeException noSchema(SchemaName schema) {
    return StandardFailures.notFound("schema", schema.schema()).asException();
  }

  /** The tables of some names, as far as they exist and this login may see them. */
  Map<TableName, T> find(Set<TableName> names, Operation operation) {
    List<TableName> possible =
        names.stream()
            .filter(name -> possible(name.schema()) && catalog.possible(name.table()))
            .toList();
    Map<TableName, T> found = new HashMap<>();
    if (possible.isEmpty()) {
      operation.checkpoint();
      return found;
    }
    // Servers cut names that are too long, or take upper and lower case for the same.
    catalog.tables(possible, operation).stream()
        .filter(row -> names.contains(row.info().name()))
        .forEach(row -> found.put(row.info().name(), row));
    return found;
  }

  T find(TableName table, Operation operation) {
    return Optional.ofNullable(find(Set.of(table), operation).get(table))
        .orElseThrow(() -> StandardFailures.notFound("table", table.display()).asException());
  }
}
