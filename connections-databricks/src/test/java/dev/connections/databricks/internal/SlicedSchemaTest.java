package dev.connections.databricks.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.connections.api.ConfigurationValues;
import dev.connections.api.ConnectionAdapter;
import dev.connections.api.ConnectionException;
import dev.connections.api.ImportPlan;
import dev.connections.api.Notice;
import dev.connections.api.NoticeCode;
import dev.connections.api.SchemaName;
import dev.connections.api.Section;
import dev.connections.api.StandardErrorCode;
import dev.connections.api.TableMetadata;
import dev.connections.api.TableName;
import dev.connections.databricks.ColumnMask;
import dev.connections.databricks.UnityCatalogTable;
import dev.connections.simulators.DatabricksSimulator;
import dev.connections.simulators.Fault;
import dev.connections.testkit.RecordingSink;
import dev.connections.testkit.TestOperation;
import dev.connections.testkit.TestSelection;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Very large schemas; large means twenty tables here. */
@Timeout(60)
class SlicedSchemaTest {
  private static final String TABLES = "/api/2.1/unity-catalog/tables";
  private static final SchemaName LARGE = SchemaName.of("main", "schema_000");

  private final DatabricksSimulator workspace = DatabricksSimulator.withTables(520, 1, 4);
  private final ConfigurationValues plain =
      Workspaces.values(workspace).with("advanced.slice_from", 20);
  private final ConfigurationValues values = plain.with("compute.warehouse_id", "warehouse-1");

  @AfterEach
  void close() {
    workspace.close();
  }

  private static RecordingSink imported(ConfigurationValues values) {
    RecordingSink sink = new RecordingSink();
    try (ConnectionAdapter adapter = Workspaces.open(values)) {
      adapter.importMetadata(TestSelection.everything(), sink, TestOperation.start());
    }
    return sink;
  }

  private static List<Notice> notices(RecordingSink sink, NoticeCode code) {
    return sink.events(RecordingSink.Event.Noticed.class).stream()
        .map(RecordingSink.Event.Noticed::notice)
        .filter(notice -> notice.code().equals(code))
        .toList();
  }

  @Test
  void slices_say_the_same_as_pages_of_what_both_load() {
    workspace.add(
        "tables",
        "main",
        "schema_000",
        "v",
        "{\"name\":\"v\",\"table_type\":\"VIEW\",\"view_definition\":\"SELECT 1\",\"columns\":[]}");
    Map<TableName, TableMetadata> sliced = imported(values).tables();
    assertThat(workspace.requests().count(TABLES)).isEqualTo(1); // the other schema, which is empty

    Map<TableName, TableMetadata> paged =
        imported(values.with("advanced.slice_from", 1_000_000)).tables();

    assertThat(sliced).hasSize(521).containsOnlyKeys(paged.keySet());
    sliced.forEach(
        (name, table) -> {
          Set<Section> both = table.loaded();
          assertThat(both).contains(Section.COLUMNS, Section.KEYS, Section.DEFINITION);
          assertThat(both).doesNotContain(Section.PROPERTIES, Section.STATISTICS);
          TableMetadata expected = paged.get(name).only(both);
          assertThat(table.columns()).isEqualTo(expected.columns());
          assertThat(table.definition()).isEqualTo(expected.definition());
          assertThat(table.info().description()).isEqualTo(expected.info().description());
          assertThat(table.info().kind()).isEqualTo(expected.info().kind());
        });
  }

  @Test
  void the_plan_knows_what_slices_and_statements_for_each_catalog_cost() {
    workspace.add("tables", "other", "s", "t", "{\"name\":\"t\",\"columns\":[]}");
    RecordingSink sink = new RecordingSink();
    sink.onEvent(
        event -> {
          if (event instanceof RecordingSink.Event.Proceed) {
            workspace.requests().clear();
          }
        });
    try (ConnectionAdapter adapter = Workspaces.open(values.without("catalog"))) {
      adapter.importMetadata(TestSelection.everything(), sink, TestOperation.start());
    }

    ImportPlan plan = sink.events(RecordingSink.Event.Proceed.class).get(0).plan();
    // Seven statements for each of two catalogs; four and two slices of the large schema, all asked
    // for once; a page of each of the small schemas.
    assertThat(plan.calls()).hasValue(2 * 7 * 2 + 2 * (4 + 2) + 2);
    assertThat(workspace.requests().count()).isEqualTo((int) plan.calls().getAsLong());
  }

