package dev.connections.core.internal.importing;

import dev.connections.api.TableName;
import dev.connections.core.importing.SchemaDrift;
import dev.connections.core.importing.TableDrift;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Counts what became of tables, and keeps the first of them. Written by one thread at a time. */
final class DriftBook {
  private final Map<TableDrift.Kind, Long> counts = new EnumMap<>(TableDrift.Kind.class);
  private final Kept<TableDrift> breaking = new Kept<>(SchemaDrift.KEPT);
  private final Kept<TableDrift> harmless = new Kept<>(SchemaDrift.KEPT);

  void add(TableName name, TableDrift.Kind kind) {
    add(TableDrift.of(name, kind));
  }

  void add(TableDrift table) {
    counts.merge(table.kind(), 1L, Long::sum);
    (table.breaking() ? breaking : harmless).add(table);
  }

  SchemaDrift since(Instant snapshot) {
    List<TableDrift> tables = new ArrayList<>(breaking.first());
    tables.addAll(harmless.first());
    tables.sort(Comparator.comparing(TableDrift::name));
    return new SchemaDrift(
        snapshot,
        count(TableDrift.Kind.ADDED),
        count(TableDrift.Kind.REMOVED),
        count(TableDrift.Kind.CHANGED),
        count(TableDrift.Kind.UNSEEN),
        breaking.count(),
        tables);
  }

  private long count(TableDrift.Kind kind) {
    return counts.getOrDefault(kind, 0L);
  }
}
