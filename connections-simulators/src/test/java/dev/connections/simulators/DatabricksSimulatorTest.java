package dev.connections.simulators;

import static dev.connections.simulators.Asking.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class DatabricksSimulatorTest {
  private static final String ROOT = "/api/2.1/unity-catalog/";

  private final DatabricksSimulator workspace = DatabricksSimulator.withTables(101, 2, 10);
  private final Asking asking =
      new Asking(workspace.url()).with("Authorization", "Bearer " + workspace.token());

  @AfterEach
  void close() {
    workspace.close();
  }

  private HttpResponse<String> tables(String... more) throws IOException {
    List<String> all =
        new ArrayList<>(List.of("catalog_name", "main", "schema_name", "schema_001"));
    all.addAll(List.of(more));
    return asking.get(ROOT + "tables", all.toArray(String[]::new));
  }

  @Test
  void a_list_comes_by_pages_and_the_last_one_may_be_empty() throws IOException {
    JsonNode first = json(tables("max_results", "0"));
    String token = first.path("next_page_token").asText();
    JsonNode last = json(tables("max_results", "0", "page_token", token));

    assertThat(first.path("tables")).hasSize(50);
    assertThat(last.path("tables")).isEmpty();
    assertThat(last.has("next_page_token")).isFalse();
    assertThat(json(tables("page_token", "nosuch")).path("tables")).isEmpty();
    assertThat(json(tables("max_results", "7")).path("tables")).hasSize(7);
    assertThat(tables("max_results", "-1").statusCode()).isEqualTo(400);
  }

  @Test
  void a_larger_schema_needs_a_second_page_and_a_cursor_may_be_ignored() throws IOException {
    workspace.pageSize(30);
    String token = json(tables()).path("next_page_token").asText();
    assertThat(json(tables("page_token", token)).path("tables")).hasSize(20);

    workspace.faults().always(ROOT + "tables", Fault.ignoredCursor());
    assertThat(json(tables("page_token", token)).path("tables")).hasSize(30);
  }

  @Test
  void a_table_says_all_that_the_list_says() throws IOException {
    JsonNode table = json(asking.get(ROOT + "tables/main.schema_001.table_00001"));

    assertThat(table.path("columns")).hasSize(10);
    JsonNode type = Asking.JSON.readTree(table.path("columns").get(1).path("type_json").asText());
    assertThat(type.path("name").asText()).isEqualTo("column_1");
    assertThat(table.path("properties").path("clusteringColumns").asText())
        .isEqualTo("[[\"column_0\"]]");
  }

  @Test
  void catalogs_schemas_and_other_kinds_are_listed() throws IOException {
    workspace.addCatalog("empty");
    workspace.add("volumes", "main", "default", "files", "{\"name\":\"files\"}");
    workspace.add("models", "main", "default", "model", "{\"name\":\"model\"}");
    workspace.addExternalLocation("lake", "s3://bucket");

    assertThat(json(asking.get(ROOT + "catalogs")).path("catalogs")).hasSize(2);
    assertThat(json(asking.get(ROOT + "schemas", "catalog_name", "main")).path("schemas"))
        .hasSize(3);
    assertThat(
            json(asking.get(ROOT + "volumes", "catalog_name", "main", "schema_name", "default"))
                .path("volumes"))
        .hasSize(1);
    assertThat(
            json(asking.get(ROOT + "models", "catalog_name", "main", "schema_name", "default"))
                .path("registered_models"))
        .hasSize(1);
    assertThat(
            json(asking.get(ROOT + "external-locations"))
                .path("external_locations")
                .get(0)
                .path("url")
                .asText())
        .isEqualTo("s3://bucket");
    assertThat(json(asking.get(ROOT + "metastore_summary")).path("metastore_id").asText())
        .isNotEmpty();
  }

  @Test
  void what_does_not_exist_or_is_closed_is_refused() throws IOException {
    workspace.close("main.schema_001");

    assertThat(code(tables())).isEqualTo("403 PERMISSION_DENIED");
    assertThat(code(asking.get(ROOT + "tables/main.schema_001.table_00001")))
        .isEqualTo("403 PERMISSION_DENIED");
    assertThat(code(asking.get(ROOT + "tables/main.schema_000.nosuch")))
        .isEqualTo("404 TABLE_DOES_NOT_EXIST");
    assertThat(code(asking.get(ROOT + "schemas", "catalog_name", "nosuch")))
        .isEqualTo("404 CATALOG_DOES_NOT_EXIST");
    assertThat(code(asking.get(ROOT + "schemas"))).isEqualTo("400 INVALID_PARAMETER_VALUE");
    assertThat(code(asking.get(ROOT + "tables", "catalog_name", "main", "schema_name", "x")))
        .isEqualTo("404 SCHEMA_DOES_NOT_EXIST");
    assertThat(code(asking.get(ROOT + "nosuch"))).isEqualTo("404 ENDPOINT_NOT_FOUND");
    assertThat(code(asking.get("/nosuch"))).isEqualTo("404 ENDPOINT_NOT_FOUND");
    workspace.unityCatalog(false);
    assertThat(code(asking.get(ROOT + "catalogs"))).isEqualTo("404 METASTORE_DOES_NOT_EXIST");
  }

  private static String code(HttpResponse<String> answer) {
    return answer.statusCode() + " " + json(answer).path("error_code").asText();
  }

  @Test
  void tables_that_may_only_be_browsed_are_shown_to_those_who_ask() throws IOException {
    workspace.browseOnly("main.schema_001.table_00001");

    assertThat(json(tables("max_results", "2")).path("tables")).hasSize(1);
    JsonNode shown = json(tables("max_results", "2", "include_browse", "true")).path("tables");
    assertThat(shown).hasSize(2);
    assertThat(shown.get(0).path("browse_only").asBoolean()).isTrue();
    workspace.dropTable("main", "schema_001", "table_00001");
    assertThat(
            json(tables("max_results", "1", "include_browse", "true"))
                .path("tables")
                .get(0)
                .path("name")
                .asText())
        .isEqualTo("table_00003");
  }

  @Test
  void tokens_are_told_apart() throws IOException {
    assertThat(new Asking(workspace.url()).get(ROOT + "catalogs").statusCode()).isEqualTo(401);
    HttpResponse<String> wrong =
        new Asking(workspace.url()).with("Authorization", "Bearer x").get(ROOT + "catalogs");
    assertThat(wrong.statusCode()).isEqualTo(403);
    assertThat(wrong.body()).contains("Invalid access token");
  }

  @Test
  void a_service_gets_a_token_that_ends() throws Exception {
    Asking client = new Asking(workspace.url()).as(workspace.clientId(), workspace.clientSecret());
    Map<String, String> form = Map.of("grant_type", "client_credentials", "scope", "all-apis");
    workspace.tokenLifetime(Duration.ofMinutes(5));

    JsonNode granted = json(client.form("/oidc/v1/token", form));

    assertThat(granted.path("expires_in").asInt()).isEqualTo(300);
    Asking service =
        new Asking(workspace.url())
            .with("Authorization", "Bearer " + granted.path("access_token").asText());
    assertThat(service.get(ROOT + "catalogs").statusCode()).isEqualTo(200);
    workspace.expireTokens();
    assertThat(service.get(ROOT + "catalogs").statusCode()).isEqualTo(403);
    assertThat(client.form("/oidc/v1/token", Map.of("grant_type", "x")).statusCode())
        .isEqualTo(400);
    assertThat(new Asking(workspace.url()).as("x", "y").form("/oidc/v1/token", form).statusCode())
        .isEqualTo(401);
  }

  @Test
  void a_token_past_its_time_is_expired() throws IOException {
    try (DatabricksSimulator late = DatabricksSimulator.start(Clock.systemUTC())) {
      late.tokenLifetime(Duration.ZERO);
      JsonNode granted =
          json(
              new Asking(late.url())
                  .form(
                      "/oidc/v1/token",
                      Map.of(
                          "grant_type",
                          "client_credentials",
                          "scope",
                          "all-apis",
                          "client_id",
                          late.clientId(),
                          "client_secret",
                          late.clientSecret())));
      assertThat(
              new Asking(late.url())
                  .with("Authorization", "Bearer " + granted.path("access_token").asText())
                  .get(ROOT + "catalogs")
                  .statusCode())
          .isEqualTo(401);
    }
  }

  @Test
  void compute_has_a_state_and_statements_have_scripted_answers() throws IOException {
    workspace.warehouse("warehouse-1", "STOPPED");
    workspace.statement(
        "table_constraints", List.of("name", "kind"), List.of(List.of("t", "PRIMARY KEY")));

    assertThat(state("/api/2.0/sql/warehouses/warehouse-1")).isEqualTo("STOPPED");
    assertThat(state("/api/2.1/clusters/get?cluster_id=cluster-1")).isEqualTo("RUNNING");
    assertThat(asking.get("/api/2.0/sql/warehouses/nosuch").statusCode()).isEqualTo(404);
    assertThat(asking.get("/api/2.1/clusters/get", "cluster_id", "nosuch").statusCode())
        .isEqualTo(400);
    JsonNode answer = statement("SELECT * FROM table_constraints", "10s");
    assertThat(answer.at("/status/state").asText()).isEqualTo("SUCCEEDED");
    assertThat(answer.at("/result/data_array/0/1").asText()).isEqualTo("PRIMARY KEY");
    assertThat(state("/api/2.0/sql/warehouses/warehouse-1")).isEqualTo("RUNNING");
    assertThat(statement("SELEC", "10s").at("/status/sql_state").asText()).isEqualTo("42601");
    assertThat(asking.post("/api/2.0/sql/statements", "{\"warehouse_id\":\"x\"}").statusCode())
        .isEqualTo(404);
    assertThat(asking.post("/api/2.0/sql/statements", "{").statusCode()).isEqualTo(404);
  }

  private JsonNode statement(String text, String wait) throws IOException {
    return statement(text, wait, "");
  }

  private JsonNode statement(String text, String wait, String more) throws IOException {
    String body =
        "{\"warehouse_id\":\"warehouse-1\",\"wait_timeout\":\"%s\",\"statement\":\"%s\"%s}"
            .formatted(wait, text, more);
    return json(asking.post("/api/2.0/sql/statements/", body));
  }

  @Test
  void a_statement_is_pending_until_it_was_asked_for_and_comes_in_chunks() throws IOException {
    workspace.rowsPerChunk(60);
    JsonNode submitted = statement("SELECT table_name FROM main.information_schema.tables", "0s");
    String path = "/api/2.0/sql/statements/" + submitted.path("statement_id").asText();
    JsonNode done = json(asking.get(path));

    assertThat(submitted.at("/status/state").asText()).isEqualTo("PENDING");
    assertThat(done.at("/manifest/total_row_count").asInt()).isEqualTo(101);
    assertThat(done.at("/result/data_array")).hasSize(60);
    assertThat(done.at("/result/next_chunk_index").asInt()).isEqualTo(1);
    JsonNode second = json(asking.get(path + "/result/chunks/1"));
    assertThat(second.path("data_array")).hasSize(41);
    assertThat(second.has("next_chunk_index")).isFalse();
  }

  @Test
  void a_slow_statement_can_be_cancelled_or_ends_by_itself() throws IOException {
    workspace.statementsDoneAfter(3);
    String text = "SELECT table_name FROM main.information_schema.tables";
    String path = "/api/2.0/sql/statements/" + statement(text, "0s").path("statement_id").asText();

    assertThat(json(asking.get(path)).at("/status/state").asText()).isEqualTo("RUNNING");
    assertThat(asking.post(path + "/cancel", "{}").statusCode()).isEqualTo(200);
    assertThat(json(asking.get(path)).at("/status/state").asText()).isEqualTo("CANCELED");
    assertThat(workspace.cancelledStatements()).isEqualTo(1);
    assertThat(
            statement(text, "5s", ",\"on_wait_timeout\":\"CANCEL\"").at("/status/state").asText())
        .isEqualTo("CANCELED");
    assertThat(asking.get("/api/2.0/sql/statements/nosuch").statusCode()).isEqualTo(404);
  }

  @Test
  void a_result_that_is_too_large_fails_or_is_cut_at_the_limit_that_was_asked_for()
      throws IOException {
    workspace.inlineLimit(1_000);
    String text = "SELECT table_name, comment FROM main.information_schema.tables";

    assertThat(statement(text, "5s").at("/status/error/message").asText())
        .contains("Inline byte limit exceeded");
    JsonNode cut = statement(text, "5s", ",\"byte_limit\":5000");
    assertThat(cut.at("/manifest/truncated").asBoolean()).isTrue();
    assertThat(cut.at("/result/data_array").size()).isBetween(1, 100);
  }

  @Test
  void the_information_schema_tells_what_the_catalog_holds() throws IOException {
    workspace.add(
        "tables",
        "main",
        "default",
        "orders",
        "{\"name\":\"orders\",\"columns\":[{\"name\":\"id\",\"type_text\":\"int\"}],\"table_constraints\":["
            + "{\"primary_key_constraint\":{\"name\":\"pk\",\"child_columns\":[\"id\"]}},"
            + "{\"foreign_key_constraint\":{\"name\":\"fk\",\"child_columns\":[\"id\"],\"parent_table\":"
            + "\"main.default.orders\",\"parent_columns\":[\"id\"]}}]}");

    assertThat(
            queried(
                "SELECT column_name, full_data_type FROM `main`.information_schema.columns WHERE"
                    + " table_schema = 'schema_001' AND table_name <= 'table_00001' ORDER BY"
                    + " ordinal_position LIMIT 2"))
        .isEqualTo("[[\"column_0\",\"string\"],[\"column_1\",\"decimal(18,2)\"]]");
    assertThat(
            queried(
                "SELECT DISTINCT constraint_type FROM main.information_schema.table_constraints"
                    + " ORDER BY constraint_name"))
        .isEqualTo("[[\"FOREIGN KEY\"],[\"PRIMARY KEY\"]]");
    assertThat(
            queried(
                "SELECT column_name, position_in_unique_constraint FROM"
                    + " main.information_schema.key_column_usage WHERE constraint_name IN ('pk','fk')"
                    + " ORDER BY constraint_name"))
        .isEqualTo("[[\"id\",\"1\"],[\"id\",null]]");
    assertThat(
            queried(
                "SELECT unique_constraint_name FROM main.information_schema.referential_constraints"))
        .isEqualTo("[[\"pk\"]]");
    assertThat(queried("SELECT * FROM main.information_schema.table_tags")).isEqualTo("[]");
    assertThat(queried("SELECT table_name FROM main.information_schema.views")).isEqualTo("[]");
  }

  private String queried(String text) throws IOException {
    return statement(text, "5s").at("/result/data_array").toString();
  }

  @Test
  void a_query_that_cannot_be_answered_has_its_sql_state() throws IOException {
    workspace.addSchema("closed", "s");
    workspace.close("closed");
    workspace.refuseStatement("lineage", "INSUFFICIENT_PERMISSIONS", "42501");
    workspace.relation("system.access.audit", List.of("Action"), List.of(List.of("read")));

    assertThat(state42("SELECT x FROM main.information_schema.tables")).isEqualTo("42703");
    assertThat(state42("SELECT x FROM main.information_schema.nosuch")).isEqualTo("42P01");
    assertThat(state42("SELECT x FROM nosuch.information_schema.tables")).isEqualTo("42P01");
    assertThat(state42("SELECT x FROM closed.information_schema.tables")).isEqualTo("42501");
    assertThat(state42("SELECT x FROM system.access.table_lineage")).isEqualTo("42501");
    assertThat(state42("SELECT a FROM main.information_schema.tables WHERE b = :c"))
        .isEqualTo("42P02");
    assertThat(state42("SELECT a FROM b WHERE c ~ 'd'")).isEqualTo("42601");
    assertThat(state42("SELECT a FROM b UNION")).isEqualTo("42601");
    assertThat(queried("SELECT action FROM system.access.audit WHERE action IS NOT NULL"))
        .isEqualTo("[[\"read\"]]");
  }

  private String state42(String text) throws IOException {
    return statement(text, "5s").at("/status/sql_state").asText();
  }

  private String state(String path) throws IOException {
    String[] parts = path.split("[?=]");
    HttpResponse<String> answer =
        parts.length == 3 ? asking.get(parts[0], parts[1], parts[2]) : asking.get(path);
    return json(answer).path("state").asText();
  }

  @Test
  void more_requests_in_a_second_or_at_once_than_allowed_are_refused() throws Exception {
    workspace.rateLimit(3, 20);
    int allowed = 0;
    HttpResponse<String> answer = tables("max_results", "1");
    while (answer.statusCode() == 200) { // a slow machine needs more until a second has four
      allowed++;
      answer = tables("max_results", "1");
    }
    assertThat(allowed).isGreaterThanOrEqualTo(3);
    assertThat(answer.statusCode()).isEqualTo(429);
    assertThat(answer.headers().firstValue("Retry-After")).contains("1");
    assertThat(workspace.refused()).isEqualTo(1);

    workspace.rateLimit(1_000, 2);
    workspace.latency(Duration.ofMillis(300));
    Set<Integer> seen = new HashSet<>();
    while (!seen.contains(429)) { // until three met
      seen.addAll(threeAtOnce());
    }
    assertThat(seen).containsOnly(200, 429);
  }

  private List<Integer> threeAtOnce() throws Exception {
    CountDownLatch together = new CountDownLatch(3);
    ExecutorService threads = Executors.newFixedThreadPool(3);
    List<Future<Integer>> statuses = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      statuses.add(
          threads.submit(
              () -> {
                together.countDown();
                together.await();
                return tables("max_results", "1").statusCode();
              }));
    }
    List<Integer> seen = new ArrayList<>();
    for (Future<Integer> status : statuses) {
      seen.add(status.get());
    }
    threads.shutdown();
    return seen;
  }

  @Test
  @Tag("corpus")
  void recorded_answers_are_served_as_they_are() throws IOException {
    Path file =
        Path.of("../../shared/fixtures/databricks/uc-oss-0.6.0-responses/tables_all_types.json");
    assumeTrue(Files.exists(file), "the recorded answers aren't on this machine");
    workspace.load(file);

    JsonNode recorded = Asking.JSON.readTree(file.toFile()).path("tables").get(0);
    assertThat(json(asking.get(ROOT + "tables/unity.default.marksheet"))).isEqualTo(recorded);
  }
}
