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
import dev.connections.http.HttpErrorCode;
import dev.connections.http.HttpService;
import dev.connections.http.JsonObject;
import dev.connections.jdbc.SqlAccess;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/** One Databricks workspace. Safe for any thread. */
final class DatabricksAdapter implements ConnectionAdapter {
  private final AdapterContext context;
  private final Configuration configuration;
  private final HttpService service;
  private final UnityCatalog unity;
  private final Catalogs catalogs;
  private final Optional<ConfiguredCompute> compute;
  private final Optional<WorkspaceSql> sql;
  private final Optional<WarehouseStatements> warehouse;

  DatabricksAdapter(Configuration configuration, AdapterContext context) {
    this.context = context;
    this.configuration = configuration;
    this.service = Workspace.open(configuration, context);
    this.unity = new UnityCatalog(service);
    this.catalogs =
        new Catalogs(
            unity,
            configuration.find(DatabricksFields.CATALOG),
            configuration.find(DatabricksFields.SCHEMA));
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
    Operation call = service.during(operation);
    catalogs.check(query.schema());
    String part = query.nameContains().orElse("").toLowerCase(Locale.ROOT);
    Set<String> tokens = new HashSet<>();
    Optional<String> token = query.pageToken();
    List<TableInfo> found = new ArrayList<>();
    do {
      call.checkpoint();
      Optional<String> at = token;
      UnityCatalog.Part<JsonObject> page =
          UnityCatalog.named(
              "schema",
              query.schema().display(),
              () -> unity.names(query.schema(), query.limit(), at, row -> row, call));
      page.rows().stream()
          .flatMap(row -> TableReader.info(query.schema(), row).stream())
          .filter(info -> info.name().table().toLowerCase(Locale.ROOT).contains(part))
          .forEach(found::add);
      token = page.next();
      if (token.filter(next -> !tokens.add(next)).isPresent()) {
        throw service.failures().of(HttpErrorCode.PAGE_REPEATED).asException();
      }
    } while (found.isEmpty() && token.isPresent());
    return new Page<>(found, token, OptionalLong.empty(), List.of());
  }

  @Override
  public TableMetadata getTableMetadata(TableName table, Operation operation) {
    Operation call = service.during(operation);
    catalogs.check(table.schema());
    JsonObject json = unity.table(table, call);
    return new TableReader(CatalogFacts.NONE, new ExternalLocations(unity, call)::of)
        .metadata(TableReader.info(table.schema(), json).orElseThrow(unity::malformed), json);
  }

  @Override
  public ImportEnd importMetadata(
      ImportSelection selection, MetadataSink sink, Operation operation) {
    return new DatabricksImport(
            catalogs,
            new ReadingSettings(configuration, context),
            warehouse,
            selection,
            sink,
            service.during(operation))
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
      return warehouse.map(
          writing ->
              feature.cast(
                  new StatementWriter(
                      service, unity, writing, configuration.find(DatabricksFields.CATALOG))));
    }
    if (feature == RowPreview.class && configuration.get(DatabricksFields.PREVIEW)) {
      return sql.map(
          statements -> feature.cast(new FirstRows(statements, SqlNames::quoted, this::check)));
    }
    return Optional.empty();
  }

  /** Refuses a table that isn't there: its name never gets into a statement. */
  private void check(TableName table, Operation operation) {
    getTableMetadata(table, operation);
  }

  @Override
  public void close() {
    sql.ifPresent(WorkspaceSql::close);
    service.close();
  }
}
