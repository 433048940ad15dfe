package dev.connections.jdbc;

import dev.connections.api.ImportEnd;
import dev.connections.api.ImportPlan;
import dev.connections.api.ImportSelection;
import dev.connections.api.MetadataSink;
import dev.connections.api.Operation;
import dev.connections.api.SchemaName;
import dev.connections.api.StandardFailures;
import dev.connections.api.TableMetadata;
import dev.connections.api.TableName;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;

/** One import: lists, asks which tables are wanted, and reads those. Used once, by one thread. */
final class CatalogImport<T extends ListedTable> {
  private final RelationalCatalog<T> catalog;
  private final CatalogBrowsing<T> browsing;
  private final ImportSelection selection;
  private final MetadataSink sink;
  private final Operation operation;
  private final List<T> wanted = new ArrayList<>();

  CatalogImport(
      RelationalCatalog<T> catalog,
      CatalogBrowsing<T> browsing,
      ImportSelection selection,
      MetadataSink sink,
      Operation operation) {
    this.catalog = catalog;
    this.browsing = browsing;
    this.selection = selection;
    this.sink = sink;
    this.operation = operation;
  }

  ImportEnd run() {
    if (selection.names().isPresent()) {
      listNamed(selection.names().get());
    } else {
      listAll();
    }
    int calls = wanted.isEmpty() ? 0 : catalog.readingCalls();
    if (!sink.proceed(ImportPlan.of(wanted.size(), calls))) {
      return new ImportEnd.Stopped();
    }
    CatalogTables.read(catalog, wanted, selection.sections(), new Booking(), operation)
        .forEach(sink::notice);
    return ImportEnd.Done.unmarked();
  }

  /** Hands over each table, and says how far the reading is. */
  private final class Booking implements RelationalCatalog.Receiver<T> {
    private long done;

    @Override
    public void table(TableMetadata table) {
      sink.table(table);
      progress();
    }

    @Override
    public void dropped(T table) {
      sink.failed(table.info().name(), table.dropped());
      progress();
    }

    private void progress() {
      done++;
      operation.progress().progress("reading", done, OptionalLong.of(wanted.size()));
    }
  }

  private void listNamed(Set<TableName> names) {
    Map<TableName, T> found = browsing.find(names, operation);
    for (TableName name : new TreeSet<>(names)) {
      T table = found.get(name);
      if (table == null) {
        sink.failed(name, StandardFailures.notFound("table", name.display()));
      } else {
        listed(table);
      }
    }
  }

  private void listed(T table) {
    if (sink.listed(table.info()) == MetadataSink.Decision.READ) {
      wanted.add(table);
    }
  }

  private void listAll() {
    Map<SchemaName, List<T>> bySchema = new LinkedHashMap<>();
    browsing.schemas(operation).stream()
        .filter(schema -> selection.mayInclude(schema.name()))
        .forEach(schema -> bySchema.put(schema.name(), new ArrayList<>()));
    List<T> hidden = new ArrayList<>();
    for (T table : catalog.tables(operation)) {
      SchemaName schema = table.info().name().schema();
      if (!table.visible() && selection.mayInclude(schema)) {
        hidden.add(table);
      } else if (bySchema.containsKey(schema)) {
        bySchema.get(schema).add(table);
      }
    }
    // First, so that nobody takes a table whose right was taken away for a dropped one.
    catalog.hidden(hidden, operation).forEach(sink::notice);
    bySchema.forEach(
        (schema, tables) -> {
          operation.checkpoint();
          tables.forEach(this::listed);
          sink.listingComplete(schema);
        });
  }
}
