package dev.connections.databricks.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.connections.api.ConfigurationValues;
import dev.connections.api.ConnectionAdapter;
import dev.connections.api.ConnectionException;
import dev.connections.api.ImportPlan;
import dev.connections.api.NoticeCode;
import dev.connections.api.Page;
import dev.connections.api.RowPreview;
import dev.connections.api.SchemaName;
import dev.connections.api.StandardErrorCode;
import dev.connections.api.TableInfo;
import dev.connections.api.TableKind;
import dev.connections.api.TableQuery;
import dev.connections.api.TestResult;
import dev.connections.databricks.ComputeStatus;
import dev.connections.databricks.DatabricksErrorCode;
import dev.connections.simulators.DatabricksSimulator;
import dev.connections.testkit.RecordingSink;
import dev.connections.testkit.TestOperation;
import dev.connections.testkit.TestSelection;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The metastore beside Unity Catalog, read through the real driver. */
@Timeout(180)
class HiveMetastoreTest {
  private static final SchemaName SALES = SchemaName.of("hive_metastore", "sales");

  private final DatabricksSimulator workspace = DatabricksSimulator.start();
  private final ThriftCompute compute = ThriftCompute.before(workspace);
  private final HiveScript metastore =
      new HiveScript(true)
          .table("sales", "orders", HiveScript.plain("MANAGED"))
          .table("sales", "odd`name", HiveScript.plain("EXTERNAL"))
          .view("sales", "recent", HiveScript.plain("VIEW"))
          .table("staff", "people", HiveScript.plain("MANAGED"))
          .schema("empty");
  private final ConfigurationValues values =
      Workspaces.values(workspace)
          .with("workspace_url", compute.url())
          .with("catalog", "hive_metastore")
          .with("compute.cluster_id", "cluster-1");

  @AfterEach
  void close() {
    compute.close();
    workspace.close();
  }

  private static TestOperation soon() {
    return TestOperation.within(Duration.ofSeconds(120));
  }

  private static List<SchemaName> completed(RecordingSink sink) {
    return sink.events(RecordingSink.Event.ListingComplete.class).stream()
        .map(RecordingSink.Event.ListingComplete::schema)
        .toList();
  }

  private RecordingSink imported() {
    RecordingSink sink = new RecordingSink();
    compute.answering(metastore);
    try (ConnectionAdapter adapter = Workspaces.open(values)) {
      adapter.importMetadata(TestSelection.everything(), sink, soon());
    }
    return sink;
  }

  private TestResult tested(ConfigurationValues chosen) {
    compute.answering(metastore);
    try (ConnectionAdapter adapter = Workspaces.open(chosen)) {
      return adapter.test(soon());
    }
  }

  @Test
  void all_is_read_by_one_statement_for_each_table_and_two_for_each_schema() {
    RecordingSink sink = imported();

    assertThat(sink.tables().values())
        .extracting(table -> table.info().name().display())
        .containsExactlyInAnyOrder(
            SALES.table("orders").display(),
            SALES.table("odd`name").display(),
            SALES.table("recent").display(),
            SchemaName.of("hive_metastore", "staff").table("people").display());
    assertThat(sink.tables().values()).allSatisfy(table -> assertThat(table.columns()).hasSize(1));
    assertThat(completed(sink)).hasSize(3);
    assertThat(sink.events(RecordingSink.Event.Proceed.class))
        .singleElement()
        .satisfies(event -> assertThat(event.plan()).isEqualTo(ImportPlan.of(4, 4)));
    assertThat(compute.statements()).hasSize(1 + 2 * 3 + 4);
    assertThat(compute.paths()).containsOnly("/sql/protocolv1/o/1234567890/cluster-1");
    assertThat(workspace.requests().all())
        .noneMatch(request -> request.path().contains("unity-catalog"));
  }

