package dev.connections.databricks.internal;

import dev.connections.api.ConnectionException;
import dev.connections.api.Failure;
import dev.connections.api.ImportEnd;
import dev.connections.api.ImportPlan;
import dev.connections.api.ImportSelection;
import dev.connections.api.MetadataSink;
import dev.connections.api.Notice;
import dev.connections.api.NoticeCode;
import dev.connections.api.Operation;
import dev.connections.api.Parallel;
import dev.connections.api.SchemaInfo;
import dev.connections.api.SchemaName;
import dev.connections.api.Section;
import dev.connections.api.TableInfo;
import dev.connections.api.TableMetadata;
import dev.connections.api.TableName;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * One import of {@code hive_metastore}: names first, which cost two statements for each schema,
 * then one statement for each table, some of them at a time. How many these are is said before.
 */
final class HiveImport {
  private final HiveMetastore metastore;
  private final Parallel parallel;
  private final int width;
  private final ImportSelection selection;
  private final MetadataSink sink;
  private final Operation operation;
  private final AtomicLong read = new AtomicLong();

  HiveImport(
      HiveMetastore metastore,
      Parallel parallel,
      int width,
      ImportSelection selection,
      MetadataSink sink,
      Operation operation) {
    this.metastore = metastore;
    this.parallel = parallel;
    this.width = width;
    this.selection = selection;
    this.sink = sink;
    this.operation = operation;
  }

  ImportEnd run() {
    return selection.names().isPresent() ? named(selection.names().get()) : everything();
  }

  private ImportEnd named(Set<TableName> names) {
    if (!sink.proceed(ImportPlan.of(names.size(), names.size()))) {
      return new ImportEnd.Stopped();
    }
    parallel.forEach(List.copyOf(new TreeSet<>(names)), width, operation, this::named);
    return ImportEnd.Done.unmarked();
  }

  private void named(TableName name) {
    TableMetadata metadata;
    try {
      metadata = metastore.table(name, operation);
    } catch (ConnectionException failed) {
      sink.failed(name, bearable(failed));
      return;
    }
    if (sink.listed(metadata.info()) == MetadataSink.Decision.READ) {
      tell(metadata);
    }
  }

  private ImportEnd everything() {
    HiveMetastore.Listing<SchemaInfo> all = metastore.schemas(operation);
    List<SchemaName> schemas =
        all.items().stream().map(SchemaInfo::name).filter(selection::mayInclude).toList();
    all.notices().forEach(sink::notice);
    Map<SchemaName, HiveMetastore.Listing<TableInfo>> listed = new ConcurrentHashMap<>();
    Map<SchemaName, Failure> failures = new ConcurrentHashMap<>();
    parallel.forEach(
        schemas,
        width,
        operation,
        schema -> {
          try {
            listed.put(schema, metastore.tables(schema, operation));
          } catch (ConnectionException failed) {
            failures.put(schema, bearable(failed));
          }
        });
    long tables = listed.values().stream().mapToLong(each -> each.items().size()).sum();
    new TreeMap<>(failures).forEach(sink::listingFailed);
    if (!sink.proceed(ImportPlan.of(tables, tables))) {
      return new ImportEnd.Stopped();
    }
    if (tables > 0) {
      keysAreUnknown();
    }
    List<TableInfo> wanted = new ArrayList<>();
    new TreeMap<>(listed)
        .forEach(
            (schema, found) -> {
              found.notices().forEach(sink::notice);
              found.items().stream()
                  .filter(info -> sink.listed(info) == MetadataSink.Decision.READ)
                  .forEach(wanted::add);
              sink.listingComplete(schema);
            });
    parallel.forEach(wanted, width, operation, this::describe);
    return ImportEnd.Done.unmarked();
  }

  private void keysAreUnknown() {
    if (selection.sections().contains(Section.KEYS)
        || selection.sections().contains(Section.FOREIGN_KEYS)) {
      sink.notice(
          Notice.of(
              NoticeCode.NOT_LOADED,
              new Notice.Scope.Source(),
              "Keys and references weren't read: hive_metastore doesn't describe them."));
    }
  }

  private void describe(TableInfo info) {
    TableMetadata metadata;
    try {
      metadata = metastore.table(info.name(), operation);
    } catch (ConnectionException failed) {
      sink.failed(info.name(), bearable(failed));
      return;
    }
    tell(metadata);
  }

  private void tell(TableMetadata metadata) {
    Set<Section> wanted = EnumSet.of(Section.COLUMNS);
    wanted.addAll(selection.sections());
    sink.table(metadata.only(wanted));
    operation.progress().progress("reading", read.incrementAndGet(), OptionalLong.empty());
  }

  /** {@return the failure of one table or schema; what would meet each of them is thrown} */
  private static Failure bearable(ConnectionException failed) {
    if (Finality.ofStatements(failed)) {
      throw failed;
    }
    return failed.failure();
  }
}
