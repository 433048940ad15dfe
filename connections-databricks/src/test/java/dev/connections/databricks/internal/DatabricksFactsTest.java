package dev.connections.databricks.internal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.connections.api.AdapterContext;
import dev.connections.api.CallLimits;
import dev.connections.api.ConfigurationValues;
import dev.connections.api.ConnectionAdapter;
import dev.connections.api.ForeignKey;
import dev.connections.api.Notice;
import dev.connections.api.NoticeCode;
import dev.connections.api.SchemaInfo;
import dev.connections.api.SchemaName;
import dev.connections.api.Section;
import dev.connections.api.TableKind;
import dev.connections.api.TableMetadata;
import dev.connections.api.TableName;
import dev.connections.databricks.UnityCatalogLineage;
import dev.connections.databricks.UnityCatalogObject;
import dev.connections.databricks.UnityCatalogTable;
import dev.connections.databricks.UnityCatalogTags;
import dev.connections.simulators.DatabricksSimulator;
import dev.connections.simulators.Fault;
import dev.connections.testkit.RecordingSink;
import dev.connections.testkit.TestOperation;
import dev.connections.testkit.TestSelection;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What lists don't say and an import tells all the same. */
@Timeout(60)
class DatabricksFactsTest {
  private static final String STATEMENTS = "/api/2.0/sql/statements";
  private static final SchemaName SALES = SchemaName.of("main", "sales");
  private static final TableName ORDERS = SALES.table("orders");
  private static final TableName PEOPLE = SchemaName.of("crm", "core").table("people");

  private final DatabricksSimulator workspace = DatabricksSimulator.start();
  private final ConfigurationValues values =
      Workspaces.values(workspace).without("catalog").with("compute.warehouse_id", "warehouse-1");

  DatabricksFactsTest() {
    table(
        PEOPLE,
        "",
        "{\"primary_key_constraint\":{\"name\":\"people_pk\",\"child_columns\":[\"country\",\"id\"]}}");
    table(
        ORDERS,
        "",
        "{\"primary_key_constraint\":{\"name\":\"orders_pk\",\"child_columns\":[\"id\"]}},"
            + "{\"foreign_key_constraint\":{\"name\":\"orders_fk\",\"child_columns\":[\"country\",\"person\"],"
            + "\"parent_table\":\"crm.core.people\",\"parent_columns\":[\"country\",\"id\"]}}");
  }

  @AfterEach
  void close() {
    workspace.close();
  }

  private void table(TableName name, String members, String constraints) {
    workspace.add(
        "tables",
        name.schema().catalog().orElseThrow(),
        name.schema().schema(),
        name.table(),
        "{\"name\":\""
            + name.table()
            + "\",\"metastore_id\":\"m-1\",\"columns\":[{\"name\":\"id\",\"type_text\":\"int\",\"position\":0},"
            + "{\"name\":\"country\",\"type_text\":\"string\",\"position\":1}]"
            + members
            + ",\"table_constraints\":["
            + constraints
            + "]}");
  }

  private static RecordingSink imported(ConfigurationValues values, TestSelection selection) {
    RecordingSink sink = new RecordingSink();
    try (ConnectionAdapter adapter = Workspaces.open(values)) {
      adapter.importMetadata(selection, sink, TestOperation.start());
    }
    return sink;
  }

  private RecordingSink imported() {
    return imported(values, TestSelection.everything());
  }

  private static List<Notice> notices(RecordingSink sink) {
    return sink.events(RecordingSink.Event.Noticed.class).stream()
        .map(RecordingSink.Event.Noticed::notice)
        .toList();
  }

  private static List<String> notLoaded(RecordingSink sink) {
    return notices(sink).stream()
        .filter(notice -> notice.code().equals(NoticeCode.NOT_LOADED))
        .map(Notice::message)
        .toList();
  }

  @Test
  void a_reference_to_a_table_whose_name_cannot_be_taken_apart_is_told() {
    workspace.add(
        "tables",
        "main",
        "s",
        "odd",
        "{\"name\":\"odd\",\"columns\":[{\"name\":\"a\",\"type_text\":\"int\"}],\"table_constraints\":["
            + "{\"foreign_key_constraint\":{\"name\":\"fk\",\"child_columns\":[\"a\"],"
            + "\"parent_table\":\"main.s.with.dot\",\"parent_columns\":[\"b\"]}}]}");
    try (ConnectionAdapter adapter = Workspaces.open(Workspaces.values(workspace))) {
      TableMetadata odd =
          adapter.getTableMetadata(SchemaName.of("main", "s").table("odd"), TestOperation.start());

      assertThat(odd.foreignKeys()).isEmpty();
      assertThat(odd.notices())
          .anyMatch(notice -> notice.message().startsWith("A reference is left out"));
    }
  }

