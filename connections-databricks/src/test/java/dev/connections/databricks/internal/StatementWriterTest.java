package dev.connections.databricks.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.connections.api.ConfigurationValues;
import dev.connections.api.ConnectionAdapter;
import dev.connections.api.ConnectionException;
import dev.connections.api.SchemaName;
import dev.connections.api.StandardErrorCode;
import dev.connections.api.StatementRunner;
import dev.connections.databricks.CatalogWriter;
import dev.connections.databricks.DatabricksErrorCode;
import dev.connections.databricks.ExternalTable;
import dev.connections.databricks.WritePlan;
import dev.connections.databricks.WriteReport;
import dev.connections.simulators.DatabricksSimulator;
import dev.connections.simulators.Fault;
import dev.connections.testkit.TestOperation;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class StatementWriterTest {
  private static final String SCRIPT =
      "-- a remark; with a semicolon\n"
          + "CREATE SCHEMA IF NOT EXISTS `main`.`new`;\n"
          + "CREATE TABLE IF NOT EXISTS `main`.`new`.`a;b` (`x` INT COMMENT 'it\\'s; -- x', /* no; */ `y``z`"
          + " STRING NOT NULL)\nUSING DELTA;\n"
          + "CREATE TABLE IF NOT EXISTS main.default.t (x INT);\n"
          + "ALTER TABLE `main`.`new`.`a;b` SET TAGS ('k' = 'v;')";

  private final DatabricksSimulator workspace = DatabricksSimulator.start();
  private final ConfigurationValues values =
      Workspaces.values(workspace).with("compute.warehouse_id", "warehouse-1");
  private ConnectionAdapter adapter = Workspaces.open(values);

  @AfterEach
  void close() {
    adapter.close();
    workspace.close();
  }

  private CatalogWriter writer() {
    return adapter.as(CatalogWriter.class).orElseThrow();
  }

  private WriteReport applied(String script) {
    CatalogWriter writer = writer();
    return writer.apply(
        writer.plan(script, TestOperation.start()), outcome -> {}, TestOperation.start());
  }

  @Test
  void a_plan_takes_a_script_apart_and_writes_nothing() {
    workspace.add("tables", "main", "default", "t", "{\"name\":\"t\"}");

    WritePlan plan = writer().plan(SCRIPT, TestOperation.start());

    assertThat(plan.statements())
        .extracting(WritePlan.Statement::kind)
        .containsExactly(
            WritePlan.Kind.CREATE_SCHEMA,
            WritePlan.Kind.CREATE_TABLE,
            WritePlan.Kind.CREATE_TABLE,
            WritePlan.Kind.SET_TAGS);
    assertThat(plan.statements())
        .extracting(WritePlan.Statement::present)
        .containsExactly(false, false, true, false);
    assertThat(plan.statements().get(1).object()).isEqualTo("main.new.a;b");
    assertThat(workspace.statements()).isEmpty();
  }

  @Test
  void applying_reports_each_statement_and_what_was_created_is_there() {
    List<WriteReport.Outcome> heard = new ArrayList<>();
    CatalogWriter writer = writer();

    WriteReport report =
        writer.apply(writer.plan(SCRIPT, TestOperation.start()), heard::add, TestOperation.start());

    assertThat(report.complete()).isTrue();
    assertThat(heard).isEqualTo(report.outcomes());
    assertThat(workspace.statements()).hasSize(4);
    assertThat(
            adapter
                .getTableMetadata(SchemaName.of("main", "new").table("a;b"), TestOperation.start())
                .columns())
        .extracting(column -> column.name())
        .containsExactly("x", "y`z");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "DROP TABLE main.default.t",
        "CREATE TABLE main.default.t (x INT)",
        "CREATE OR REPLACE TABLE main.default.t (x INT)",
        "CREATE TABLE IF NOT EXISTS t (x INT)",
        "ALTER TABLE main.default.t DROP COLUMN x",
        "GRANT SELECT ON TABLE main.default.t TO everyone",
        "DELETE FROM main.default.t"
      })
  void a_plan_with_anything_else_is_not_applied(String statement) {
    CatalogWriter writer = writer();
    WritePlan plan =
        writer.plan("CREATE SCHEMA IF NOT EXISTS main.a;" + statement, TestOperation.start());

    assertThat(plan.refused()).hasSize(1);
    assertThatThrownBy(() -> writer.apply(plan, outcome -> {}, TestOperation.start()))
        .isInstanceOfSatisfying(
            ConnectionException.class,
            refused -> assertThat(refused.code()).isEqualTo(StandardErrorCode.UNSUPPORTED));
    assertThat(workspace.statements()).isEmpty();
  }

  @Test
  void another_catalog_than_the_connections_is_not_written_to() {
    WritePlan plan = writer().plan("CREATE SCHEMA IF NOT EXISTS other.a", TestOperation.start());

    assertThat(plan.refused().get(0).refusal().orElseThrow().code())
        .isEqualTo(StandardErrorCode.PERMISSION_DENIED);
  }

  @Test
  void what_builds_on_a_failure_is_skipped_and_the_rest_is_written() {
    workspace.refuseStatement(
        "SCHEMA IF NOT EXISTS `main`.`new`", "INSUFFICIENT_PERMISSIONS", "42501");

    WriteReport report = applied(SCRIPT);

    assertThat(report.outcomes())
        .extracting(WriteReport.Outcome::result)
        .containsExactly(
            WriteReport.Result.FAILED,
            WriteReport.Result.SKIPPED,
            WriteReport.Result.DONE,
            WriteReport.Result.SKIPPED);
    assertThat(report.complete()).isFalse();
    assertThat(report.count(WriteReport.Result.SKIPPED)).isEqualTo(2);
    assertThat(report.outcomes().get(0).failure().orElseThrow().code())
        .isEqualTo(StandardErrorCode.PERMISSION_DENIED);
  }

  @Test
  void a_statement_whose_answer_is_lost_is_not_sent_again() {
    workspace.faults().at("/api/2.0/sql/statements", 1, Fault.lostConnection(10));

    WriteReport report = applied("CREATE SCHEMA IF NOT EXISTS main.a");

    assertThat(report.count(WriteReport.Result.FAILED)).isEqualTo(1);
    assertThat(workspace.statements()).hasSize(1);
  }

  @Test
  void a_stopped_warehouse_writes_nothing_and_is_not_woken() {
    workspace.warehouse("warehouse-1", "STOPPED");
    StatementRunner runner = adapter.as(StatementRunner.class).orElseThrow();

    ConnectionException stopped =
        catchThrowableOfType(
            ConnectionException.class, () -> applied("CREATE SCHEMA IF NOT EXISTS main.a"));
    assertThat(stopped.code()).isEqualTo(DatabricksErrorCode.COMPUTE_STOPPED);
    assertThatThrownBy(() -> runner.run("SELECT 1", TestOperation.start()))
        .isInstanceOf(ConnectionException.class);
    assertThat(workspace.statements()).isEmpty();
  }

  @Test
  void a_warehouse_that_never_takes_a_statement_ends_the_script() {
    workspace.computeStartsAfter(Integer.MAX_VALUE);
    workspace.warehouse("warehouse-1", "STARTING");
    adapter.close();
    adapter = Workspaces.open(values.with("compute.start_timeout", 1));

    ConnectionException late =
        catchThrowableOfType(
            ConnectionException.class,
            () ->
                applied("CREATE SCHEMA IF NOT EXISTS main.a; CREATE SCHEMA IF NOT EXISTS main.b"));

    assertThat(late.code()).isEqualTo(DatabricksErrorCode.COMPUTE_STARTING);
    assertThat(workspace.statements()).hasSize(1);
  }

  @Test
  void a_statement_of_the_hosts_own_is_run_as_it_is() {
    workspace.statement("OPTIMIZE", List.of("path"), List.of(List.of("s3://x")));

    adapter
        .as(StatementRunner.class)
        .orElseThrow()
        .run("OPTIMIZE main.default.t", TestOperation.start());

    assertThat(workspace.statements()).containsExactly("OPTIMIZE main.default.t");
  }

  @Test
  void an_external_table_is_two_statements_that_no_name_or_tag_can_break() {
    ExternalTable table =
        new ExternalTable(
            SchemaName.of("main", "default").table("a`b"),
            ExternalTable.Format.DELTA,
            "abfss://c@a.dfs.core.windows.net/x",
            Map.of("it's", "\\ \n"));

    assertThat(applied(table.script()).complete()).isTrue();
    assertThatThrownBy(
            () -> new ExternalTable(table.name(), ExternalTable.Format.CSV, "s3://x' OR", Map.of()))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(
            () ->
                new ExternalTable(
                    SchemaName.of("s").table("t"), ExternalTable.Format.CSV, "s3://x", Map.of()))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
