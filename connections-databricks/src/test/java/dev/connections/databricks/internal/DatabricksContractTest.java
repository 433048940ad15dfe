package dev.connections.databricks.internal;

import dev.connections.api.ConfigurationValues;
import dev.connections.api.ConnectionAdapterProvider;
import dev.connections.api.ErrorCode;
import dev.connections.api.SchemaName;
import dev.connections.api.Secret;
import dev.connections.api.StandardErrorCode;
import dev.connections.api.StatementRunner;
import dev.connections.api.TableName;
import dev.connections.databricks.CatalogWriter;
import dev.connections.databricks.ComputeStatus;
import dev.connections.databricks.DatabricksErrorCode;
import dev.connections.jdbc.SqlAccess;
import dev.connections.simulators.DatabricksSimulator;
import dev.connections.testkit.BrokenConfiguration;
import dev.connections.testkit.ConnectionAdapterContract;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;

/** On a real workspace where CONNECTIONS_DATABRICKS_URL, _TOKEN, _CATALOG and _TABLE are set. */
class DatabricksContractTest extends ConnectionAdapterContract {
  private static final Map<String, String> ENVIRONMENT = System.getenv();

  private static DatabricksSimulator workspace;
  private static int nobody;

  private final List<DatabricksSimulator> slow = new ArrayList<>();

  @BeforeAll
  static void a_workspace() throws IOException {
    workspace = DatabricksSimulator.withTables(30, 3, 5);
    workspace.addSchema("main", "empty");
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      nobody = free.getLocalPort();
    }
  }

  @AfterAll
  static void close() {
    workspace.close();
  }

  @AfterEach
  void close_slow_ones() {
    slow.forEach(DatabricksSimulator::close);
  }

  private static boolean real() {
    return ENVIRONMENT.containsKey("CONNECTIONS_DATABRICKS_URL");
  }

  @Override
  public ConnectionAdapterProvider provider() {
    return new DatabricksProvider();
  }

  @Override
  public ConfigurationValues goodConfiguration() {
    if (!real()) {
      return Workspaces.values(workspace).with("compute.warehouse_id", "warehouse-1");
    }
    ConfigurationValues values =
        ConfigurationValues.empty()
            .with("workspace_url", ENVIRONMENT.get("CONNECTIONS_DATABRICKS_URL"))
            .with(
                "authentication.token", Secret.of(ENVIRONMENT.get("CONNECTIONS_DATABRICKS_TOKEN")))
            .with("catalog", ENVIRONMENT.get("CONNECTIONS_DATABRICKS_CATALOG"));
    String warehouse = ENVIRONMENT.get("CONNECTIONS_DATABRICKS_WAREHOUSE");
    return warehouse == null ? values : values.with("compute.warehouse_id", warehouse);
  }

  @Override
  public Set<Class<?>> declaredFeatures() {
    return real() && !ENVIRONMENT.containsKey("CONNECTIONS_DATABRICKS_WAREHOUSE")
        ? Set.of()
        : Set.of(ComputeStatus.class, SqlAccess.class, CatalogWriter.class, StatementRunner.class);
  }

  private static BrokenConfiguration invalid(
      String what, ConfigurationValues values, String field) {
    return BrokenConfiguration.foundByValidation(
        what, values, StandardErrorCode.INVALID_CONFIGURATION, field);
  }

  private static BrokenConfiguration failing(
      String what, ConfigurationValues values, ErrorCode code, String field) {
    return BrokenConfiguration.foundByTest(what, values, code, field);
  }

  @Override
  public List<BrokenConfiguration> brokenConfigurations() {
    ConfigurationValues good = goodConfiguration();
    ConfigurationValues idle = good.without("compute.warehouse_id");
    return List.of(
        invalid("no workspace", good.without("workspace_url"), "workspace_url"),
        invalid(
            "a path behind the workspace",
            good.with("workspace_url", "https://x.cloud.databricks.com/sql/editor?o=1"),
            "workspace_url"),
        BrokenConfiguration.foundByValidation(
            "no token",
            good.without("authentication.token"),
            StandardErrorCode.MISSING_SECRET,
            "authentication.token"),
        invalid(
            "serverless without a warehouse",
            idle.with("compute.compute_type", "serverless"),
            "compute.warehouse_id"),
        invalid(
            "classic without a cluster",
            good.with("compute.compute_type", "classic"),
            "compute.cluster_id"),
        invalid(
            "an id with a slash",
            good.with("compute.warehouse_id", "../statements"),
            "compute.warehouse_id"),
        invalid("a catalog with a dot", good.with("catalog", "main.default"), "catalog"),
        invalid(
            "a schema without its catalog",
            good.without("catalog").with("schema", "default"),
            "catalog"),
        invalid(
            "hive_metastore without compute",
            idle.with("catalog", "hive_metastore"),
            "compute.warehouse_id"),
        invalid(
            "a catalog without Unity Catalog",
            good.with("advanced.enable_unity_catalog", false),
            "catalog"),
        failing(
            "an unknown host",
            good.with("workspace_url", "https://no-such-workspace.invalid"),
            StandardErrorCode.UNKNOWN_HOST,
            "workspace_url"),
        failing(
            "a port where nothing listens",
            good.with("workspace_url", "http://127.0.0.1:" + nobody),
            StandardErrorCode.CONNECTION_REFUSED,
            "workspace_url"),
        failing(
            "a wrong token",
            good.with("authentication.token", Secret.of("dapi-wrong-77aa31cd")),
            StandardErrorCode.WRONG_CREDENTIALS,
            "authentication.token"),
        failing(
            "an unknown warehouse",
            good.with("compute.warehouse_id", "nosuch"),
            DatabricksErrorCode.NO_COMPUTE,
            "compute.warehouse_id"),
        failing(
            "an unknown catalog",
            good.with("catalog", "nosuch"),
            StandardErrorCode.NOT_FOUND,
            "catalog"),
        failing(
            "an unknown schema",
            good.with("schema", "nosuch"),
            StandardErrorCode.NOT_FOUND,
            "schema"));
  }

  @Override
  public TableName someTable() {
    if (!real()) {
      return SchemaName.of("main", "schema_001").table("table_00001");
    }
    String[] parts = ENVIRONMENT.get("CONNECTIONS_DATABRICKS_TABLE").split("\\.", 3);
    return SchemaName.of(parts[0], parts[1]).table(parts[2]);
  }

  @Override
  public Optional<ConfigurationValues> withLatency(Duration latency) {
    if (real()) {
      return Optional.empty();
    }
    DatabricksSimulator late = DatabricksSimulator.withTables(30, 3, 5);
    late.latency(latency);
    slow.add(late);
    return Optional.of(Workspaces.values(late));
  }
}