  @Test
  void keys_come_by_three_queries_for_each_catalog_and_references_lead_from_one_to_another() {
    RecordingSink sink = imported();

    TableMetadata orders = sink.tables().get(ORDERS);
    assertThat(orders.loaded()).contains(Section.KEYS, Section.FOREIGN_KEYS);
    assertThat(orders.primaryKey().orElseThrow().name()).contains("orders_pk");
    ForeignKey reference = orders.foreignKeys().get(0);
    assertThat(reference.references()).isEqualTo(PEOPLE);
    assertThat(reference.columns()).containsExactly("country", "person");
    assertThat(reference.referencedColumns()).containsExactly("country", "id");
    assertThat(reference.enforced()).isFalse();
    assertThat(sink.tables().get(PEOPLE).primaryKey().orElseThrow().columns())
        .containsExactly("country", "id");
    assertThat(workspace.statements()).hasSize(2 * 7);
    assertThat(workspace.statements())
        .filteredOn(text -> text.contains("constraint"))
        .hasSize(2 * 3);
    assertThat(notLoaded(sink)).hasSize(1).allMatch(text -> text.startsWith("Lineage"));
  }

  @Test
  void what_is_read_in_bulk_by_name_and_alone_is_equal() {
    tagged();
    lineage();
    table(
        SALES.table("masked"),
        ",\"row_filter\":{\"function_name\":\"main.f.g\"},\"owner\":\"ada\"",
        "");
    Map<TableName, TableMetadata> bulk = imported().tables();

    Map<TableName, TableMetadata> named =
        imported(values, TestSelection.everything().named(bulk.keySet().toArray(TableName[]::new)))
            .tables();

    assertThat(bulk.get(ORDERS).extension(UnityCatalogTags.class)).isPresent();
    assertThat(bulk.get(ORDERS).extension(UnityCatalogLineage.class)).isPresent();
    assertThat(named).isEqualTo(bulk);
    try (ConnectionAdapter adapter = Workspaces.open(values)) {
      bulk.forEach(
          (name, table) ->
              assertThat(adapter.getTableMetadata(name, TestOperation.start())).isEqualTo(table));
    }
  }

  @Test
  void tables_that_are_named_cost_four_statements_for_each_of_their_schemas() {
    imported(values, TestSelection.everything().named(ORDERS, SALES.table("nosuch"), PEOPLE));

    assertThat(workspace.statements())
        .hasSize(2 * 4)
        .allMatch(text -> text.contains("_name IN (:t0"))
        .noneMatch(text -> text.contains("orders") || text.contains("constraint"));
  }

  @Test
  void a_name_that_cannot_be_is_in_no_statement() {
    imported(values, TestSelection.everything().named(SALES.table("a.b")));

    assertThat(workspace.statements()).isEmpty();
  }

  @Test
  void a_look_at_one_table_starts_no_warehouse_and_says_what_it_lacks() {
    workspace.warehouse("warehouse-1", "STOPPED");
    try (ConnectionAdapter adapter = Workspaces.open(values.with("compute.start_stopped", true))) {
      TableMetadata orders = adapter.getTableMetadata(ORDERS, TestOperation.start());

      assertThat(orders.primaryKey()).isPresent();
      assertThat(orders.notices())
          .singleElement()
          .satisfies(notice -> assertThat(notice.message()).contains("Tags", "doesn't run"));
    }
    assertThat(workspace.statements()).isEmpty();
  }

  @Test
  void a_table_that_has_no_keys_says_so_unless_it_may_only_be_browsed() {
    TableName bare = SALES.table("bare");
    workspace.add("tables", "main", "sales", "bare", "{\"name\":\"bare\",\"columns\":[]}");
    TestSelection one = TestSelection.everything().named(bare);
    assertThat(imported(values, one).tables().get(bare).loaded()).contains(Section.KEYS);

    workspace.add(
        "tables",
        "main",
        "sales",
        "bare",
        "{\"name\":\"bare\",\"browse_only\":true,\"columns\":[]}");
    assertThat(imported(values, one).tables().get(bare).loaded()).doesNotContain(Section.KEYS);
  }

