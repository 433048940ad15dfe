package dev.connections.databricks.internal;

import dev.connections.api.ConnectionException;
import dev.connections.api.Operation;
import dev.connections.api.Parallel;
import dev.connections.api.SchemaName;
import dev.connections.http.Paging;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * How many tables each schema has, by the catalog's summaries: one request for ten thousand tables.
 * A service that has no summaries leaves them unknown.
 */
final class SchemaSizes {
  private final Map<SchemaName, Long> counts;
  private final Set<String> counted;

  private SchemaSizes(Map<SchemaName, Long> counts, Set<String> counted) {
    this.counts = counts;
    this.counted = counted;
  }

  static SchemaSizes read(
      UnityCatalog unity,
      Set<String> catalogs,
      Optional<String> schema,
      Parallel parallel,
      int width,
      Operation operation) {
    Map<SchemaName, Long> counts = new ConcurrentHashMap<>();
    Set<String> counted = ConcurrentHashMap.newKeySet();
    parallel.forEach(
        List.copyOf(catalogs),
        width,
        operation,
        catalog -> {
          try {
            counts.putAll(counts(unity, catalog, schema, operation));
            counted.add(catalog);
          } catch (ConnectionException failed) {
            if (Finality.of(failed)) {
              throw failed;
            }
          }
        });
    return new SchemaSizes(counts, counted);
  }

  private static Map<SchemaName, Long> counts(
      UnityCatalog unity, String catalog, Optional<String> schema, Operation operation) {
    Map<SchemaName, Long> counts = new HashMap<>();
    Paging.follow(
        unity.service(),
        token ->
            unity.summaries(
                catalog, schema, token, row -> row.text("full_name").orElse(""), operation),
        names -> {
          for (String name : names) {
            schema(catalog, name).ifPresent(found -> counts.merge(found, 1L, Long::sum));
          }
        },
        operation);
    return counts;
  }

  private static Optional<SchemaName> schema(String catalog, String fullName) {
    String[] parts = fullName.split("\\.", -1);
    // A table's name that holds a dot makes further parts.
    return parts.length >= 3 ? Optional.of(SchemaName.of(catalog, parts[1])) : Optional.empty();
  }

  /** {@return how many tables a schema has; empty if that isn't known} */
  OptionalLong of(SchemaName schema) {
    return counted.contains(schema.catalog().orElse(""))
        ? OptionalLong.of(counts.getOrDefault(schema, 0L))
        : OptionalLong.empty();
  }

  /** {@return how many tables some schemas have; empty if one isn't known} */
  OptionalLong sum(List<SchemaName> schemas) {
    return schemas.stream().allMatch(schema -> of(schema).isPresent())
        ? OptionalLong.of(schemas.stream().mapToLong(schema -> of(schema).getAsLong()).sum())
        : OptionalLong.empty();
  }
}
