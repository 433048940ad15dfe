package dev.connections.simulators;

import static dev.connections.simulators.Asking.json;
import static dev.connections.simulators.Asking.rows;
import static dev.connections.simulators.Asking.texts;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ServiceNowDataTest {
  private static final String TABLES = "/api/now/table/sys_db_object";
  private static final String COLUMNS = "/api/now/table/sys_dictionary";
  private static final ServiceNowSimulator INSTANCE =
      ServiceNowSimulator.withTables(120).columns(1_700).start();
  private static final ServiceNowSimulator NAMES = names();

  private final Asking asking = Asking.the(INSTANCE);

  private static ServiceNowSimulator names() {
    ServiceNowSimulator instance = ServiceNowSimulator.empty().start();
    instance.insert(
        "u_car", Map.of("sys_id", "1", "name", "beetle", "colour", "red", "built", "1950"));
    instance.insert(
        "u_car", Map.of("sys_id", "2", "name", "mini", "colour", "green", "built", "1960"));
    instance.insert(
        "u_car", Map.of("sys_id", "3", "name", "INFINITI", "colour", "", "built", "1990"));
    instance.insert(
        "u_car", Map.of("sys_id", "4", "name", "panda", "colour", "red", "built", "1980"));
    return instance;
  }

  @AfterAll
  static void close() {
    INSTANCE.close();
    NAMES.close();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "name=mini | 2",
        "name=MINI | 2",
        "name!=mini | 1,3,4",
        "nameINmini,panda | 2,4",
        "nameNOT INmini,panda | 1,3",
        "built>1960 | 3,4",
        "built>=1960 | 2,3,4",
        "built<1960 | 1",
        "built<=1960 | 1,2",
        "colourISEMPTY | 3",
        "colourISNOTEMPTY | 1,2,4",
        "nameSTARTSWITHp | 4",
        "nameENDSWITHa | 4",
        "nameLIKEin | 2,3",
        "nameNOT LIKEin | 1,4",
        "name=INFINITI | 3",
        "colour=red^built>1960 | 4",
        "colour=red^ORcolour=green^built<1980 | 1,2",
        "name=mini^NQcolour=red^built=1980 | 2,4",
        "colour=red^EQ | 1,4",
        "nosuchfield=1^colour=red | 1,4",
        "colour=red^gibberish | 1,4",
        "nosuchfield=1 | 1,2,3,4"
      })
  void a_query_selects_what_it_says_and_leaves_out_what_it_cannot_read(String query, String ids)
      throws IOException {
    HttpResponse<String> answer =
        Asking.the(NAMES).get("/api/now/table/u_car", "sysparm_query", query);

    assertThat(texts(answer, "sys_id")).containsExactlyInAnyOrder(ids.split(","));
    assertThat(answer.headers().firstValue("X-Total-Count"))
        .contains(Integer.toString(ids.split(",").length));
  }

  @Test
  void an_instance_may_be_told_to_answer_an_invalid_query_with_no_rows() throws IOException {
    NAMES.invalidQueriesReturnNoRows(true);
    try {
      assertThat(
              rows(Asking.the(NAMES).get("/api/now/table/u_car", "sysparm_query", "nosuchfield=1")))
          .isEmpty();
    } finally {
      NAMES.invalidQueriesReturnNoRows(false);
    }
  }

  @Test
  void rows_come_in_the_order_asked_for() throws IOException {
    Asking names = Asking.the(NAMES);

    assertThat(texts(names.get("/api/now/table/u_car", "sysparm_query", "ORDERBYname"), "name"))
        .containsExactly("beetle", "INFINITI", "mini", "panda");
    assertThat(
            texts(
                names.get("/api/now/table/u_car", "sysparm_query", "colour=red^ORDERBYDESCbuilt"),
                "name"))
        .containsExactly("panda", "beetle");
    assertThat(
            texts(
                names.get(
                    "/api/now/table/u_car", "sysparm_query", "ORDERBYDESCcolour^ORDERBYDESCname"),
                "name"))
        .containsExactly("panda", "beetle", "mini", "INFINITI");
  }

  @Test
  void without_an_order_two_pages_overlap() throws IOException {
    List<String> first = texts(asking.get(TABLES, "sysparm_limit", "60"), "name");
    List<String> second =
        texts(asking.get(TABLES, "sysparm_limit", "60", "sysparm_offset", "60"), "name");

    Set<String> both = new HashSet<>(first);
    both.addAll(second);
    assertThat(both).hasSizeLessThan(120);
  }

  @Test
  void links_lead_through_every_page_and_hold_raw_commas() throws IOException {
    HttpResponse<String> answer =
        asking.get(
            TABLES,
            "sysparm_limit",
            "50",
            "sysparm_offset",
            "50",
            "sysparm_fields",
            "sys_id,name",
            "sysparm_query",
            "ORDERBYsys_id");

    String links = answer.headers().firstValue("Link").orElseThrow();
    assertThat(links).contains("sysparm_fields=sys_id,name");
    assertThat(links.replaceAll("<[^>]*sysparm_offset=(\\d+)>;rel=\"(\\w+)\"", "$2 $1"))
        .isEqualTo("first 0,prev 0,next 100,last 100");
    assertThat(
            asking
                .get(TABLES, "sysparm_limit", "50", "sysparm_offset", "100")
                .headers()
                .firstValue("Link")
                .orElseThrow())
        .doesNotContain("\"next\"");
  }

  @Test
  void a_page_without_a_count_says_no_total_and_still_what_is_next() throws IOException {
    HttpResponse<String> answer =
        asking.get(TABLES, "sysparm_limit", "50", "sysparm_no_count", "true");

    assertThat(answer.headers().firstValue("X-Total-Count")).isEmpty();
    assertThat(answer.headers().firstValue("Link").orElseThrow())
        .contains("rel=\"next\"")
        .doesNotContain("rel=\"last\"");
  }

  @Test
  void hidden_rows_shorten_a_page_after_the_limit_and_still_count() throws IOException {
    try {
      INSTANCE.hideRows("sys_db_object", row -> row.get("name").endsWith("1"));

      HttpResponse<String> answer =
          asking.get(TABLES, "sysparm_limit", "50", "sysparm_query", "ORDERBYname");

      assertThat(rows(answer)).hasSize(45);
      assertThat(answer.headers().firstValue("X-Total-Count")).contains("120");
      assertThat(answer.headers().firstValue("Link").orElseThrow()).contains("rel=\"next\"");
    } finally {
      INSTANCE.openEverything();
    }
  }

  @Test
  void fields_walk_along_references_and_unknown_ones_are_left_out() throws IOException {
    JsonNode row =
        rows(asking.get(
                TABLES,
                "sysparm_query",
                "super_classISNOTEMPTY^ORDERBYname",
                "sysparm_limit",
                "1",
                "sysparm_fields",
                "name,super_class.name,sys_scope.scope,super_class.nosuch,nosuch"))
            .get(0);

    assertThat(row.fieldNames())
        .toIterable()
        .containsExactly("name", "super_class.name", "sys_scope.scope");
    assertThat(row.path("super_class.name").asText()).isEqualTo("u_table_00000");
    assertThat(row.path("sys_scope.scope").asText()).isEqualTo("global");
  }

  @Test
  void a_reference_has_the_four_forms_that_clients_must_accept() throws IOException {
    String[] query = {"sysparm_query", "internal_type=string^ORDERBYsys_id", "sysparm_limit", "1"};

    JsonNode linked = first(query).path("internal_type");
    assertThat(linked.path("value").asText()).isEqualTo("string");
    assertThat(linked.path("link").asText())
        .endsWith("/api/now/table/sys_glide_object?name=string");
    assertThat(
            first(query, "sysparm_exclude_reference_link", "true").path("internal_type").asText())
        .isEqualTo("string");
    assertThat(first(query, "sysparm_display_value", "true").path("internal_type").fieldNames())
        .toIterable()
        .containsExactly("display_value", "link");
    assertThat(first(query, "sysparm_display_value", "all").path("internal_type").fieldNames())
        .toIterable()
        .containsExactly("display_value", "value", "link");
  }

  private JsonNode first(String[] query, String... more) throws IOException {
    String[] all = java.util.Arrays.copyOf(query, query.length + more.length);
    System.arraycopy(more, 0, all, query.length, more.length);
    return rows(asking.get(COLUMNS, all)).get(0);
  }

  @Test
  void the_generated_tables_and_columns_are_as_many_as_asked_for() throws IOException {
    assertThat(INSTANCE.rowCount("sys_db_object")).isEqualTo(120);
    assertThat(
            asking
                .get(COLUMNS, "sysparm_query", "elementISNOTEMPTY", "sysparm_limit", "1")
                .headers()
                .firstValue("X-Total-Count"))
        .contains("1700");
    assertThat(INSTANCE.rowCount("sys_choice")).isPositive();
    assertThat(INSTANCE.rowCount("sys_dictionary_override")).isPositive();
    assertThat(rows(asking.get(COLUMNS, "sysparm_query", "referenceISNOTEMPTY^elementISNOTEMPTY")))
        .isNotEmpty();
  }

  @Test
  void the_same_seed_gives_the_same_instance() throws IOException {
    try (ServiceNowSimulator again = ServiceNowSimulator.withTables(120).columns(1_700).start();
        ServiceNowSimulator other =
            ServiceNowSimulator.withTables(120).columns(1_700).seed(2).start()) {
      String[] query = {"sysparm_query", "ORDERBYsys_id", "sysparm_exclude_reference_link", "true"};
      String body = asking.get(COLUMNS, query).body();

      assertThat(Asking.the(again).get(COLUMNS, query).body()).isEqualTo(body);
      assertThat(Asking.the(other).get(COLUMNS, query).body()).isNotEqualTo(body);
    }
  }

  @Test
  void a_described_table_has_rows_with_its_inherited_columns() throws IOException {
    String child =
        rows(asking.get(TABLES, "sysparm_query", "super_classISNOTEMPTY^ORDERBYname"))
            .get(0)
            .path("name")
            .asText();

    List<JsonNode> rows = rows(asking.get("/api/now/table/" + child));

    assertThat(rows).hasSize(3);
    assertThat(rows.get(0).fieldNames()).toIterable().contains("sys_id", "sys_updated_on");
    String id = rows.get(0).path("sys_id").asText();
    assertThat(
            json(asking.get("/api/now/table/" + child + "/" + id))
                .path("result")
                .path("sys_id")
                .asText())
        .isEqualTo(id);
  }

  @Test
  void the_aggregate_interface_counts_and_finds_extremes() throws IOException {
    JsonNode stats =
        json(asking.get(
                "/api/now/stats/sys_db_object",
                "sysparm_count",
                "true",
                "sysparm_max_fields",
                "sys_updated_on",
                "sysparm_min_fields",
                "name"))
            .path("result")
            .path("stats");

    assertThat(stats.path("count").asText()).isEqualTo("120");
    assertThat(stats.path("max").path("sys_updated_on").asText()).startsWith("2026-");
    assertThat(stats.path("min").path("name").asText()).isEqualTo("u_table_00000");
  }

  @Test
  void the_aggregate_interface_groups() throws IOException {
    JsonNode result =
        json(Asking.the(NAMES)
                .get(
                    "/api/now/stats/u_car",
                    "sysparm_count",
                    "true",
                    "sysparm_group_by",
                    "colour",
                    "sysparm_sum_fields",
                    "built",
                    "sysparm_avg_fields",
                    "built",
                    "sysparm_query",
                    "ORDERBYcolour"))
            .path("result");

    assertThat(result).hasSize(3);
    JsonNode red = result.get(2);
    assertThat(red.path("groupby_fields").get(0).path("value").asText()).isEqualTo("red");
    assertThat(red.path("stats").path("count").asText()).isEqualTo("2");
    assertThat(red.path("stats").path("sum").path("built").asText()).isEqualTo("3930");
    assertThat(red.path("stats").path("avg").path("built").asText()).isEqualTo("1965.0000");
  }

  @Test
  void rows_can_be_changed_while_the_instance_runs() throws IOException {
    try (ServiceNowSimulator instance = ServiceNowSimulator.withTables(3).start()) {
      Map<String, String> table = instance.find("sys_db_object", "name", "u_table_00001");
      instance.update("sys_db_object", table.get("sys_id"), Map.of("label", "Renamed"));
      instance.delete(
          "sys_db_object", instance.find("sys_db_object", "name", "u_table_00002").get("sys_id"));

      assertThat(texts(Asking.the(instance).get(TABLES, "sysparm_query", "ORDERBYname"), "label"))
          .containsExactly("Table 0", "Renamed");
    }
  }
}
