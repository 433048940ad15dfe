package dev.connections.databricks.internal;

import dev.connections.api.Category;
import dev.connections.api.ConnectionException;
import dev.connections.api.ImportEnd;
import dev.connections.api.ImportPlan;
import dev.connections.api.ImportSelection;
import dev.connections.api.MetadataSink;
import dev.connections.api.Notice;
import dev.connections.api.NoticeCode;
import dev.connections.api.Operation;
import dev.connections.api.Parallel;
import dev.connections.api.SchemaName;
import dev.connections.api.Section;
import dev.connections.api.StandardErrorCode;
import dev.connections.api.TableInfo;
import dev.connections.api.TableMetadata;
import dev.connections.api.TableName;
import dev.connections.databricks.UnityCatalogTable;
import dev.connections.http.HttpErrorCode;
import dev.connections.http.JsonObject;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicLong;

/** One import: the schemas in parallel, the pages of each one after the other. */
final class DatabricksImport {
  /** After these nothing else would be answered either. */
  private static final Set<Category> FINAL =
      EnumSet.of(
          Category.AUTHENTICATION,
          Category.CANCELLED,
          Category.CONFIGURATION,
          Category.TLS,
          Category.UNREACHABLE,
          Category.INTERNAL);

  private final Catalogs catalogs;
  private final UnityCatalog unity;
  private final Parallel parallel;
  private final int width;
  private final ImportSelection selection;
  private final MetadataSink sink;
  private final Operation operation;
  private final AtomicLong read = new AtomicLong();

  DatabricksImport(
      Catalogs catalogs,
      Parallel parallel,
      int width,
      ImportSelection selection,
      MetadataSink sink,
      Operation operation) {
    this.catalogs = catalogs;
    this.unity = catalogs.unity();
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
    JsonObject json;
    try {
      catalogs.check(name.schema());
      json = unity.table(name, operation);
    } catch (ConnectionException failed) {
      if (FINAL.contains(failed.category())) {
        throw failed;
      }
      sink.failed(name, failed.failure());
      return;
    }
    offer(name.schema(), json);
  }

  private ImportEnd everything() {
    Catalogs.Listing listing = catalogs.list(operation);
    List<SchemaName> schemas =
        listing.schemas().stream()
            .map(schema -> schema.name())
            .filter(selection::mayInclude)
            .toList();
    listing.notices().forEach(sink::notice);
    if (!sink.proceed(
        new ImportPlan(
            OptionalLong.empty(),
            OptionalLong.of(schemas.size()),
            Optional.empty(),
            Optional.empty()))) {
      return new ImportEnd.Stopped();
    }
    if (!schemas.isEmpty()
        && (selection.sections().contains(Section.KEYS)
            || selection.sections().contains(Section.FOREIGN_KEYS))) {
      sink.notice(
          Notice.of(
                  NoticeCode.NOT_LOADED,
                  new Notice.Scope.Source(),
                  "Keys and references weren't read: lists of Unity Catalog don't carry them.")
              .withRemedy("Import the tables that need them by name."));
    }
    parallel.forEach(schemas, width, operation, this::schema);
    return ImportEnd.Done.unmarked();
  }

  private void schema(SchemaName schema) {
    Set<String> tokens = new HashSet<>();
    Optional<String> token = Optional.empty();
    long browseOnly = 0;
    do {
      operation.checkpoint();
      UnityCatalog.Part<JsonObject> page;
      try {
        page = unity.tables(schema, token, row -> row, operation);
        if (page.next().filter(next -> !tokens.add(next)).isPresent()) {
          throw unity.service().failures().of(HttpErrorCode.PAGE_REPEATED).asException();
        }
      } catch (ConnectionException failed) {
        if (FINAL.contains(failed.category())) {
          throw failed;
        }
        sink.listingFailed(schema, failed.failure());
        return;
      }
      for (JsonObject table : page.rows()) {
        browseOnly += offer(schema, table) ? 1 : 0;
      }
      token = page.next();
    } while (token.isPresent());
    if (browseOnly > 0) {
      sink.notice(browseOnly(schema, browseOnly));
    }
    sink.listingComplete(schema);
  }

  /** {@return whether the table may only be browsed} */
  private boolean offer(SchemaName schema, JsonObject json) {
    Optional<TableInfo> info = TableReader.info(schema, json);
    if (info.isEmpty() || sink.listed(info.get()) != MetadataSink.Decision.READ) {
      return false;
    }
    TableMetadata metadata = TableReader.metadata(info.get(), json);
    Set<Section> wanted = EnumSet.of(Section.COLUMNS);
    wanted.addAll(selection.sections());
    sink.table(metadata.only(wanted));
    operation.progress().progress("reading", read.incrementAndGet(), OptionalLong.empty());
    return metadata.extension(UnityCatalogTable.class).orElseThrow().browseOnly();
  }

  static Notice browseOnly(SchemaName schema, long tables) {
    return Notice.of(
            StandardErrorCode.PERMISSION_DENIED,
            new Notice.Scope.Schema(schema),
            "The login may browse "
                + tables
                + (tables == 1 ? " table" : " tables")
                + " and not read rows.")
        .withRemedy("Ask the owner for SELECT if rows are needed.");
  }
}
