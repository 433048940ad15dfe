package dev.connections.core.internal.importing;

import dev.connections.api.SchemaName;
import dev.connections.api.TableName;
import dev.connections.core.importing.ImportLedger;
import dev.connections.core.importing.Relationships;
import dev.connections.core.importing.SchemaListing;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Every schema and table of a run. It is written by one thread at a time; the counts, and which
 * schemas are included, may be read and noted at any time.
 */
final class Ledger {
  private final ConcurrentMap<SchemaName, SchemaEntry> schemas = new ConcurrentHashMap<>();
  private final AtomicLong listed = new AtomicLong();
  private final AtomicLong imported = new AtomicLong();
  private final AtomicLong failed = new AtomicLong();
  private final AtomicLong excluded = new AtomicLong();
  private final AtomicLong unchanged = new AtomicLong();

  SchemaEntry schema(SchemaName name) {
    return schemas.computeIfAbsent(name, key -> new SchemaEntry());
  }

  /** Notes that tables of a schema may be wanted. */
  void include(SchemaName name) {
    schema(name).included = true;
  }

  Optional<TableEntry> find(TableName name) {
    SchemaEntry schema = schemas.get(name.schema());
    return schema == null ? Optional.empty() : Optional.ofNullable(schema.tables.get(name.table()));
  }

  /** {@return the entry of a table, made if need be} */
  TableEntry at(TableName name) {
    return schema(name.schema()).tables.computeIfAbsent(name.table(), key -> new TableEntry());
  }

  /** Books a table that wasn't known before; its outcome is due. */
  void list(TableName name, TableEntry entry) {
    listed.incrementAndGet();
    schema(name.schema()).listed++;
    entry.state = TableEntry.State.OPEN;
  }

  /** Books how an open table ended. */
  void end(TableName name, TableEntry entry, TableEntry.State outcome) {
    entry.state = outcome;
    switch (outcome) {
      case IMPORTED -> imported.incrementAndGet();
      case FAILED -> failed.incrementAndGet();
      case EXCLUDED -> {
        schema(name.schema()).excluded++;
        excluded.incrementAndGet();
      }
      case UNCHANGED -> unchanged.incrementAndGet();
      default -> throw new IllegalArgumentException("no outcome: " + outcome);
    }
  }

  long listed() {
    return listed.get();
  }

  long imported() {
    return imported.get();
  }

  long failed() {
    return failed.get();
  }

  long excluded() {
    return excluded.get();
  }

  long unchanged() {
    return unchanged.get();
  }

  /** {@return how many tables were answered by the adapter} */
  long answered() {
    return imported() + failed();
  }

  /** {@return how many tables are wanted, whether they are answered or not} */
  long wanted() {
    return listed() - excluded() - unchanged();
  }

  ImportLedger counts() {
    return new ImportLedger(listed(), imported(), failed(), excluded(), unchanged());
  }

  /** {@return the tables whose answer is still due, in the order of their names} */
  List<TableName> open() {
    return schemas.entrySet().stream()
        .flatMap(
            schema ->
                schema.getValue().tables.entrySet().stream()
                    .filter(table -> table.getValue().state == TableEntry.State.OPEN)
                    .map(table -> schema.getKey().table(table.getKey())))
        .sorted()
        .toList();
  }

  /** {@return how the listing of the included schemas went, in the order of their names} */
  List<SchemaListing> listings() {
    return schemas.entrySet().stream()
        .filter(schema -> schema.getValue().included)
        .sorted(Map.Entry.comparingByKey())
        .map(schema -> schema.getValue().listing(schema.getKey()))
        .toList();
  }

  /**
   * {@return whether a schema was listed to its end} One that isn't there was, if there are others
   * and each of them was.
   */
  boolean wasListed(SchemaName name) {
    SchemaEntry schema = schemas.get(name);
    if (schema != null && schema.included) {
      return schema.listing(name).complete();
    }
    List<SchemaListing> all = listings();
    return !all.isEmpty() && all.stream().allMatch(SchemaListing::complete);
  }

  /** {@return where the foreign keys lead to, as far as it is known now} */
  Relationships relationships() {
    long inside = 0;
    long outside = 0;
    for (SchemaEntry schema : schemas.values()) {
      for (TableEntry table : schema.tables.values()) {
        if (table.isWanted()) {
          inside += table.references;
        } else {
          outside += table.references;
        }
      }
    }
    return new Relationships(inside, outside);
  }
}
