package dev.connections.mssql.internal;

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
import java.util.Set;
import java.util.TreeSet;

/** One import: lists, asks which tables are wanted, and reads those. */
final class MssqlImport {
  /** As many statements as reading takes after the listing, at most. */
  private static final int READING_CALLS = 7;

  private final Catalog catalog;
  private final ImportSelection selection;
  private final MetadataSink sink;
  private final Operation operation;
  private final Gaps gaps;
  private final List<TableRow> wanted = new ArrayList<>();

  MssqlImport(Catalog catalog, ImportSelection selection, MetadataSink sink, Operation operation) {
    this.catalog = catalog;
    this.selection = selection;
    this.sink = sink;
    this.operation = operation;
    this.gaps = catalog.gaps(operation);
  }

  ImportEnd run() {
    if (selection.names().isPresent()) {
      listNamed(selection.names().get());
    } else {
      listAll();
    }
    if (!sink.proceed(ImportPlan.of(wanted.size(), wanted.isEmpty() ? 0 : READING_CALLS))) {
      return new ImportEnd.Stopped();
    }
    catalog.read(
        wanted,
        selection.sections(),
        new TableReader.Receiver() {
          @Override
          public void table(TableMetadata table) {
            sink.table(table);
          }

          @Override
          public void failed(TableRow table) {
            sink.failed(table.info().name(), table.dropped());
          }
        },
        gaps,
        operation);
    gaps.notices().forEach(sink::notice);
    return ImportEnd.Done.unmarked();
  }

  private void listNamed(Set<TableName> names) {
    Map<TableName, TableRow> found = catalog.find(names, gaps);
    for (TableName name : new TreeSet<>(names)) {
      TableRow table = found.get(name);
      if (table == null) {
        sink.failed(name, StandardFailures.notFound("table", name.display()));
      } else {
        listed(table);
      }
    }
  }

  private void listed(TableRow table) {
    if (sink.listed(table.info()) == MetadataSink.Decision.READ) {
      wanted.add(table);
    }
  }

  private void listAll() {
    Map<SchemaName, List<TableRow>> bySchema = new LinkedHashMap<>();
    catalog.schemas(gaps).stream()
        .filter(schema -> selection.mayInclude(schema.name()))
        .forEach(schema -> bySchema.put(schema.name(), new ArrayList<>()));
    if (bySchema.isEmpty()) {
      return;
    }
    for (TableRow table : catalog.tables(gaps)) {
      List<TableRow> tables = bySchema.get(table.info().name().schema());
      if (tables != null) {
        tables.add(table);
      }
    }
    catalog.rights(operation).filter(Rights::hides).map(Rights::hidden).ifPresent(sink::notice);
    bySchema.forEach(
        (schema, tables) -> {
          operation.checkpoint();
          tables.forEach(this::listed);
          sink.listingComplete(schema);
        });
  }
}
