package dev.connections.http;

import dev.connections.api.ChangeMarker;
import dev.connections.api.Failure;
import dev.connections.api.ImportEnd;
import dev.connections.api.ImportPlan;
import dev.connections.api.ImportSelection;
import dev.connections.api.MetadataSink;
import dev.connections.api.Operation;
import dev.connections.api.SchemaName;
import dev.connections.api.TableInfo;
import dev.connections.api.TableMetadata;
import dev.connections.api.TableName;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;

/**
 * One import: whether anything changed, then the list, which of it is wanted, and those tables.
 * Used once, by one thread.
 */
final class ServiceImport<L extends TableList> {
  private final ServiceCatalog<L> catalog;
  private final ImportSelection selection;
  private final MetadataSink sink;
  private final Operation operation;
  private final Findings findings = new Findings();

  ServiceImport(
      ServiceCatalog<L> catalog,
      ImportSelection selection,
      MetadataSink sink,
      Operation operation) {
    this.catalog = catalog;
    this.selection = selection;
    this.sink = sink;
    this.operation = operation;
  }

  ImportEnd run() {
    Optional<ChangeMarker> since = selection.since();
    if (since.isPresent() && since.equals(catalog.state(findings, operation))) {
      return new ImportEnd.Unchanged();
    }
    L list = catalog.list(findings, operation);
    boolean named = selection.names().isPresent();
    ServiceCatalog.Wanted wanted =
        new ServiceCatalog.Wanted(
            named ? named(list, selection.names().orElseThrow()) : listed(list), named);
    ImportPlan plan = ImportPlan.of(wanted.tables().size(), catalog.calls(list, wanted, operation));
    if (!sink.proceed(plan)) {
      return new ImportEnd.Stopped();
    }
    if (!wanted.tables().isEmpty()) {
      catalog.read(list, wanted, findings, new Booking(wanted.tables().size()), operation);
    }
    findings.notices().forEach(sink::notice);
    return new ImportEnd.Done(catalog.stateRead(findings));
  }

  private List<TableInfo> named(L list, Set<TableName> names) {
    List<TableInfo> wanted = new ArrayList<>();
    List<TableName> missing = new ArrayList<>();
    for (TableName name : new TreeSet<>(names)) {
      Optional<TableInfo> table = list.find(name);
      if (table.isEmpty()) {
        missing.add(name);
      } else if (sink.listed(table.get()) == MetadataSink.Decision.READ) {
        wanted.add(table.get());
      }
    }
    if (!missing.isEmpty()) {
      List<Failure> why = catalog.missing(list, missing, operation);
      for (int i = 0; i < missing.size(); i++) {
        sink.failed(missing.get(i), why.get(i));
      }
    }
    return wanted;
  }

  private List<TableInfo> listed(L list) {
    Set<SchemaName> included = new HashSet<>(list.schemas());
    included.removeIf(schema -> !selection.mayInclude(schema));
    List<TableInfo> wanted = new ArrayList<>();
    for (TableInfo table : list.tables()) {
      operation.checkpoint();
      if (included.contains(table.name().schema())
          && sink.listed(table) == MetadataSink.Decision.READ) {
        wanted.add(table);
      }
    }
    included.forEach(sink::listingComplete);
    return wanted;
  }

  /** Hands over each table, and says how far the reading is. */
  private final class Booking implements ServiceCatalog.Receiver {
    private final long all;
    private long done;

    Booking(long all) {
      this.all = all;
    }

    @Override
    public void table(TableMetadata table) {
      sink.table(table);
      progress();
    }

    @Override
    public void failed(TableName table, Failure why) {
      sink.failed(table, why);
      progress();
    }

    private void progress() {
      operation.checkpoint();
      operation.progress().progress("reading", ++done, OptionalLong.of(all));
    }
  }
}
