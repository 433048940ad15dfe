package dev.connections.databricks.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.connections.api.Category;
import dev.connections.api.ConfigurationValues;
import dev.connections.api.ConnectionAdapter;
import dev.connections.api.ConnectionException;
import dev.connections.api.Notice;
import dev.connections.api.NoticeCode;
import dev.connections.api.SchemaName;
import dev.connections.api.Secret;
import dev.connections.api.Section;
import dev.connections.api.StandardErrorCode;
import dev.connections.api.TableKind;
import dev.connections.api.TableMetadata;
import dev.connections.api.TableQuery;
import dev.connections.databricks.ColumnMask;
import dev.connections.databricks.UnityCatalogTable;
import dev.connections.http.HttpErrorCode;
import dev.connections.simulators.DatabricksSimulator;
import dev.connections.simulators.Fault;
import dev.connections.testkit.RecordingSink;
import dev.connections.testkit.TestOperation;
import dev.connections.testkit.TestSelection;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class DatabricksImportTest {
  private static final String TABLES = "/api/2.1/unity-catalog/tables";
  private static final SchemaName DEFAULT = SchemaName.of("main", "default");

  private final DatabricksSimulator workspace = DatabricksSimulator.withTables(100, 4, 5);

  @AfterEach
  void close() {
    workspace.close();
  }

  private RecordingSink imported() {
    return imported(Workspaces.values(workspace), TestSelection.everything());
  }

  private static RecordingSink imported(ConfigurationValues values, TestSelection selection) {
    RecordingSink sink = new RecordingSink();
    try (ConnectionAdapter adapter = Workspaces.open(values)) {
      adapter.importMetadata(selection, sink, TestOperation.start());
    }
    return sink;
  }

  private static List<Notice> notices(RecordingSink sink) {
    return sink.events(RecordingSink.Event.Noticed.class).stream()
        .map(RecordingSink.Event.Noticed::notice)
        .toList();
  }

  private static List<String> failedListings(RecordingSink sink) {
    return sink.events(RecordingSink.Event.ListingFailed.class).stream()
        .map(failed -> failed.failure().code().id())
        .toList();
  }

  private TableMetadata added(String name, String members) {
    workspace.add("tables", "main", "default", name, "{\"name\":\"" + name + "\"," + members + "}");
    return imported().tables().get(DEFAULT.table(name));
  }

  @Test
  void an_import_asks_once_for_the_schemas_once_for_their_sizes_and_once_for_each_page() {
    assertThat(imported().tables()).hasSize(100);
    assertThat(workspace.requests().count("/api/2.1/unity-catalog/schemas")).isEqualTo(1);
    assertThat(workspace.requests().count(TABLES)).isEqualTo(5);
    assertThat(workspace.requests().count("/api/2.1/unity-catalog/table-summaries")).isEqualTo(1);
    assertThat(workspace.requests().count()).isEqualTo(7);
    assertThat(workspace.requests().to(TABLES))
        .allMatch(request -> request.parameter("max_results").orElse("").equals("0"))
        .allMatch(request -> request.parameter("include_browse").orElse("").equals("true"));
  }

  @Test
  void pages_are_read_until_there_is_no_token_and_the_last_may_be_empty() {
    workspace.pageSize(5);

    assertThat(imported().tables()).hasSize(100);
    assertThat(workspace.requests().count(TABLES)).isEqualTo(4 * 6 + 1);
  }

  @Test
  void schemas_are_read_in_parallel_and_no_more_than_configured() {
    workspace.latency(Duration.ofMillis(100));
    imported(
        Workspaces.values(workspace).with("advanced.parallel_requests", 2),
        TestSelection.everything());

    assertThat(workspace.requests().mostAtOnce()).isEqualTo(2);
  }

  @Test
  void a_list_says_that_it_carries_no_keys_and_a_table_by_name_has_them() {
    workspace.add(
        "tables",
        "main",
        "default",
        "orders",
        "{\"name\":\"orders\",\"table_type\":\"EXTERNAL\",\"columns\":[{\"name\":\"id\",\"type_text\":\"int\"}],"
            + "\"table_constraints\":[{\"primary_key_constraint\":{\"name\":\"pk\",\"child_columns\":[\"id\"]}},"
            + "{\"foreign_key_constraint\":{\"name\":\"fk\",\"child_columns\":[\"id\"],\"parent_table\":"
            + "\"main.default.people\",\"parent_columns\":[\"key\"]}}]}");

    RecordingSink all = imported();
    assertThat(notices(all))
        .extracting(notice -> notice.code().id())
        .contains(NoticeCode.NOT_LOADED.id());
    assertThat(all.tables().get(SchemaName.of("main", "schema_000").table("table_00000")).loaded())
        .doesNotContain(Section.KEYS, Section.FOREIGN_KEYS, Section.CHECKS);

    TableMetadata orders =
        imported(
                Workspaces.values(workspace),
                TestSelection.everything().named(DEFAULT.table("orders")))
            .tables()
            .get(DEFAULT.table("orders"));
    assertThat(orders.loaded()).contains(Section.KEYS, Section.FOREIGN_KEYS);
    assertThat(orders.primaryKey().orElseThrow().columns()).containsExactly("id");
    assertThat(orders.foreignKeys().get(0).references()).isEqualTo(DEFAULT.table("people"));
    assertThat(orders.foreignKeys().get(0).enforced()).isFalse();
  }

  @Test
  void a_table_says_all_that_the_catalog_says() {
    TableMetadata rich =
        added(
            "rich",
            "\"table_type\":\"MATERIALIZED_VIEW\",\"view_definition\":\"select"
                + " 1\",\"owner\":\"ada\","
                + "\"comment\":\"all\",\"updated_at\":7,\"row_filter\":{\"function_name\":\"main.f\"},\"properties\":"
                + "{\"clusteringColumns\":\"[[\\\"a\\\"],[\\\"b\\\",\\\"c\\\"]]\",\"spark.sql.statistics.numRows\":\"-1\"},"
                + "\"columns\":[{\"name\":\"b\",\"type_text\":\"novelty\",\"position\":1,\"partition_index\":0,"
                + "\"mask\":{\"function_name\":\"main.m\",\"using_column_names\":[\"a\"]}},"
                + "{\"name\":\"a\",\"type_text\":\"int\",\"position\":0,\"nullable\":false,\"comment\":\"first\"}]");

    assertThat(rich.info().kind()).isEqualTo(TableKind.MATERIALIZED_VIEW);
    assertThat(rich.info().description()).contains("all");
    assertThat(rich.info().changeMarker().orElseThrow().value()).isEqualTo("7");
    assertThat(rich.definition()).contains("select 1");
    assertThat(rich.columns()).extracting(column -> column.name()).containsExactly("a", "b");
    assertThat(rich.columns().get(0).nullable()).isFalse();
    assertThat(rich.partitioning().orElseThrow().columns()).containsExactly("b");
    assertThat(rich.rowCount()).isEmpty();
    ColumnMask mask = rich.columns().get(1).extension(ColumnMask.class).orElseThrow();
    assertThat(mask.values()).containsEntry("function", "main.m");
    UnityCatalogTable table = rich.extension(UnityCatalogTable.class).orElseThrow();
    assertThat(table.clustering()).containsExactly("a", "b.c");
    assertThat(table.values())
        .containsEntry("row_filter", "main.f")
        .containsEntry("owner", "ada")
        .containsEntry("browse_only", false);
    assertThat(rich.notices())
        .extracting(notice -> notice.code().id())
        .containsExactly(NoticeCode.UNKNOWN_TYPE.id());
  }

  @ParameterizedTest
  @ValueSource(strings = {"\"columns\":null", "\"columns\":[]", "\"table_type\":\"NOVELTY\""})
  void a_table_without_columns_is_imported_and_says_so(String members) {
    TableMetadata bare = added("bare", members);

    assertThat(bare.columns()).isEmpty();
    assertThat(bare.info().kind()).isEqualTo(TableKind.TABLE);
    assertThat(bare.notices())
        .extracting(notice -> notice.code().id())
        .containsExactly(NoticeCode.IRREGULAR.id());
  }

  @Test
  void every_catalog_is_read_where_none_is_named_and_a_closed_one_is_reported() {
    workspace.addSchema("closed", "s");
    workspace.add("tables", "other", "s", "t", "{\"name\":\"t\"}");
    workspace.close("closed");

    RecordingSink sink =
        imported(Workspaces.values(workspace).without("catalog"), TestSelection.everything());

    assertThat(sink.tables()).hasSize(101).containsKey(SchemaName.of("other", "s").table("t"));
    assertThat(notices(sink))
        .filteredOn(notice -> notice.code().id().equals(NoticeCode.HIDDEN_BY_PERMISSION.id()))
        .singleElement()
        .satisfies(notice -> assertThat(notice.message()).contains("closed"));
  }

  @Test
  void a_closed_schema_is_not_listed_completely_and_the_rest_is() {
    workspace.close("main.schema_001");

    RecordingSink sink = imported();

    assertThat(sink.tables()).hasSize(75);
    assertThat(failedListings(sink)).containsExactly(StandardErrorCode.PERMISSION_DENIED.id());
  }

  @Test
  void tables_that_may_only_be_browsed_are_read_and_reported() {
    workspace.browseOnly("main.schema_001.table_00001");

    RecordingSink sink = imported();

    TableMetadata table =
        sink.tables().get(SchemaName.of("main", "schema_001").table("table_00001"));
    assertThat(table.extension(UnityCatalogTable.class).orElseThrow().browseOnly()).isTrue();
    assertThat(notices(sink)).anyMatch(notice -> notice.message().contains("browse 1 table "));
  }

  @Test
  void an_ignored_cursor_ends_the_schema_and_no_table_comes_twice() {
    workspace.pageSize(5);
    workspace.faults().always(TABLES, Fault.ignoredCursor());

    RecordingSink sink = imported();

    assertThat(sink.listed()).doesNotHaveDuplicates();
    assertThat(failedListings(sink)).isNotEmpty().containsOnly(HttpErrorCode.PAGE_REPEATED.id());
  }

  @Test
  void an_answer_cut_anywhere_is_never_half_a_page() {
    for (int cut : new int[] {0, 1, 9, 10, 11, 500, 2_000, 5_000}) {
      workspace.faults().clear();
      workspace.faults().always(TABLES, Fault.cutBody(cut));

      RecordingSink sink = imported();

      assertThat(sink.tables()).as("cut at %s", cut).isEmpty();
      // The schema "default" is empty, and its answer shorter than some cuts.
      assertThat(failedListings(sink)).as("cut at %s", cut).hasSizeGreaterThanOrEqualTo(4);
    }
  }

  @Test
  void throttling_and_a_lost_connection_are_survived() {
    workspace
        .faults()
        .at(TABLES, 1, Fault.json(429, "{}").with("Retry-After", "0"))
        .at(TABLES, 2, Fault.status(429))
        .at(TABLES, 3, Fault.status(503))
        .at(TABLES, 4, Fault.lostConnection(100));

    assertThat(imported().tables()).hasSize(100);
  }

  @Test
  void a_refused_token_ends_the_import_and_is_not_tried_again() {
    ConfigurationValues wrong =
        Workspaces.values(workspace).with("authentication.token", Secret.of("dapi-other"));

    assertThatThrownBy(() -> imported(wrong, TestSelection.everything()))
        .isInstanceOfSatisfying(
            ConnectionException.class,
            thrown -> assertThat(thrown.category()).isEqualTo(Category.AUTHENTICATION));
    assertThat(workspace.requests().count()).isEqualTo(1);
  }

  private static Fault ended(int status) {
    return status == 403
        ? Fault.json(403, "{\"error_code\":\"403\",\"message\":\"Invalid access token.\"}")
        : Fault.json(401, "{\"error_code\":\"401\",\"message\":\"Credential was not sent.\"}");
  }

  @ParameterizedTest
  @ValueSource(ints = {401, 403})
  void a_token_that_ends_in_the_middle_ends_the_import_and_what_was_read_stays(int status) {
    workspace.pageSize(5);
    workspace.faults().at(TABLES, 4, ended(status)).at(TABLES, 5, ended(status));
    RecordingSink sink = new RecordingSink();
    ConfigurationValues one = Workspaces.values(workspace).with("advanced.parallel_requests", 1);
    try (ConnectionAdapter adapter = Workspaces.open(one)) {
      assertThatThrownBy(
              () -> adapter.importMetadata(TestSelection.everything(), sink, TestOperation.start()))
          .isInstanceOfSatisfying(
              ConnectionException.class,
              thrown -> {
                assertThat(thrown.category()).isEqualTo(Category.AUTHENTICATION);
                assertThat(thrown.failure().fields()).containsExactly("authentication.token");
              });
    }

    assertThat(sink.tables()).hasSize(15);
    assertThat(workspace.requests().count(TABLES)).isEqualTo(4);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "0"})
  void a_schema_that_is_throttled_for_ever_fails_alone_and_names_what_to_lower(String header) {
    Fault.Answer throttled = Fault.json(429, "{}");
    workspace
        .faults()
        .always(TABLES, header.isEmpty() ? throttled : throttled.with("Retry-After", header));

    RecordingSink sink = imported();

    assertThat(failedListings(sink)).hasSize(5).containsOnly(StandardErrorCode.THROTTLED.id());
    assertThat(sink.events(RecordingSink.Event.ListingFailed.class).get(0).failure().fields())
        .contains("advanced.requests_per_second");
  }

  @Test
  void a_service_principal_gets_one_token_and_a_new_one_when_it_ends() {
    workspace.pageSize(5);
    ConfigurationValues values =
        Workspaces.values(workspace)
            .without("authentication.token")
            .with("authentication.type", "oauth_m2m")
            .with("authentication.client_id", workspace.clientId())
            .with("authentication.client_secret", Secret.of(workspace.clientSecret()));
    assertThat(imported(values, TestSelection.everything()).tables()).hasSize(100);
    assertThat(workspace.requests().count("/oidc/v1/token")).isEqualTo(1);

    workspace.requests().clear();
    RecordingSink sink = new RecordingSink();
    sink.onEvent(
        event -> {
          if (event instanceof RecordingSink.Event.Proceed) {
            workspace.expireTokens();
          }
        });
    try (ConnectionAdapter adapter = Workspaces.open(values)) {
      adapter.importMetadata(TestSelection.everything(), sink, TestOperation.start());
    }
    assertThat(sink.tables()).hasSize(100);
    assertThat(workspace.requests().count("/oidc/v1/token")).isEqualTo(2);
  }

  @Test
  void browsing_reads_no_columns() {
    try (ConnectionAdapter adapter = Workspaces.open(Workspaces.values(workspace))) {
      adapter.listTables(TableQuery.of(SchemaName.of("main", "schema_001")), TestOperation.start());
    }

    assertThat(workspace.requests().all())
        .singleElement()
        .satisfies(request -> assertThat(request.parameter("omit_columns")).contains("true"));
  }

  @Test
  void names_that_cannot_be_are_not_asked_for() {
    RecordingSink sink =
        imported(
            Workspaces.values(workspace),
            TestSelection.everything().named(DEFAULT.table("a.b"), DEFAULT.table("../c")));

    assertThat(sink.failures().values())
        .extracting(failure -> failure.code().id())
        .containsOnly(StandardErrorCode.NOT_FOUND.id());
    assertThat(workspace.requests().count()).isZero();
  }

  @Test
  void a_listed_name_that_cannot_be_is_left_out_and_counted() {
    workspace.add("tables", "main", "default", "x", "{\"name\":\"a.b\"}");
    workspace.add("tables", "main", "default", "y", "{\"name\":null}");

    RecordingSink sink = imported();

    assertThat(sink.tables()).hasSize(100);
    assertThat(notices(sink))
        .filteredOn(notice -> notice.code().equals(NoticeCode.SKIPPED))
        .singleElement()
        .satisfies(notice -> assertThat(notice.hidden()).hasValue(2));
  }

  @Test
  void catalogs_and_schemas_whose_names_cannot_be_are_told() {
    workspace.addSchema("main", "a.b");
    workspace.addCatalog("c/d");

    List<Notice> skipped =
        notices(
                imported(
                    Workspaces.values(workspace).without("catalog"), TestSelection.everything()))
            .stream()
            .filter(notice -> notice.code().equals(NoticeCode.SKIPPED))
            .toList();

    assertThat(skipped)
        .hasSize(2)
        .anyMatch(notice -> notice.message().startsWith("Schemas of the catalog main"))
        .anyMatch(notice -> notice.message().startsWith("Catalogs"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "dbc-12345678-9abc.cloud.databricks.com",
        "https://adb-1234567890123456.7.azuredatabricks.net/",
        "https://1234567890123456.7.gcp.databricks.com:443",
        "http://127.0.0.1:8080"
      })
  void an_address_of_any_cloud_is_taken_with_a_port_or_without_a_scheme(String address) {
    assertThat(
            DatabricksFields.SPEC.validate(
                Workspaces.values(workspace).with("workspace_url", address)))
        .isEqualTo(List.of());
  }

  @Test
  void unwanted_sections_are_left_out() {
    RecordingSink sink =
        imported(
            Workspaces.values(workspace),
            TestSelection.everything().sections(Set.of(Section.COLUMNS)));

    assertThat(notices(sink)).isEmpty();
    assertThat(sink.tables().values())
        .allSatisfy(table -> assertThat(table.loaded()).containsExactly(Section.COLUMNS));
  }
}
