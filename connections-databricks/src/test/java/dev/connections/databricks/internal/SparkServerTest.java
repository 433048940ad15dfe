package dev.connections.databricks.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.connections.api.Column;
import dev.connections.api.ConfigurationValues;
import dev.connections.api.ConnectionAdapter;
import dev.connections.api.ConnectionException;
import dev.connections.api.RowPreview;
import dev.connections.api.SchemaName;
import dev.connections.api.StandardErrorCode;
import dev.connections.api.TableKind;
import dev.connections.api.TableMetadata;
import dev.connections.api.TestResult;
import dev.connections.api.TypeKind;
import dev.connections.databricks.CatalogWriter;
import dev.connections.databricks.HiveTable;
import dev.connections.databricks.WriteReport;
import dev.connections.jdbc.SqlAccess;
import dev.connections.simulators.DatabricksSimulator;
import dev.connections.testkit.RecordingSink;
import dev.connections.testkit.TestOperation;
import dev.connections.testkit.TestSelection;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The real driver against a real engine: Apache Spark with Delta. Its 257 MB are fetched by the pom
 * in {@code src/spark}; without them these tests are skipped.
 */
@Tag("spark")
@Timeout(600)
class SparkServerTest {
  private static final Path JARS = Path.of("target", "spark-jars");
  private static final SchemaName SHOP = SchemaName.of("hive_metastore", "shop");

  @TempDir static Path folder;

  private static DatabricksSimulator workspace;
  private static SparkServer spark;
  private static ThriftCompute compute;
  private static ConfigurationValues values;

  @BeforeAll
  static void start() throws IOException, InterruptedException, SQLException {
    assumeTrue(Files.isDirectory(JARS), "no jars of Spark: see docs/databricks.md, \"Tests\"");
    assumeTrue(Runtime.version().feature() < 24, "Spark 3.5 doesn't run on this Java");
    spark = SparkServer.start(JARS.toAbsolutePath(), folder);
    workspace = DatabricksSimulator.start();
    compute = ThriftCompute.before(workspace, spark.service());
    values =
        Workspaces.values(workspace)
            .without("catalog")
            .with("workspace_url", compute.url())
            .with("advanced.enable_unity_catalog", false)
            .with("advanced.row_preview", true)
            .with("compute.warehouse_id", "warehouse-1");
    run(
        "CREATE SCHEMA shop",
        "CREATE TABLE shop.orders (id BIGINT COMMENT 'the number', amount DECIMAL(10,2), day DATE,"
            + " `odd name` STRING, tags ARRAY<STRUCT<a: INT, `b c`: STRING>>, at TIMESTAMP,"
            + " local TIMESTAMP_NTZ, m MAP<STRING, INT>, c CHAR(3), v VARCHAR(9)) USING delta"
            + " PARTITIONED BY (day) COMMENT 'what was ordered' TBLPROPERTIES ('a.b' = 'c,d',"
            + " 'delta.columnMapping.mode' = 'name')",
        "INSERT INTO shop.orders VALUES (1, 2.50, DATE'2026-01-02', 'x', array(struct(1, 'y')),"
            + " TIMESTAMP'2026-01-02 03:04:05', TIMESTAMP_NTZ'2026-01-02 03:04:05', map('k', 1),"
            + " 'abc', 'def')",
        "CREATE VIEW shop.recent AS SELECT id FROM shop.orders",
        "CREATE VIEW shop.odd_name AS SELECT 1 AS i, INTERVAL '1-2' YEAR TO MONTH AS y",
        "CREATE TABLE shop.gone (id INT) USING delta");
  }

  @AfterAll
  static void stop() {
    for (AutoCloseable each : new AutoCloseable[] {compute, workspace, spark}) {
      try {
        if (each != null) {
          each.close();
        }
      } catch (Exception e) {
        throw new IllegalStateException(e);
      }
    }
  }

  private static void run(String... statements) throws SQLException {
    try (ConnectionAdapter adapter = Workspaces.open(values);
        Connection connection =
            adapter.as(SqlAccess.class).orElseThrow().dataSource().getConnection();
        Statement statement = connection.createStatement()) {
      for (String text : statements) {
        statement.execute(text);
      }
    }
  }

  private static TestOperation soon() {
    return TestOperation.within(Duration.ofMinutes(4));
  }

