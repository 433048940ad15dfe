package dev.connections.databricks.internal;

import dev.connections.api.AdapterContext;
import dev.connections.api.Configuration;
import dev.connections.api.ConnectionAdapter;
import dev.connections.api.ImportEnd;
import dev.connections.api.ImportSelection;
import dev.connections.api.MetadataSink;
import dev.connections.api.Operation;
import dev.connections.api.Page;
import dev.connections.api.RowPreview;
import dev.connections.api.SchemaInfo;
import dev.connections.api.StatementRunner;
import dev.connections.api.TableInfo;
import dev.connections.api.TableMetadata;
import dev.connections.api.TableName;
import dev.connections.api.TableQuery;
import dev.connections.api.TestResult;
import dev.connections.databricks.CatalogWriter;
import dev.connections.databricks.ComputeStatus;
import dev.connections.http.HttpService;
import dev.connections.jdbc.SqlAccess;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** One Databricks workspace. Safe for any thread. */
final class DatabricksAdapter implements ConnectionAdapter {
  private final Configuration configuration;
  private final HttpService service;
  private final UnityCatalog unity;
  private final Catalogs catalogs;
  private final ReadingSettings settings;
  private final Optional<ConfiguredCompute> compute;
  private final Optional<WorkspaceSql> sql;
  private final Optional<WarehouseStatements> warehouse;

  DatabricksAdapter(Configuration configuration, AdapterContext context) {
    this.configuration = configuration;
    this.service = Workspace.open(configuration, context);
    this.unity = new UnityCatalog(service);
    this.catalogs =
        new Catalogs(
            unity,
            configuration.find(DatabricksFields.CATALOG),
            configuration.find(DatabricksFields.SCHEMA));
    this.settings = new ReadingSettings(configuration, context);
    this.compute = ConfiguredCompute.of(configuration, service);
    this.sql = compute.map(named -> new WorkspaceSql(configuration, context, service, named));
    this.warehouse = WarehouseStatements.of(configuration, service);
  }

  @Override
  public TestResult test(Operation operation) {
    return new DatabricksCheck(
            catalogs,
            compute,
            configuration.find(DatabricksFields.CATALOG),
            configuration.find(DatabricksFields.SCHEMA),
            service.during(operation))
        .run();
  }

  @Override
  public List<SchemaInfo> listSchemas(Operation operation) {
    return catalogs.list(service.during(operation)).schemas();
  }

  @Override
  public Page<TableInfo> listTables(TableQuery query, Operation operation) {
    return new TableBrowser(catalogs, settings.objects(), service.during(operation)).page(query);
  }

  /** A look at one table starts no warehouse, whatever the connection allows. */
  @Override
  public TableMetadata getTableMetadata(TableName table, Operation operation) {
    Operation call = service.during(operation);
    ExternalLocations locations = new ExternalLocations(unity, call);
    SingleTables.Found found = new SingleTables(catalogs, settings.objects(), call).find(table);
    FactsReader.Read facts =
        found.kind().isPresent()
            ? FactsReader.Read.NOTHING
            : ImportFacts.by(warehouse.map(WarehouseStatements::asleep), unity, settings, call)
                .ofTables(Set.of(table), ImportFacts.topics(section -> true, settings));
    return found.metadata(
        new TableReader(facts.facts(), locations::of),
        () -> Stream.concat(facts.notices().stream(), locations.notices().stream()).toList());
  }

  @Override
  public ImportEnd importMetadata(
      ImportSelection selection, MetadataSink sink, Operation operation) {
    return new DatabricksImport(
            catalogs, settings, warehouse, selection, sink, service.during(operation))
        .run();
  }

  @Override
  public <T> Optional<T> as(Class<T> feature) {
    if (feature == ComputeStatus.class) {
      return compute.map(feature::cast);
    }
    if (feature == SqlAccess.class) {
      return sql.map(feature::cast);
    }
    if (feature == CatalogWriter.class || feature == StatementRunner.class) {
      Optional<? extends WritingCompute> byDriver = sql; // which takes statements for clusters too
      return Stream.of(warehouse, byDriver)
          .flatMap(Optional::stream)
          .findFirst()
          .map(
              writing ->
                  feature.cast(
                      new StatementWriter(
                          service,
                          new UnityTarget(unity),
                          writing,
                          configuration.find(DatabricksFields.CATALOG))));
    }
    if (feature == RowPreview.class && configuration.get(DatabricksFields.PREVIEW)) {
      return sql.map(
          statements -> feature.cast(new FirstRows(statements, SqlNames::quoted, this::check)));
    }
    return Optional.empty();
  }

  /** Refuses a table that isn't there: its name never gets into a statement. */
  private void check(TableName table, Operation operation) {
    catalogs.check(table.schema());
    unity.table(table, service.during(operation));
  }

  @Override
  public void close() {
    sql.ifPresent(WorkspaceSql::close);
    service.close();
  }
}
