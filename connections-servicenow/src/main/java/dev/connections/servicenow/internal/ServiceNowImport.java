package dev.connections.servicenow.internal;

import dev.connections.api.ChangeMarker;
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
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;

/** One import: the tables, then the columns of all or of a few, then each table put together. */
final class ServiceNowImport {
  /** Below a fifth of the tables, lists of names are less to read than the whole dictionary. */
  private static final int FEW = 5;

  private final TableApi api;
  private final DictionaryReader reader;
  private final ImportSelection selection;
  private final MetadataSink sink;
  private final Operation operation;
  private final DictionaryReader.Findings findings = new DictionaryReader.Findings();

  ServiceNowImport(
      TableApi api,
      DictionaryReader reader,
      ImportSelection selection,
      MetadataSink sink,
      Operation operation) {
    this.api = api;
    this.reader = reader;
    this.selection = selection;
    this.sink = sink;
    this.operation = operation;
  }

  ImportEnd run() {
    Optional<ChangeMarker> since = selection.since();
    if (since.isPresent() && since.equals(freshness().map(ChangeMarker::new))) {
      return new ImportEnd.Unchanged();
    }
    Tables tables = reader.tables(findings, operation);
    List<TableRow> wanted = selection.names().isPresent() ? named(tables) : listed(tables);
    DictionaryReader.Wanted whose =
        new DictionaryReader.Wanted(tables.names(), someOf(wanted, tables));
    if (!sink.proceed(ImportPlan.of(wanted.size(), reader.calls(whose, operation)))) {
      return new ImportEnd.Stopped();
    }
    if (whose.some().isPresent() && selection.names().isEmpty()) {
      Freshness.ask(api, DictionaryRow.ALL, operation)
          .ifPresent(part -> findings.watch(DictionaryRow.ALL, part));
    }
    if (!wanted.isEmpty()) {
      hand(wanted, new TableReader(tables, reader.dictionary(whose, findings, operation)));
    }
    findings.notices().forEach(sink::notice);
    return new ImportEnd.Done(findings.freshness(reader.watched()).map(ChangeMarker::new));
  }

  /** {@return count and newest change of each table that is watched; empty if one can't be told} */
  private Optional<String> freshness() {
    List<String> parts = new ArrayList<>();
    for (RecordQuery query : reader.watched()) {
      Optional<String> part = Freshness.ask(api, query, operation);
      if (part.isEmpty()) {
        findings.unsorted(query.table());
        return Optional.empty();
      }
      parts.add(part.get());
    }
    return Optional.of(String.join("|", parts));
  }

  private List<TableRow> named(Tables tables) {
    List<TableRow> wanted = new ArrayList<>();
    List<TableName> missing = new ArrayList<>();
    for (TableName name : new TreeSet<>(selection.names().orElse(Set.of()))) {
      Optional<TableRow> row = tables.find(name);
      if (row.isEmpty()) {
        missing.add(name);
      } else if (sink.listed(tables.info(row.get())) == MetadataSink.Decision.READ) {
        wanted.add(row.get());
      }
    }
    failed(missing, tables);
    return wanted;
  }

  /** What isn't there and what is hidden differ: one of them is deleted. */
  private void failed(List<TableName> missing, Tables tables) {
    List<String> names = missing.stream().map(TableName::table).toList();
    Set<String> hidden =
        missing.isEmpty() || tables.listing().hidden() == 0
            ? Set.of()
            : reader.hidden(names, operation);
    for (TableName name : missing) {
      sink.failed(
          name,
          hidden.contains(name.table())
              ? TableReader.hidden(name)
              : StandardFailures.notFound("table", name.display()));
    }
  }

  private List<TableRow> listed(Tables tables) {
    Set<SchemaName> included = new HashSet<>();
    for (SchemaName schema : tables.schemas()) {
      if (selection.mayInclude(schema)) {
        included.add(schema);
      }
    }
    List<TableRow> wanted = new ArrayList<>();
    for (TableRow row : tables.rows()) {
      operation.checkpoint();
      if (included.contains(tables.nameOf(row.name()).schema())
          && sink.listed(tables.info(row)) == MetadataSink.Decision.READ) {
        wanted.add(row);
      }
    }
    included.forEach(sink::listingComplete);
    return wanted;
  }

  /** {@return the tables whose columns are needed, where it is better to name them} */
  private static Optional<Set<String>> someOf(List<TableRow> wanted, Tables tables) {
    Set<String> needed = new HashSet<>();
    wanted.forEach(row -> needed.addAll(tables.line(row).names()));
    return needed.size() * FEW < tables.count() ? Optional.of(needed) : Optional.empty();
  }

  private void hand(List<TableRow> wanted, TableReader tables) {
    long done = 0;
    for (TableRow row : wanted) {
      operation.checkpoint();
      Optional<TableMetadata> metadata = tables.read(row);
      if (metadata.isPresent()) {
        sink.table(metadata.get());
      } else {
        sink.failed(tables.nameOf(row), TableReader.noColumn(row));
      }
      operation.progress().progress("reading", ++done, OptionalLong.of(wanted.size()));
    }
  }
}
