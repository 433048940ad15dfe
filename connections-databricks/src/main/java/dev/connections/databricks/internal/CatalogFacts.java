package dev.connections.databricks.internal;

import dev.connections.api.TableName;
import dev.connections.databricks.UnityCatalogLineage;
import dev.connections.databricks.UnityCatalogTags;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What lists don't say of tables and statements do: keys, tags, lineage. Immutable.
 *
 * @param keyed the catalogs whose keys were read: a table of theirs that isn't in {@code keys} has
 *     none
 */
record CatalogFacts(
    Set<String> keyed,
    Map<TableName, TableKeys> keys,
    Map<TableName, UnityCatalogTags> tags,
    Map<TableName, Map<String, UnityCatalogTags>> columnTags,
    Map<TableName, UnityCatalogLineage> lineage) {

  static final CatalogFacts NONE =
      new CatalogFacts(Set.of(), Map.of(), Map.of(), Map.of(), Map.of());

  CatalogFacts {
    keyed = Set.copyOf(keyed);
    keys = Map.copyOf(keys);
    tags = Map.copyOf(tags);
    columnTags = Map.copyOf(columnTags);
    lineage = Map.copyOf(lineage);
  }

  /** {@return the keys of a table; empty if they weren't read} */
  Optional<TableKeys> keys(TableName table) {
    return table.schema().catalog().filter(keyed::contains).isPresent()
        ? Optional.of(keys.getOrDefault(table, TableKeys.NONE))
        : Optional.empty();
  }

  Optional<UnityCatalogTags> tags(TableName table) {
    return Optional.ofNullable(tags.get(table));
  }

  /** {@return the tags of a table's columns, by the columns' names} */
  Map<String, UnityCatalogTags> columnTags(TableName table) {
    return columnTags.getOrDefault(table, new HashMap<>());
  }

  Optional<UnityCatalogLineage> lineage(TableName table) {
    return Optional.ofNullable(lineage.get(table));
  }
}