  private static final TableName RICH = LARGE.table("rich");

  private void rich() {
    workspace.add(
        "tables",
        "main",
        "schema_000",
        "rich",
        "{\"name\":\"rich\",\"table_type\":\"EXTERNAL\",\"owner\":\"ada\",\"data_source_format\":\"DELTA\","
            + "\"storage_location\":\"s3://lake/raw/x\",\"row_filter\":{\"function_name\":\"main.f.g\"},"
            + "\"columns\":[{\"name\":\"day\",\"type_text\":\"date\",\"position\":0,\"partition_index\":1},"
            + "{\"name\":\"land\",\"type_text\":\"string\",\"position\":1,\"partition_index\":0,"
            + "\"mask\":{\"function_name\":\"main.f.m\",\"using_column_names\":[\"day\",\"id\"]}},"
            + "{\"name\":\"id\",\"type_text\":\"struct<a:int NOT NULL,b:string>\",\"position\":2}]}");
    workspace.addExternalLocation("raw", "s3://lake/raw");
    workspace.relation(
        "main.information_schema.table_tags",
        List.of("catalog_name", "schema_name", "table_name", "tag_name", "tag_value"),
        List.of(List.of("main", "schema_000", "rich", "tier", "gold")));
    workspace.relation(
        "main.information_schema.column_tags",
        List.of(
            "catalog_name", "schema_name", "table_name", "column_name", "tag_name", "tag_value"),
        List.of(List.of("main", "schema_000", "rich", "land", "pii", "no")));
    workspace.relation(
        "system.access.table_lineage",
        List.of(
            "source_table_catalog",
            "source_table_schema",
            "source_table_name",
            "source_path",
            "target_table_catalog",
            "target_table_schema",
            "target_table_name",
            "event_date"),
        List.of(
            Arrays.asList(
                "crm", "core", "people", null, "main", "schema_000", "rich", "9999-01-01")));
  }

  @Test
  void partitions_tags_lineage_masks_filters_owner_and_location_are_in_slices_too() {
    rich();

    TableMetadata sliced = imported(values).tables().get(RICH);
    TableMetadata paged =
        imported(values.with("advanced.slice_from", 1_000_000)).tables().get(RICH);

    assertThat(sliced.extensions()).isEqualTo(paged.extensions()).hasSize(3);
    assertThat(sliced.columns()).isEqualTo(paged.columns());
    assertThat(sliced.columns().get(1).extensions()).hasSize(2);
    assertThat(sliced.columns().get(2).type().children().get(0).nullable()).isFalse();
    assertThat(sliced.partitioning()).isEqualTo(paged.partitioning());
    assertThat(sliced.partitioning().orElseThrow().columns()).containsExactly("land", "day");
    assertThat(sliced.extension(UnityCatalogTable.class).orElseThrow().externalLocation())
        .contains("raw");
  }

  @Test
  void masks_and_filters_that_are_refused_are_told_and_the_slices_are_read() {
    rich();
    workspace.refuseStatement(".column_masks ", "INSUFFICIENT_PERMISSIONS", "42501");

    RecordingSink sink = imported(values);

    assertThat(sink.tables()).hasSize(521);
    assertThat(sink.tables().get(RICH).extension(UnityCatalogTable.class).orElseThrow().rowFilter())
        .contains("main.f.g");
    assertThat(notices(sink, NoticeCode.NOT_LOADED))
        .anyMatch(notice -> notice.message().startsWith("Masks of columns weren't read."));
  }