  @Test
  void a_reference_to_a_catalog_that_is_not_read_is_told() {
    TableMetadata orders =
        imported(values.with("catalog", "main"), TestSelection.everything()).tables().get(ORDERS);

    assertThat(orders.foreignKeys()).isEmpty();
    assertThat(orders.notices())
        .extracting(notice -> notice.code().id())
        .containsExactly(NoticeCode.HIDDEN_BY_PERMISSION.id());
  }

  @Test
  void what_nobody_wants_is_not_queried() {
    imported(values, TestSelection.everything().sections(Set.of(Section.COLUMNS)));
    assertThat(workspace.statements()).isEmpty();

    imported(values, TestSelection.everything().sections(Set.of(Section.KEYS)));
    assertThat(workspace.statements()).hasSize(6);
  }

  @Test
  void a_warehouse_that_does_not_run_is_left_asleep_and_the_reason_is_told() {
    workspace.warehouse("warehouse-1", "STOPPED");

    RecordingSink sink = imported();

    assertThat(sink.tables()).hasSize(2);
    assertThat(sink.tables().get(ORDERS).loaded()).doesNotContain(Section.KEYS);
    assertThat(notLoaded(sink)).singleElement().asString().contains("doesn't run");
    assertThat(workspace.statements()).isEmpty();

    assertThat(
            imported(values.with("compute.start_stopped", true), TestSelection.everything())
                .tables()
                .get(ORDERS)
                .primaryKey())
        .isPresent();
  }

  @Test
  void without_a_warehouse_what_is_missing_is_named_once() {
    assertThat(
            notLoaded(imported(values.without("compute.warehouse_id"), TestSelection.everything())))
        .singleElement()
        .asString()
        .contains("Keys and references", "Tags", "Lineage", "no SQL warehouse");
  }

  @Test
  void a_catalog_whose_relations_are_refused_lacks_its_keys_alone() {
    workspace.refuseStatement("`crm`.information_schema.key", "INSUFFICIENT_PERMISSIONS", "42501");

    RecordingSink sink = imported();

    assertThat(sink.tables().get(PEOPLE).loaded()).doesNotContain(Section.KEYS);
    assertThat(sink.tables().get(ORDERS).loaded()).contains(Section.KEYS);
    assertThat(notLoaded(sink))
        .anyMatch(text -> text.startsWith("Keys and references of the catalog crm"));
  }

  @Test
  void a_catalog_that_says_too_much_at_once_is_asked_schema_by_schema() {
    workspace.addSchema("main", "other");
    workspace.relation(
        "main.information_schema.table_tags",
        List.of("catalog_name", "schema_name", "table_name", "tag_name", "tag_value"),
        List.of(
            List.of("main", "sales", "orders", "pii", "no"),
            List.of("main", "other", "x", "pii", "y".repeat(500))));
    workspace.inlineLimit(400);

    RecordingSink sink =
        imported(
            values.with("catalog", "main"),
            TestSelection.everything()
                .schemas(schema -> !schema.schema().equals("other"))
                .sections(Set.of(Section.PROPERTIES)));

    assertThat(sink.tables().get(ORDERS).extension(UnityCatalogTags.class).orElseThrow().tags())
        .containsEntry("pii", "no");
  }

  private void tagged() {
    workspace.relation(
        "main.information_schema.table_tags",
        List.of("catalog_name", "schema_name", "table_name", "tag_name", "tag_value"),
        List.of(
            List.of("main", "sales", "orders", "tier", "gold"),
            Arrays.asList("main", "sales", "orders", "certified", null)));
    workspace.relation(
        "main.information_schema.column_tags",
        List.of(
            "catalog_name", "schema_name", "table_name", "column_name", "tag_name", "tag_value"),
        List.of(List.of("main", "sales", "orders", "country", "pii", "yes")));
  }

  @Test
  void tags_are_told_of_tables_and_columns() {
    tagged();

    TableMetadata orders = imported().tables().get(ORDERS);

    assertThat(orders.extension(UnityCatalogTags.class).orElseThrow().values().get("tags"))
        .hasToString("{certified=, tier=gold}");
    assertThat(
            orders
                .column("country")
                .orElseThrow()
                .extension(UnityCatalogTags.class)
                .orElseThrow()
                .tags())
        .containsEntry("pii", "yes");
    assertThat(orders.column("id").orElseThrow().extensions()).isEmpty();
  }