  @Test
  void a_table_that_cannot_be_described_fails_alone() {
    metastore.refusing("`orders`", "42501");

    RecordingSink sink = imported();

    assertThat(sink.tables()).hasSize(3);
    assertThat(sink.failures())
        .hasEntrySatisfying(
            SALES.table("orders"),
            failure -> {
              assertThat(failure.code().id()).isEqualTo(StandardErrorCode.PERMISSION_DENIED.id());
              assertThat(failure.message()).doesNotContain("own words");
            });
  }

  @Test
  void a_schema_that_is_closed_is_told_and_the_rest_is_read() {
    metastore.refusing("SHOW TABLES IN `hive_metastore`.`sales`", "42501");

    RecordingSink sink = imported();

    assertThat(sink.tables()).hasSize(1);
    assertThat(sink.events(RecordingSink.Event.ListingFailed.class))
        .singleElement()
        .satisfies(event -> assertThat(event.schema()).isEqualTo(SALES));
    assertThat(completed(sink)).doesNotContain(SALES);
  }

  @Test
  void without_unity_catalog_statements_name_no_catalog() {
    compute.answering(new HiveScript(false).table("sales", "orders", HiveScript.plain("MANAGED")));
    RecordingSink sink = new RecordingSink();
    try (ConnectionAdapter adapter =
        Workspaces.open(values.without("catalog").with("advanced.enable_unity_catalog", false))) {
      adapter.importMetadata(TestSelection.everything(), sink, soon());
    }

    assertThat(sink.tables().values())
        .singleElement()
        .satisfies(table -> assertThat(table.info().name()).isEqualTo(SALES.table("orders")));
  }

  @Test
  void a_schema_of_the_configuration_limits_what_is_read() {
    compute.answering(metastore);
    RecordingSink sink = new RecordingSink();
    try (ConnectionAdapter adapter = Workspaces.open(values.with("schema", "staff"))) {
      adapter.importMetadata(TestSelection.everything(), sink, soon());
      ConnectionException refused =
          catchThrowableOfType(
              ConnectionException.class,
              () -> adapter.getTableMetadata(SALES.table("orders"), soon()));
      assertThat(refused.is(StandardErrorCode.NOT_FOUND)).isTrue();
    }

    assertThat(sink.tables()).hasSize(1);
    assertThat(compute.statements()).hasSize(1 + 2 + 1);
  }

  @Test
  void what_is_stopped_is_not_woken_and_ends_an_import_at_once() {
    workspace.cluster("cluster-1", "TERMINATED");

    ConnectionException refused = catchThrowableOfType(ConnectionException.class, this::imported);

    assertThat(refused.code().id()).isEqualTo(DatabricksErrorCode.COMPUTE_STOPPED.id());
    assertThat(compute.paths()).isEmpty();
  }

  @Test
  void a_test_of_what_is_stopped_says_what_it_did_not_test() {
    workspace.cluster("cluster-1", "TERMINATED");

    TestResult result = tested(values);

    assertThat(result.passed()).isTrue();
    assertThat(result.hasWarnings()).isTrue();
    assertThat(result.step("compute").orElseThrow().status()).isEqualTo(TestResult.Status.WARNING);
    assertThat(result.step("read")).isEmpty();
    assertThat(compute.paths()).isEmpty();
  }

  @Test
  void a_test_reads_a_little_and_costs_the_same_whatever_there_is() {
    TestResult result = tested(values);

    assertThat(result.passed()).isTrue();
    assertThat(result.hasWarnings()).isFalse();
    // The schemas; tables and views of one that is empty and of the next; one table.
    assertThat(compute.statements()).hasSize(1 + 2 * 2 + 1);
  }

  @Test
  void a_schema_that_is_not_there_names_its_field() {
    TestResult result = tested(values.with("schema", "nosuch"));

    assertThat(result.firstFailure().orElseThrow().fields()).containsExactly("schema");
  }

