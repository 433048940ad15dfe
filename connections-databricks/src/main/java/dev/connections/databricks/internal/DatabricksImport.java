package dev.connections.databricks.internal;

import dev.connections.api.ConnectionException;
import dev.connections.api.ImportEnd;
import dev.connections.api.ImportPlan;
import dev.connections.api.ImportSelection;
import dev.connections.api.MetadataSink;
import dev.connections.api.Notice;
import dev.connections.api.NoticeCode;
import dev.connections.api.Operation;
import dev.connections.api.SchemaName;
import dev.connections.databricks.internal.FactsRelation.Topic;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * One import: what a whole catalog says by statements first, where a warehouse is there; then the
 * schemas in parallel, the pages of each one after the other, and very large schemas in slices.
 */
final class DatabricksImport {
  /** The service's own size of a page; it is used for the plan alone. */
  private static final int PAGE = 50;

  /** A statement is submitted and asked for once, if it is done soon. */
  static final int STATEMENT = 2;

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
    return selection
        .names()
        .map(names -> new NamedTables(catalogs, settings, warehouse, intake, operation).read(names))
        .orElseGet(this::everything);
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
    Set<Topic> topics = ImportFacts.topics(intake::wants, settings);
    ImportFacts statements =
        schemas.isEmpty()
            ? ImportFacts.none(settings, operation)
            : ImportFacts.by(warehouse, unity, settings, operation);
    Optional<WarehouseStatements> usable = statements.statements();
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
    FactsReader.Read read = statements.ofCatalogs(byCatalog, topics);
    read.notices().forEach(sink::notice);
    CatalogFacts facts = read.facts();
    read(schemas, sizes, sliced, usable, facts);
    locations.notices().forEach(sink::notice);
    return ImportEnd.Done.unmarked();
  }

  private boolean isLarge(SchemaSizes sizes, SchemaName schema) {
    return sizes.of(schema).orElse(0) >= settings.sliceFrom();
  }

  private ImportPlan plan(
      List<SchemaName> schemas, SchemaSizes sizes, Set<Topic> topics, List<SchemaName> sliced) {
    long calls = 0;
    for (SchemaName schema : schemas) {
      long tables = sizes.of(schema).orElse(0);
      calls += sliced.contains(schema) ? SlicedSchema.calls(tables, settings) : 1 + tables / PAGE;
      calls += settings.objects() ? SchemaObject.values().length : 0;
    }
    long catalogs = schemas.stream().map(SchemaName::catalog).distinct().count();
    for (FactsRelation relation : FactsRelation.values()) {
      calls += topics.contains(relation.topic()) ? catalogs * STATEMENT : 0;
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
              unity, usable.orElseThrow(), settings, facts, locations::of, intake, operation);
      Optional<Set<String>> names = slices.read(schema, sizes.of(schema).orElse(0));
      if (names.isPresent()) {
        byPages.remove(schema);
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
