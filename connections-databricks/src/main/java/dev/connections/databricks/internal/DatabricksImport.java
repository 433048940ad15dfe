package dev.connections.databricks.internal;

import dev.connections.api.Category;
import dev.connections.api.ConnectionException;
import dev.connections.api.Failure;
import dev.connections.api.ImportEnd;
import dev.connections.api.ImportPlan;
import dev.connections.api.ImportSelection;
import dev.connections.api.MetadataSink;
import dev.connections.api.Notice;
import dev.connections.api.NoticeCode;
import dev.connections.api.Operation;
import dev.connections.api.SchemaName;
import dev.connections.api.Section;
import dev.connections.api.TableInfo;
import dev.connections.api.TableMetadata;
import dev.connections.api.TableName;
import dev.connections.databricks.internal.FactsRelation.Topic;
import dev.connections.http.JsonObject;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * One import: what a whole catalog says by statements first, where a warehouse is there; then the
 * schemas in parallel, the pages of each one after the other, and very large schemas in slices.
 */
final class DatabricksImport {
  /** The service's own size of a page; it is used for the plan alone. */
  private static final int PAGE = 50;

  private final Catalogs catalogs;
  private final UnityCatalog unity;
  private final ReadingSettings settings;
  private final Optional<WarehouseStatements> warehouse;
  private final ImportSelection selection;
  private final MetadataSink sink;
  private final Operation operation;
  private final Intake intake;
  private final ExternalLocations locations;
  private final SchemaObjects objects;

  DatabricksImport(
      Catalogs catalogs,
      ReadingSettings settings,
      Optional<WarehouseStatements> warehouse,
      ImportSelection selection,
      MetadataSink sink,
      Operation operation) {
    this.catalogs = catalogs;
    this.unity = catalogs.unity();
    this.settings = settings;
    this.warehouse = warehouse;
    this.selection = selection;
    this.sink = sink;
    this.operation = operation;
    this.intake = new Intake(selection, sink, operation);
    this.locations = new ExternalLocations(unity, operation);
    this.objects = new SchemaObjects(unity, operation);
  }

  ImportEnd run() {
    return selection.names().isPresent() ? named(selection.names().get()) : everything();
  }

  private ImportEnd named(Set<TableName> names) {
    if (!sink.proceed(ImportPlan.of(names.size(), names.size()))) {
      return new ImportEnd.Stopped();
    }
    TableReader reader = new TableReader(CatalogFacts.NONE, locations::of);
    settings
        .parallel()
        .forEach(
            List.copyOf(new TreeSet<>(names)),
            settings.width(),
            operation,
            name -> named(name, reader));
    return ImportEnd.Done.unmarked();
  }

  private void named(TableName name, TableReader reader) {
    TableMetadata metadata;
    try {
      catalogs.check(name.schema());
      metadata = find(name, reader);
    } catch (ConnectionException failed) {
      if (Finality.of(failed)) {
        throw failed;
      }
      sink.failed(name, failed.failure());
      return;
    }
    if (intake.listed(metadata.info())) {
      intake.take(metadata);
    }
  }

  private TableMetadata find(TableName name, TableReader reader) {
    try {
      JsonObject json = unity.table(name, operation);
      TableInfo info = TableReader.info(name.schema(), json).orElseThrow(unity::malformed);
      return reader.metadata(info, json);
    } catch (ConnectionException failed) {
      if (failed.category() != Category.NOT_FOUND || !settings.objects()) {
        throw failed;
      }
      return objects.find(name).orElseThrow(() -> failed);
    }
  }

  private ImportEnd everything() {
    Catalogs.Listing listing = catalogs.list(operation);
    List<SchemaName> schemas =
        listing.schemas().stream()
            .map(schema -> schema.name())
            .filter(selection::mayInclude)
            .toList();
    listing.notices().forEach(sink::notice);
    Map<String, List<SchemaName>> byCatalog =
        schemas.stream()
            .collect(
                Collectors.groupingBy(
                    name -> name.catalog().orElse(""), TreeMap::new, Collectors.toList()));
    SchemaSizes sizes =
        SchemaSizes.read(
            unity,
            byCatalog.keySet(),
            catalogs.schema(),
            settings.parallel(),
            settings.width(),
            operation);
    Set<Topic> topics = topics();
    Optional<Failure> unready =
        schemas.isEmpty() ? Optional.empty() : warehouse.flatMap(this::unready);
    Optional<WarehouseStatements> usable =
        schemas.isEmpty() || unready.isPresent()
            ? Optional.empty()
            : warehouse.map(it -> it.limited(settings.statements(unity, operation)));
    List<SchemaName> sliced =
        schemas.stream().filter(schema -> usable.isPresent() && isLarge(sizes, schema)).toList();
    if (usable.isEmpty()) {
      schemas.stream()
          .filter(schema -> isLarge(sizes, schema))
          .forEach(schema -> sink.notice(serial(schema, sizes.of(schema).orElse(0))));
    }
    if (!sink.proceed(plan(schemas, sizes, usable.isPresent() ? topics : Set.of(), sliced))) {
      return new ImportEnd.Stopped();
    }
    CatalogFacts facts = facts(byCatalog, topics, usable, unready);
    read(schemas, sizes, sliced, usable, facts);
    locations.failure().ifPresent(failure -> sink.notice(withoutLocations(failure)));
    return ImportEnd.Done.unmarked();
  }

  /** Whatever is wrong with the warehouse, the lists can still be read. */
  private Optional<Failure> unready(WarehouseStatements statements) {
    try {
      return statements.unready(operation);
    } catch (ConnectionException failed) {
      if (Finality.of(failed)) {
        throw failed;
      }
      return Optional.of(failed.failure());
    }
  }