  @Test
  void a_deleted_cluster_fails_the_test() {
    workspace.cluster("cluster-1", "DELETED");

    assertThat(tested(values).firstFailure().orElseThrow().code().id())
        .isEqualTo(DatabricksErrorCode.NO_COMPUTE.id());
  }

  @Test
  void names_are_browsed_page_by_page() {
    compute.answering(metastore);
    try (ConnectionAdapter adapter = Workspaces.open(values)) {
      assertThat(adapter.listSchemas(soon()))
          .extracting(schema -> schema.name().schema())
          .containsExactly("empty", "sales", "staff");
      Page<TableInfo> first = adapter.listTables(TableQuery.of(SALES).limit(2), soon());
      assertThat(first.items()).hasSize(2);
      Page<TableInfo> second =
          adapter.listTables(
              TableQuery.of(SALES).limit(2).after(first.next().orElseThrow()), soon());
      assertThat(second.items())
          .singleElement()
          .satisfies(
              info -> {
                assertThat(info.name().table()).isEqualTo("recent");
                assertThat(info.kind()).isEqualTo(TableKind.VIEW);
              });
      assertThat(second.next()).isEmpty();
    }
  }

  @Test
  void names_that_cannot_be_are_told_wherever_they_are_listed() {
    metastore
        .table("sales", "a.b", HiveScript.plain("MANAGED"))
        .view("sales", "c/d", HiveScript.plain("VIEW"))
        .schema("e.f");

    RecordingSink sink = imported();

    assertThat(sink.tables()).hasSize(4);
    assertThat(sink.events(RecordingSink.Event.Noticed.class))
        .extracting(RecordingSink.Event.Noticed::notice)
        .filteredOn(notice -> notice.code().equals(NoticeCode.SKIPPED))
        .extracting(notice -> notice.hidden().getAsLong())
        .containsExactlyInAnyOrder(1L, 2L);
    try (ConnectionAdapter adapter = Workspaces.open(values)) {
      assertThat(adapter.listTables(TableQuery.of(SALES), soon()).notices()).hasSize(1);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"nosuch", "x`; DROP TABLE y; --"})
  void a_table_that_is_not_there_is_told(String name) {
    compute.answering(metastore);
    try (ConnectionAdapter adapter = Workspaces.open(values)) {
      ConnectionException refused =
          catchThrowableOfType(
              ConnectionException.class, () -> adapter.getTableMetadata(SALES.table(name), soon()));

      assertThat(refused.is(StandardErrorCode.NOT_FOUND)).isTrue();
    }
    assertThat(compute.statements())
        .containsExactly(
            "DESCRIBE TABLE EXTENDED `hive_metastore`.`sales`.`" + name.replace("`", "``") + "`");
  }

  @Test
  void first_rows_are_shown_of_what_is_there() {
    compute.answering(metastore);
    try (ConnectionAdapter adapter = Workspaces.open(values.with("advanced.row_preview", true))) {
      assertThat(adapter.as(ComputeStatus.class)).isPresent();
      assertThat(
              adapter
                  .as(RowPreview.class)
                  .orElseThrow()
                  .preview(SALES.table("odd`name"), 5, soon())
                  .rows())
          .hasSize(1);
    }
    assertThat(compute.statements())
        .last()
        .isEqualTo("SELECT * FROM `hive_metastore`.`sales`.`odd``name` LIMIT 6");
  }

  @Test
  void it_is_not_read_without_compute() {
    assertThat(DatabricksFields.SPEC.validate(values.without("compute.cluster_id")))
        .anySatisfy(problem -> assertThat(problem.field()).isEqualTo("compute.warehouse_id"));
    assertThat(
            DatabricksFields.SPEC.validate(
                values.with("catalog", "main").with("advanced.enable_unity_catalog", false)))
        .anySatisfy(problem -> assertThat(problem.field()).isEqualTo("catalog"));
    assertThat(DatabricksFields.SPEC.validate(values)).isEqualTo(List.of());
  }
}
