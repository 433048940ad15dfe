package dev.connections.databricks.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.connections.api.Category;
import dev.connections.api.ConfigurationValues;
import dev.connections.api.ConnectionAdapter;
import dev.connections.api.ConnectionException;
import dev.connections.api.Operation;
import dev.connections.api.StandardErrorCode;
import dev.connections.api.StatementRunner;
import dev.connections.databricks.CatalogWriter;
import dev.connections.databricks.DatabricksErrorCode;
import dev.connections.databricks.WritePlan;
import dev.connections.databricks.WriteReport;
import dev.connections.simulators.DatabricksSimulator;
import dev.connections.testkit.TestOperation;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Scripts on a cluster, which has no statement interface: the real driver runs them. */
@Timeout(120)
class ClusterWriterTest {
  private static final String FIRST = "CREATE SCHEMA IF NOT EXISTS `main`.`new`";
  private static final String SECOND = "CREATE TABLE IF NOT EXISTS `main`.`new`.`t` (x INT)";
  private static final String THIRD = "COMMENT ON SCHEMA `main`.`other` IS 'what?'";

  private final DatabricksSimulator workspace = DatabricksSimulator.start();
  private final ThriftCompute compute = ThriftCompute.before(workspace);
  private final ConfigurationValues values =
      Workspaces.values(workspace)
          .with("workspace_url", compute.url())
          .with("compute.cluster_id", "cluster-1");
  private final ConnectionAdapter adapter = Workspaces.open(values);
  private final Map<String, RuntimeException> refusals = new ConcurrentHashMap<>();
  private final List<WriteReport.Outcome> heard = new ArrayList<>();

  ClusterWriterTest() {
    compute.answering(
        statement -> {
          if (refusals.containsKey(statement)) {
            throw refusals.get(statement);
          }
          return ThriftCompute.Result.of(List.of(), List.of());
        });
  }

  @AfterEach
  void close() {
    adapter.close();
    compute.close();
    workspace.close();
  }

  private static TestOperation soon() {
    return TestOperation.within(Duration.ofSeconds(60));
  }

  private CatalogWriter writer() {
    return adapter.as(CatalogWriter.class).orElseThrow();
  }

  private WriteReport applied(Operation operation) {
    WritePlan plan = writer().plan(String.join(";\n", FIRST, SECOND, THIRD), soon());
    return writer().apply(plan, heard::add, operation);
  }

  private ConnectionException refused(Operation operation) {
    return catchThrowableOfType(ConnectionException.class, () -> applied(operation));
  }

  @Test
  void each_statement_of_a_script_runs_once_on_the_cluster_and_is_reported() {
    WriteReport report = applied(soon());

    assertThat(report.complete()).isTrue();
    assertThat(heard).isEqualTo(report.outcomes());
    assertThat(compute.statements()).containsExactly(FIRST, SECOND, THIRD);
    assertThat(compute.paths()).containsOnly("/sql/protocolv1/o/1234567890/cluster-1");
    assertThat(workspace.statements()).isEmpty();
  }

  @Test
  void what_builds_on_a_failure_is_skipped_and_its_reason_has_no_foreign_words() {
    refusals.put(FIRST, new ThriftCompute.Refused("42501", "of the source's own words"));

    WriteReport report = applied(soon());

    assertThat(report.outcomes())
        .extracting(WriteReport.Outcome::result)
        .containsExactly(
            WriteReport.Result.FAILED, WriteReport.Result.SKIPPED, WriteReport.Result.DONE);
    assertThat(report.outcomes().get(0).failure().orElseThrow())
        .satisfies(
            failure -> {
              assertThat(failure.code().id()).isEqualTo(StandardErrorCode.PERMISSION_DENIED.id());
              assertThat(failure.message()).doesNotContain("own words");
            });
    assertThat(compute.statements()).containsExactly(FIRST, THIRD);
  }

  @Test
  void a_statement_that_failed_as_if_it_might_pass_later_is_not_sent_again() {
    refusals.put(FIRST, new ThriftCompute.Refused("57000", "out of memory"));

    assertThat(applied(soon()).outcomes().get(0).failure().orElseThrow().code().category())
        .isEqualTo(Category.UNAVAILABLE);
    assertThat(compute.statements()).containsExactly(FIRST, THIRD);
  }

  @Test
  void a_cancel_ends_the_statement_at_the_cluster_and_no_other_begins() throws Exception {
    refusals.put(SECOND, new ThriftCompute.Endless());
    TestOperation operation = soon();

    CompletableFuture<ConnectionException> ended =
        CompletableFuture.supplyAsync(() -> refused(operation));
    compute.awaitStatement(SECOND);
    operation.cancel();

    assertThat(ended.join().category()).isEqualTo(Category.CANCELLED);
    compute.awaitCall("CancelOperation");
    assertThat(compute.statements()).containsExactly(FIRST, SECOND);
    assertThat(heard).hasSize(1);
  }

  @Test
  void a_deadline_ends_a_script_wherever_it_is() {
    refusals.put(SECOND, new ThriftCompute.Endless());

    ConnectionException late = refused(TestOperation.within(Duration.ofSeconds(2)));

    assertThat(late.category()).isEqualTo(Category.TIMEOUT);
    assertThat(compute.statements()).doesNotContain(THIRD);
    assertThat(heard).hasSizeLessThan(2);
  }

  @Test
  void a_stopped_cluster_writes_nothing_and_is_not_woken() {
    workspace.cluster("cluster-1", "TERMINATED");

    assertThat(refused(soon()).code()).isEqualTo(DatabricksErrorCode.COMPUTE_STOPPED);
    assertThat(compute.paths()).isEmpty();
    assertThat(workspace.requests().all()).noneMatch(request -> request.path().endsWith("/start"));
  }

  @Test
  void a_cluster_that_stops_meanwhile_ends_the_script() {
    compute.answering(
        statement -> {
          workspace.cluster("cluster-1", "TERMINATED");
          throw new ThriftCompute.Refused("57000", "the cluster goes");
        });

    assertThat(refused(soon()).code()).isEqualTo(DatabricksErrorCode.COMPUTE_STOPPED);
    assertThat(compute.statements()).containsExactly(FIRST);
    assertThat(heard)
        .extracting(WriteReport.Outcome::result)
        .containsExactly(WriteReport.Result.FAILED, WriteReport.Result.SKIPPED);
  }

  @Test
  void a_statement_of_the_hosts_own_is_run_as_it_is() {
    adapter
        .as(StatementRunner.class)
        .orElseThrow()
        .run("OPTIMIZE main.default.t WHERE x = '?'", soon());

    assertThat(compute.statements()).containsExactly("OPTIMIZE main.default.t WHERE x = '?'");
  }

  @Test
  void a_script_for_hive_metastore_runs_on_a_cluster_too() {
    try (ConnectionAdapter hive = Workspaces.open(values.with("catalog", "hive_metastore"))) {
      compute.answering(
          statement ->
              statement.startsWith("SHOW")
                  ? ThriftCompute.Result.of(List.of("a", "b", "c"), List.of())
                  : ThriftCompute.Result.of(List.of(), List.of()));
      CatalogWriter writer = hive.as(CatalogWriter.class).orElseThrow();
      String script = "CREATE TABLE IF NOT EXISTS hive_metastore.sales.t (x INT) USING DELTA";

      assertThat(writer.apply(writer.plan(script, soon()), heard::add, soon()).complete()).isTrue();
      assertThat(compute.statements()).last().isEqualTo(script);
    }
  }
}