  private Set<Topic> topics() {
    Set<Topic> topics = EnumSet.noneOf(Topic.class);
    if (intake.wants(Section.KEYS) || intake.wants(Section.FOREIGN_KEYS)) {
      topics.add(Topic.KEYS);
    }
    if (intake.wants(Section.PROPERTIES)) {
      topics.add(Topic.TAGS);
      if (settings.lineageSince().isPresent()) {
        topics.add(Topic.LINEAGE);
      }
    }
    return topics;
  }

  private boolean isLarge(SchemaSizes sizes, SchemaName schema) {
    return sizes.of(schema).orElse(0) >= settings.sliceFrom();
  }

  private ImportPlan plan(
      List<SchemaName> schemas, SchemaSizes sizes, Set<Topic> topics, List<SchemaName> sliced) {
    long calls = 0;
    for (SchemaName schema : schemas) {
      calls += sliced.contains(schema) ? 4 : 1 + sizes.of(schema).orElse(0) / PAGE;
      calls += settings.objects() ? SchemaObject.values().length : 0;
    }
    for (FactsRelation relation : FactsRelation.values()) {
      calls += topics.contains(relation.topic()) ? 2 : 0;
    }
    return new ImportPlan(
        sizes.sum(schemas), OptionalLong.of(calls), Optional.empty(), Optional.empty());
  }

  private static Notice serial(SchemaName schema, long tables) {
    return Notice.of(
            NoticeCode.LARGE,
            new Notice.Scope.Schema(schema),
            "The schema has "
                + tables
                + " tables. Its pages come one after the other, which takes long.")
        .withRemedy("With a SQL warehouse that runs, such a schema is read several times as fast.");
  }

  private CatalogFacts facts(
      Map<String, List<SchemaName>> catalogs,
      Set<Topic> topics,
      Optional<WarehouseStatements> usable,
      Optional<Failure> unready) {
    if (topics.isEmpty() || catalogs.isEmpty()) {
      return CatalogFacts.NONE;
    }
    if (usable.isEmpty()) {
      sink.notice(withoutWarehouse(topics, unready));
      return CatalogFacts.NONE;
    }
    FactsReader.Read read =
        new FactsReader(
                usable.get(),
                settings.parallel(),
                settings.width(),
                settings.lineageSince().orElse(LocalDate.EPOCH),
                operation)
            .read(catalogs, topics);
    read.notices().forEach(sink::notice);
    return read.facts();
  }

  private static Notice withoutWarehouse(Set<Topic> topics, Optional<Failure> unready) {
    String what = topics.stream().map(Topic::words).collect(Collectors.joining(", "));
    String reason =
        unready
            .map(Failure::message)
            .orElse("Lists don't carry them, and the connection names no SQL warehouse.");
    String remedy =
        unready
            .flatMap(Failure::remedy)
            .orElse("Enter a warehouse's id, or import the tables whose keys you need by name.");
    return FactsReader.notLoaded(what + " weren't read. " + reason, remedy);
  }

  private static Notice withoutLocations(Failure failure) {
    return FactsReader.notLoaded(
        "External locations weren't read. " + failure.message(),
        failure.remedy().orElse("Try again."));
  }

  private void read(
      List<SchemaName> schemas,
      SchemaSizes sizes,
      List<SchemaName> sliced,
      Optional<WarehouseStatements> usable,
      CatalogFacts facts) {
    SchemaPages pages =
        new SchemaPages(unity, new TableReader(facts, locations::of), intake, operation);
    List<SchemaName> byPages = new ArrayList<>(schemas);
    for (SchemaName schema : sliced) {
      SlicedSchema slices =
          new SlicedSchema(
              usable.orElseThrow(),
              settings.parallel(),
              settings.width(),
              facts,
              intake,
              operation);
      Optional<Set<String>> names = slices.read(schema, sizes.of(schema).orElse(0));
      if (names.isPresent()) {
        byPages.remove(schema);
        sink.notice(sliced(schema));
        complete(schema, names.get());
      } else {
        sink.notice(serial(schema, sizes.of(schema).orElse(0)));
      }
    }
    // The largest first: its pages are the longest chain.
    byPages.sort(
        Comparator.comparingLong((SchemaName schema) -> -sizes.of(schema).orElse(0))
            .thenComparing(Comparator.naturalOrder()));
    settings
        .parallel()
        .forEach(byPages, settings.width(), operation, schema -> read(schema, pages));
  }

  private Notice sliced(SchemaName schema) {
    return Notice.of(
            NoticeCode.NOT_LOADED,
            new Notice.Scope.Schema(schema),
            "Properties, partitions, tags, lineage and row counts weren't read: the schema is so large that"
                + " it was read from information_schema.")
        .withRemedy("Raise \"" + DatabricksFields.SLICE_FROM.label() + "\" to read it by pages.");
  }

  private void read(SchemaName schema, SchemaPages pages) {
    Set<String> names;
    try {
      names = pages.read(schema);
    } catch (ConnectionException failed) {
      if (Finality.of(failed)) {
        throw failed;
      }
      sink.listingFailed(schema, failed.failure());
      return;
    }
    complete(schema, names);
  }

  private void complete(SchemaName schema, Set<String> names) {
    if (settings.objects()) {
      try {
        objects.read(schema, names, intake);
      } catch (ConnectionException failed) {
        if (Finality.of(failed)) {
          throw failed;
        }
        sink.listingFailed(schema, failed.failure());
        return;
      }
    }
    sink.listingComplete(schema);
  }
}
