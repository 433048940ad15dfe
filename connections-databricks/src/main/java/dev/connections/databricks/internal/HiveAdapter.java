package dev.connections.databricks.internal;

import dev.connections.api.AdapterContext;
import dev.connections.api.Configuration;
import dev.connections.api.ConnectionAdapter;
import dev.connections.api.ImportEnd;
import dev.connections.api.ImportSelection;
import dev.connections.api.MetadataSink;
import dev.connections.api.Operation;
import dev.connections.api.Page;
import dev.connections.api.Parallel;
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
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;

/**
 * A connection that reads {@code hive_metastore} and nothing of Unity Catalog, all by statements.
 * Safe for any thread.
 */
final class HiveAdapter implements ConnectionAdapter {
  private final Configuration configuration;
  private final HttpService service;
  private final ConfiguredCompute compute;
  private final WorkspaceSql sql;
  private final HiveMetastore metastore;
  private final Parallel parallel;

  HiveAdapter(Configuration configuration, AdapterContext context) {
    this.configuration = configuration;
    this.service = Workspace.open(configuration, context);
    this.compute =
        ConfiguredCompute.of(configuration, service)
            .orElseThrow(() -> new IllegalStateException("the rules demand compute"));
    this.sql = new WorkspaceSql(configuration, context, service, compute);
    this.metastore =
        new HiveMetastore(
            sql,
            configuration.get(DatabricksFields.UNITY_CATALOG),
            configuration.find(DatabricksFields.SCHEMA));
    this.parallel = context.parallel();
  }

  @Override
  public TestResult test(Operation operation) {
    return new HiveCheck(
            service,
            compute,
            metastore,
            configuration.find(DatabricksFields.SCHEMA),
            service.during(operation))
        .run();
  }

  @Override
  public List<SchemaInfo> listSchemas(Operation operation) {
    return metastore.schemas(service.during(operation)).items();
  }

  /** All names come at once; a page begins behind the last name of the one before. */
  @Override
  public Page<TableInfo> listTables(TableQuery query, Operation operation) {
    String part = query.nameContains().orElse("").toLowerCase(Locale.ROOT);
    String after = query.pageToken().orElse("");
    HiveMetastore.Listing<TableInfo> all =
        metastore.tables(query.schema(), service.during(operation));
    List<TableInfo> found =
        all.items().stream()
            .filter(info -> info.name().table().toLowerCase(Locale.ROOT).contains(part))
            .filter(info -> info.name().table().compareTo(after) > 0)
            .toList();
    List<TableInfo> page = found.subList(0, Math.min(query.limit(), found.size()));
    Optional<String> next =
        found.size() > page.size()
            ? Optional.of(page.get(page.size() - 1).name().table())
            : Optional.empty();
    return new Page<>(
        page, next, OptionalLong.empty(), after.isEmpty() ? all.notices() : List.of());
  }

  @Override
  public TableMetadata getTableMetadata(TableName table, Operation operation) {
    return metastore.table(table, service.during(operation));
  }

  @Override
  public ImportEnd importMetadata(
      ImportSelection selection, MetadataSink sink, Operation operation) {
    int width =
        Math.min(
            configuration.get(DatabricksFields.PARALLEL),
            configuration.get(DatabricksFields.POOL_SIZE));
    return new HiveImport(metastore, parallel, width, selection, sink, service.during(operation))
        .run();
  }

  @Override
  public <T> Optional<T> as(Class<T> feature) {
    if (feature == ComputeStatus.class) {
      return Optional.of(feature.cast(compute));
    }
    if (feature == SqlAccess.class) {
      return Optional.of(feature.cast(sql));
    }
    if (feature == CatalogWriter.class || feature == StatementRunner.class) {
      return Optional.of(
          feature.cast(
              new StatementWriter(
                  service,
                  new HiveTarget(metastore, service.failures()),
                  WarehouseStatements.of(configuration, service)
                      .<WritingCompute>map(Function.identity())
                      .orElse(sql),
                  Optional.of(HiveMetastore.CATALOG))));
    }
    if (feature == RowPreview.class && configuration.get(DatabricksFields.PREVIEW)) {
      return Optional.of(
          feature.cast(new FirstRows(sql, metastore::inStatement, metastore::table)));
    }
    return Optional.empty();
  }

  @Override
  public void close() {
    sql.close();
    service.close();
  }
}