  @Test
  void masks_and_filters_are_also_read_where_their_columns_have_the_names_of_the_reference() {
    rich();
    workspace.relation(
        "main.information_schema.column_masks",
        List.of(
            "catalog_name",
            "schema_name",
            "table_name",
            "column_name",
            "mask_catalog",
            "mask_schema",
            "mask_name",
            "mask_col_usage"),
        List.of(List.of("main", "schema_000", "rich", "land", "main", "f", "m2", "day,id")));
    workspace.relation(
        "main.information_schema.row_filters",
        List.of(
            "catalog_name",
            "schema_name",
            "table_name",
            "filter_catalog",
            "filter_schema",
            "filter_name",
            "filter_col_usage"),
        List.of(List.of("main", "schema_000", "rich", "main", "f", "g2", "day")));

    RecordingSink sink = imported(values);

    TableMetadata table = sink.tables().get(RICH);
    assertThat(table.extension(UnityCatalogTable.class).orElseThrow().rowFilter())
        .contains("main.f.g2");
    assertThat(table.columns().get(1).extension(ColumnMask.class))
        .contains(new ColumnMask("main.f.m2", List.of("day", "id")));
    assertThat(notices(sink, NoticeCode.NOT_LOADED))
        .noneMatch(notice -> notice.message().contains("Masks"));
  }

  private static RecordingSink imported(ConfigurationValues values, Set<TableName> wanted) {
    RecordingSink sink = new RecordingSink();
    sink.reading(table -> wanted.contains(table.name()));
    try (ConnectionAdapter adapter = Workspaces.open(values)) {
      adapter.importMetadata(TestSelection.everything(), sink, TestOperation.start());
    }
    return sink;
  }

  @Test
  void a_few_tables_of_a_large_schema_are_read_one_by_one_with_all_that_slices_lack() {
    workspace.add(
        "tables",
        "main",
        "schema_000",
        "counted",
        "{\"name\":\"counted\",\"table_type\":\"MANAGED\",\"properties\":{\"a\":\"b\","
            + "\"clusteringColumns\":\"[[\\\"id\\\"]]\",\"spark.sql.statistics.numRows\":\"7\"},"
            + "\"columns\":[{\"name\":\"id\",\"type_text\":\"int\"}]}");
    TableName counted = LARGE.table("counted");

    RecordingSink sink = imported(values, Set.of(counted, LARGE.table("table_00001")));

    assertThat(sink.tables()).hasSize(2);
    TableMetadata table = sink.tables().get(counted);
    assertThat(table.loaded()).contains(Section.PROPERTIES, Section.STATISTICS, Section.KEYS);
    assertThat(table.properties()).containsEntry("a", "b");
    assertThat(table.extension(UnityCatalogTable.class).orElseThrow().clustering())
        .containsExactly("id");
    assertThat(table.rowCount()).isPresent();
    assertThat(workspace.statements()).noneMatch(text -> text.contains(".columns "));
    assertThat(workspace.requests().all())
        .filteredOn(request -> request.path().startsWith(TABLES + "/"))
        .hasSize(2);
    assertThat(notices(sink, NoticeCode.NOT_LOADED))
        .noneMatch(notice -> notice.scope().equals(new Notice.Scope.Schema(LARGE)));
  }

  @Test
  void how_many_are_a_few_is_the_connections_choice() {
    Set<TableName> two = Set.of(LARGE.table("table_00001"), LARGE.table("table_00002"));

    assertThat(imported(values.with("advanced.one_by_one_up_to", 1), two).tables()).hasSize(2);
    assertThat(workspace.statements()).anyMatch(text -> text.contains(".columns "));
    assertThat(workspace.requests().all())
        .noneMatch(request -> request.path().startsWith(TABLES + "/"));
  }

  @Test
  void a_table_that_is_gone_when_it_is_read_by_itself_fails_alone() {
    workspace.faults().always(TABLES + "/main.schema_000.table_00001", Fault.status(404));

    RecordingSink sink =
        imported(values, Set.of(LARGE.table("table_00001"), LARGE.table("table_00002")));

    assertThat(sink.tables()).containsOnlyKeys(LARGE.table("table_00002"));
    assertThat(sink.failures()).containsOnlyKeys(LARGE.table("table_00001"));
    assertThat(sink.events(RecordingSink.Event.ListingComplete.class)).hasSize(2);
  }