  @Test
  void its_metastore_is_imported() {
    RecordingSink sink = new RecordingSink();
    try (ConnectionAdapter adapter = Workspaces.open(values)) {
      adapter.importMetadata(TestSelection.everything().schemas(SHOP::equals), sink, soon());
    }

    assertThat(sink.failures()).isEmpty();
    assertThat(sink.tables()).hasSize(4);
    TableMetadata orders = sink.tables().get(SHOP.table("orders"));
    Map<String, Column> columns =
        orders.columns().stream().collect(Collectors.toMap(Column::name, Function.identity()));
    assertThat(columns).hasSize(10);
    assertThat(columns.get("id").description()).contains("the number");
    assertThat(columns.get("amount").type().kind()).isEqualTo(TypeKind.DECIMAL);
    assertThat(columns.get("tags").type().kind()).isEqualTo(TypeKind.ARRAY);
    assertThat(columns.get("local").type().kind()).isEqualTo(TypeKind.TIMESTAMP_NTZ);
    assertThat(columns.get("odd name").type().kind()).isEqualTo(TypeKind.STRING);
    assertThat(orders.notices()).isEmpty();
    assertThat(orders.partitioning().orElseThrow().columns()).containsExactly("day");
    assertThat(orders.info().description()).contains("what was ordered");
    assertThat(orders.properties()).containsEntry("a.b", "c,d");
    assertThat(orders.extension(HiveTable.class).orElseThrow().format()).contains("delta");
    TableMetadata recent = sink.tables().get(SHOP.table("recent"));
    assertThat(recent.info().kind()).isEqualTo(TableKind.VIEW);
    assertThat(recent.definition().orElseThrow()).contains("SELECT id FROM shop.orders");
    assertThat(sink.tables().get(SHOP.table("odd_name")).columns().get(1).type().kind())
        .isEqualTo(TypeKind.INTERVAL);
  }

  @Test
  void the_test_passes() {
    try (ConnectionAdapter adapter = Workspaces.open(values.with("schema", "shop"))) {
      TestResult result = adapter.test(soon());

      assertThat(result.passed()).as(result.toString()).isTrue();
      assertThat(result.hasWarnings()).isFalse();
    }
  }

  @Test
  void first_rows_are_shown() {
    try (ConnectionAdapter adapter = Workspaces.open(values)) {
      RowPreview.RowSample sample =
          adapter.as(RowPreview.class).orElseThrow().preview(SHOP.table("orders"), 5, soon());

      assertThat(sample.columns()).contains("id", "odd name", "tags");
      assertThat(sample.rows()).hasSize(1);
      assertThat(sample.rows().get(0).get(0)).contains(1L);
      assertThat(sample.more()).isFalse();
    }
  }

  @Test
  void a_table_that_is_not_there_and_a_wrong_statement_have_their_codes() {
    try (ConnectionAdapter adapter = Workspaces.open(values)) {
      ConnectionException missing =
          catchThrowableOfType(
              ConnectionException.class,
              () -> adapter.getTableMetadata(SHOP.table("nosuch"), soon()));
      assertThat(missing.is(StandardErrorCode.NOT_FOUND)).isTrue();
    }
    SQLException wrong = catchThrowableOfType(SQLException.class, () -> run("SELEC 1"));
    assertThat(wrong.getSQLState()).isEqualTo("42601");
  }

  @Test
  void a_script_runs_by_the_driver_and_what_the_engine_refuses_is_reported() {
    ConfigurationValues cluster =
        values
            .without("compute.warehouse_id")
            .with("compute.cluster_id", "cluster-1")
            .with("advanced.enable_unity_catalog", true)
            .with("catalog", "spark_catalog");
    String script =
        "CREATE SCHEMA IF NOT EXISTS spark_catalog.written;"
            + "CREATE TABLE IF NOT EXISTS spark_catalog.written.t (id INT COMMENT 'what? it\\'s; so')"
            + " USING DELTA;"
            + "ALTER TABLE spark_catalog.written.t SET TAGS ('a' = 'b');"
            + "COMMENT ON TABLE spark_catalog.written.t IS 'later'";
    WriteReport report;
    try (ConnectionAdapter adapter = Workspaces.open(cluster)) {
      CatalogWriter writer = adapter.as(CatalogWriter.class).orElseThrow();
      report = writer.apply(writer.plan(script, soon()), outcome -> {}, soon());
    }

    assertThat(report.outcomes())
        .extracting(WriteReport.Outcome::result)
        .containsExactly(
            WriteReport.Result.DONE,
            WriteReport.Result.DONE,
            WriteReport.Result.FAILED, // tags aren't Spark's
            WriteReport.Result.DONE);
    try (ConnectionAdapter adapter = Workspaces.open(values)) {
      TableMetadata written =
          adapter.getTableMetadata(SchemaName.of("hive_metastore", "written").table("t"), soon());
      assertThat(written.info().description()).contains("later");
      assertThat(written.columns().get(0).description()).contains("what? it's; so");
    }
  }

  @Test
  void a_cancelled_statement_ends() throws Exception {
    TestOperation operation = soon();
    long asked = compute.calls("GetOperationStatus");
    try (WorkspaceSql sql = Workspaces.sql(values)) {
      CompletableFuture<List<String>> endless =
          CompletableFuture.supplyAsync(
              () ->
                  sql.list(
                      "endless",
                      "SELECT count(*) FROM range(10000000) a CROSS JOIN range(10000000) b",
                      row -> row.getString(1),
                      operation));
      compute.awaitCalls("GetOperationStatus", asked + 1);
      operation.cancel();

      ExecutionException failed =
          catchThrowableOfType(ExecutionException.class, () -> endless.get(60, TimeUnit.SECONDS));
      assertThat(((ConnectionException) failed.getCause()).is(StandardErrorCode.CANCELLED))
          .isTrue();
      compute.awaitCall("CancelOperation");
    }
  }
}