  private void lineage() {
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
            Arrays.asList("crm", "core", "people", null, "main", "sales", "orders", "9999-01-01"),
            Arrays.asList("crm", "core", "old", null, "main", "sales", "orders", "2001-01-01"),
            Arrays.asList(null, null, null, "s3://in/a", "main", "sales", "orders", "9999-01-01"),
            Arrays.asList("main", "sales", "orders", null, "main", "sales", "orders", "9999-01-01"),
            Arrays.asList("main", "sales", "orders", null, null, null, null, "9999-01-01")));
    workspace.relation(
        "system.access.column_lineage",
        List.of(
            "source_table_catalog",
            "source_table_schema",
            "source_table_name",
            "source_column_name",
            "target_table_catalog",
            "target_table_schema",
            "target_table_name",
            "target_column_name",
            "event_date"),
        List.of(
            List.of(
                "crm",
                "core",
                "people",
                "country",
                "main",
                "sales",
                "orders",
                "country",
                "9999-01-01")));
  }

  @Test
  void lineage_is_told_of_tables_and_columns_and_comes_from_the_days_asked_for() {
    lineage();

    RecordingSink sink = imported();

    UnityCatalogLineage lineage =
        sink.tables().get(ORDERS).extension(UnityCatalogLineage.class).orElseThrow();
    assertThat(lineage.tables()).containsExactly(PEOPLE);
    assertThat(lineage.paths()).containsExactly("s3://in/a");
    assertThat(lineage.columns())
        .containsExactly(new UnityCatalogLineage.ColumnSource("country", PEOPLE, "country"));
    assertThat(lineage.values()).containsKeys("tables", "paths", "columns");
    assertThat(notLoaded(sink)).isEmpty();
    workspace.requests().clear();
    imported(values.with("advanced.lineage_days", 0), TestSelection.everything());
    assertThat(workspace.statements()).filteredOn(text -> text.contains("lineage")).hasSize(4);
  }

  @Test
  void storage_is_matched_to_the_innermost_external_location_by_one_more_request() {
    workspace.addExternalLocation("all", "s3://Lake/");
    workspace.addExternalLocation("raw", "s3://lake/raw");
    workspace.addExternalLocation("rawest", "s3://lake/rawe");
    TableName raw = SALES.table("raw");
    table(raw, ",\"table_type\":\"EXTERNAL\",\"storage_location\":\"s3://lake/raw/x\"", "");
    TableName other = SALES.table("other");
    table(other, ",\"table_type\":\"EXTERNAL\",\"storage_location\":\"s3://elsewhere/x\"", "");

    RecordingSink sink = imported();

    UnityCatalogTable known =
        sink.tables().get(raw).extension(UnityCatalogTable.class).orElseThrow();
    assertThat(known.externalLocation()).contains("raw");
    assertThat(known.values()).containsEntry("external_location", "raw");
    assertThat(
            sink.tables()
                .get(other)
                .extension(UnityCatalogTable.class)
                .orElseThrow()
                .externalLocation())
        .isEmpty();
    assertThat(workspace.requests().count("/api/2.1/unity-catalog/external-locations"))
        .isEqualTo(1);
  }

  @Test
  void a_warehouse_and_locations_that_do_not_answer_keep_no_table_back() {
    workspace
        .faults()
        .always("/api/2.0/sql/warehouses", Fault.status(503))
        .always("/api/2.1/unity-catalog/external-locations", Fault.status(403));
    TableName raw = SALES.table("raw");
    table(raw, ",\"table_type\":\"EXTERNAL\",\"storage_location\":\"s3://lake/raw/x\"", "");

    RecordingSink sink = imported();

    assertThat(sink.tables()).hasSize(3);
    assertThat(notLoaded(sink))
        .hasSize(2)
        .anyMatch(text -> text.startsWith("External locations"))
        .anyMatch(text -> text.startsWith("Keys and references"));
  }

  @Test
  void a_schema_in_the_configuration_limits_all_that_is_read() {
    table(SchemaName.of("main", "other").table("t"), "", "");
    ConfigurationValues one = values.with("catalog", "main").with("schema", "sales");

    RecordingSink sink = imported(one, TestSelection.everything());

    assertThat(sink.tables()).containsOnlyKeys(ORDERS);
    assertThat(workspace.requests().count("/api/2.1/unity-catalog/tables")).isEqualTo(1);
    try (ConnectionAdapter adapter = Workspaces.open(one)) {
      assertThat(adapter.listSchemas(TestOperation.start()))
          .extracting(SchemaInfo::name)
          .containsExactly(SALES);
    }
    assertThat(
            imported(
                    one,
                    TestSelection.everything().named(SchemaName.of("main", "other").table("t")))
                .failures())
        .hasSize(1);
  }

  @Test
  void volumes_functions_and_models_are_kinds_of_their_own_where_they_are_wanted() {
    workspace.add(
        "volumes",
        "main",
        "sales",
        "files",
        "{\"name\":\"files\",\"volume_type\":\"EXTERNAL\",\"storage_location\":\"s3://v\",\"owner\":\"ada\"}");
    workspace.add("volumes", "main", "sales", "orders", "{\"name\":\"orders\"}");
    workspace.add(
        "functions",
        "main",
        "sales",
        "rate",
        "{\"name\":\"rate\",\"full_data_type\":\"TABLE\",\"comment\":\"c\",\"routine_definition\":\"SELECT 1\","
            + "\"input_params\":{\"parameters\":[{\"name\":\"x\",\"type_text\":\"int\",\"parameter_default\":\"1\"}]},"
            + "\"return_params\":{\"parameters\":[{\"name\":\"y\",\"type_text\":\"bigint\",\"comment\":\"r\"}]}}");
    workspace.add("models", "main", "sales", "churn", "{\"name\":\"churn\"}");
    ConfigurationValues wide = values.with("advanced.volumes_functions_models", true);

    RecordingSink sink = imported(wide, TestSelection.everything());

    TableMetadata function = sink.tables().get(SALES.table("rate"));
    assertThat(function.info().kind()).isEqualTo(new TableKind("function"));
    assertThat(function.definition()).contains("SELECT 1");
    assertThat(function.columns()).extracting(column -> column.name()).containsExactly("y");
    UnityCatalogObject known = function.extension(UnityCatalogObject.class).orElseThrow();
    assertThat(known.parameters())
        .containsExactly(new UnityCatalogObject.Parameter("x", "int", Optional.of("1")));
    assertThat(known.values()).containsEntry("type", "TABLE").containsKey("parameters");
    assertThat(sink.tables().get(SALES.table("files")).info().kind().id()).isEqualTo("volume");
    assertThat(sink.tables().get(SALES.table("churn")).info().kind().id()).isEqualTo("model");
    assertThat(sink.tables().get(ORDERS).info().kind()).isEqualTo(TableKind.TABLE);
    assertThat(notices(sink))
        .filteredOn(notice -> notice.code().equals(NoticeCode.SKIPPED))
        .hasSize(1);
    RecordingSink named =
        imported(
            wide,
            TestSelection.everything()
                .named(SALES.table("churn"), SALES.table("rate"), SALES.table("no")));
    assertThat(named.tables().get(SALES.table("rate"))).isEqualTo(function);
    assertThat(named.failures()).containsOnlyKeys(SALES.table("no"));
    try (ConnectionAdapter adapter = Workspaces.open(wide)) {
      assertThat(adapter.getTableMetadata(SALES.table("rate"), TestOperation.start()))
          .isEqualTo(function);
    }
  }

  @Test
  void without_the_summaries_the_import_goes_on_and_the_plan_knows_less() {
    workspace
        .faults()
        .always(
            "/api/2.1/unity-catalog/table-summaries",
            Fault.json(404, "{\"error_code\":\"ENDPOINT_NOT_FOUND\"}"));

    RecordingSink sink = imported();

    assertThat(sink.tables()).hasSize(2);
    assertThat(plan(sink)).isEmpty();
    workspace.faults().clear();
    assertThat(plan(imported()).getAsLong()).isEqualTo(2);
  }

  private static OptionalLong plan(RecordingSink sink) {
    return sink.events(RecordingSink.Event.Proceed.class).get(0).plan().tables();
  }

  @Test
  void statements_keep_the_budget_of_the_metastore() {
    List<CallLimits> asked = new CopyOnWriteArrayList<>();
    AdapterContext context = Workspaces.listening(asked::add);
    try (ConnectionAdapter adapter =
        new DatabricksProvider().open(DatabricksFields.SPEC.bind(values), context)) {
      adapter.importMetadata(
          TestSelection.everything(), new RecordingSink(), TestOperation.start());
    }

    assertThat(asked)
        .filteredOn(limits -> limits.sharedBudget().isPresent())
        .singleElement()
        .satisfies(
            limits ->
                assertThat(limits.sharedBudget())
                    .contains("databricks metastore simulated-metastore"));
    assertThat(workspace.requests().count(STATEMENTS)).isPositive();
  }
}