  @Test
  void names_that_cannot_be_are_told_of_slices_too() {
    workspace.add("tables", "main", "schema_000", "a.b", "{\"name\":\"a.b\",\"columns\":[]}");

    RecordingSink sink = imported(values);

    assertThat(sink.tables()).hasSize(520);
    assertThat(notices(sink, NoticeCode.SKIPPED))
        .singleElement()
        .satisfies(notice -> assertThat(notice.hidden()).hasValue(1));
    assertThat(workspace.statements()).anyMatch(text -> text.contains(".columns "));
  }

  @Test
  void a_large_schema_costs_a_statement_for_each_slice_and_says_what_it_lacks() {
    RecordingSink sink = imported(values);

    assertThat(sink.tables()).hasSize(520);
    assertThat(workspace.statements()).filteredOn(text -> text.contains(".columns ")).hasSize(2);
    assertThat(notices(sink, NoticeCode.NOT_LOADED))
        .anyMatch(notice -> notice.scope().equals(new Notice.Scope.Schema(LARGE)));
    assertThat(sink.events(RecordingSink.Event.ListingComplete.class)).hasSize(2);
  }

  @Test
  void a_slice_that_is_too_large_is_halved_until_it_fits() {
    workspace.inlineLimit(40_000);
    workspace.statement(".tables ", List.of("table_name"), names(520));

    assertThat(imported(values).tables()).hasSize(520);
    assertThat(workspace.statements())
        .filteredOn(text -> text.contains(".columns "))
        .hasSizeGreaterThan(5);
  }

  private static List<List<String>> names(int tables) {
    return IntStream.range(0, tables)
        .mapToObj(number -> List.of(String.format("table_%05d", number)))
        .toList();
  }

  @Test
  void a_slice_that_fails_fails_its_tables_and_no_others() {
    workspace.refuseStatement(".columns ", "INTERNAL", "22012");

    RecordingSink sink = imported(values);

    assertThat(sink.tables()).isEmpty();
    assertThat(sink.failures()).hasSize(520);
    assertThat(sink.failures().values())
        .extracting(failure -> failure.code().id())
        .containsOnly("STATEMENT_REFUSED");
  }

  @Test
  void where_the_relation_hides_tables_or_is_refused_the_pages_are_read() {
    workspace.statement(".tables ", List.of("table_name"), names(300));
    assertThat(imported(values).tables()).hasSize(520);

    workspace.refuseStatement(".tables ", "INSUFFICIENT_PERMISSIONS", "42501");
    RecordingSink sink = imported(values);
    assertThat(sink.tables()).hasSize(520);
    assertThat(sink.tables().get(LARGE.table("table_00000")).loaded()).contains(Section.PROPERTIES);
    assertThat(notices(sink, NoticeCode.LARGE)).hasSize(1);
  }

  @Test
  void without_a_warehouse_it_is_said_beforehand_that_pages_are_serial() {
    RecordingSink sink = new RecordingSink();
    sink.stopping();
    try (ConnectionAdapter adapter = Workspaces.open(plain)) {
      adapter.importMetadata(TestSelection.everything(), sink, TestOperation.start());
    }

    assertThat(notices(sink, NoticeCode.LARGE))
        .singleElement()
        .satisfies(notice -> assertThat(notice.message()).contains("520 tables"));
    assertThat(workspace.requests().count(TABLES)).isZero();
  }

  @Test
  void a_refused_token_in_the_middle_ends_the_import() {
    workspace.faults().always("/api/2.0/sql/statements/", Fault.status(401));

    assertThatThrownBy(() -> imported(values))
        .isInstanceOfSatisfying(
            ConnectionException.class,
            failed -> assertThat(failed.code()).isEqualTo(StandardErrorCode.WRONG_CREDENTIALS));
  }
}
