package dev.connections.databricks.internal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.connections.api.ConfigurationValues;
import dev.connections.api.ConnectionAdapter;
import dev.connections.api.StandardErrorCode;
import dev.connections.databricks.CatalogWriter;
import dev.connections.databricks.WritePlan;
import dev.connections.databricks.WriteReport;
import dev.connections.simulators.DatabricksSimulator;
import dev.connections.testkit.TestOperation;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Scripts for the metastore beside Unity Catalog. */
@Timeout(120)
class HiveWriterTest {
  private final DatabricksSimulator workspace = DatabricksSimulator.start();
  private final ThriftCompute compute = ThriftCompute.before(workspace);
  private final ConfigurationValues values =
      Workspaces.values(workspace)
          .with("workspace_url", compute.url())
          .with("catalog", "hive_metastore")
          .with("compute.warehouse_id", "warehouse-1");
  private final ConnectionAdapter adapter = Workspaces.open(values);

  HiveWriterTest() {
    workspace.addCatalog("hive_metastore");
    compute.answering(new HiveScript(true).table("sales", "orders", HiveScript.plain("MANAGED")));
  }

  @AfterEach
  void close() {
    adapter.close();
    compute.close();
    workspace.close();
  }

  private CatalogWriter writer() {
    return adapter.as(CatalogWriter.class).orElseThrow();
  }

  private static TestOperation soon() {
    return TestOperation.within(Duration.ofSeconds(60));
  }

  @Test
  void a_plan_knows_what_is_there_and_what_is_applied_is_reported() {
    WritePlan plan =
        writer()
            .plan(
                "CREATE SCHEMA IF NOT EXISTS hive_metastore.sales;"
                    + "CREATE SCHEMA IF NOT EXISTS hive_metastore.fresh;"
                    + "CREATE TABLE IF NOT EXISTS hive_metastore.sales.`ORDERS` (id INT) USING DELTA;"
                    + "CREATE TABLE IF NOT EXISTS hive_metastore.fresh.t (`constraint` INT COMMENT"
                    + " 'PRIMARY KEY') USING DELTA;",
                soon());

    assertThat(plan.statements())
        .extracting(WritePlan.Statement::present)
        .containsExactly(true, false, true, false);
    assertThat(plan.refused()).isEmpty();
    WriteReport report = writer().apply(plan, outcome -> {}, soon());
    assertThat(report.complete()).isTrue();
    assertThat(workspace.statements()).hasSize(4);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ALTER TABLE hive_metastore.sales.orders SET TAGS ('a' = 'b')",
        "ALTER TABLE hive_metastore.sales.orders ADD CONSTRAINT k PRIMARY KEY (id)",
        "ALTER TABLE hive_metastore.sales.orders DROP CONSTRAINT IF EXISTS k",
        "CREATE TABLE IF NOT EXISTS hive_metastore.sales.t (id INT, CONSTRAINT k PRIMARY KEY (id))"
      })
  void keys_and_tags_are_refused_with_the_reason(String statement) {
    WritePlan plan = writer().plan(statement, soon());

    assertThat(plan.refused())
        .singleElement()
        .satisfies(
            refused -> {
              assertThat(refused.refusal().orElseThrow().code())
                  .isEqualTo(StandardErrorCode.UNSUPPORTED);
              assertThat(refused.refusal().orElseThrow().message())
                  .startsWith("hive_metastore keeps no");
            });
  }

  @Test
  void a_very_long_comment_is_read_over() {
    String script =
        "CREATE TABLE IF NOT EXISTS hive_metastore.sales.t (id INT COMMENT '"
            + "x\\'".repeat(50_000)
            + "') USING DELTA";

    assertThat(writer().plan(script, soon()).refused()).isEmpty();
  }

  @Test
  void another_catalog_is_not_written_to() {
    assertThat(writer().plan("CREATE SCHEMA IF NOT EXISTS main.a", soon()).refused()).hasSize(1);
  }
}
