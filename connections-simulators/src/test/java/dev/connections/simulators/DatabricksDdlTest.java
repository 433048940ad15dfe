package dev.connections.simulators;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Statements that create something, and what can be read of it then. */
@Timeout(60)
class DatabricksDdlTest {
  private final DatabricksSimulator workspace = DatabricksSimulator.withTables(1, 1, 1);
  private final Asking asking =
      new Asking(workspace.url()).with("Authorization", "Bearer " + workspace.token());

  @AfterEach
  void close() {
    workspace.close();
  }

  private JsonNode run(String statement) throws IOException {
    String body =
        "{\"warehouse_id\":\"warehouse-1\",\"wait_timeout\":\"5s\",\"statement\":\"%s\"}"
            .formatted(statement);
    return Asking.JSON.readTree(asking.post("/api/2.0/sql/statements/", body).body());
  }

  private JsonNode table(String name) throws IOException {
    return Asking.JSON.readTree(
        asking.get("/api/2.1/unity-catalog/tables/main.shop." + name).body());
  }

  private void created() throws IOException {
    for (String statement :
        List.of(
            "CREATE SCHEMA IF NOT EXISTS `main`.`shop`",
            "CREATE TABLE IF NOT EXISTS `main`.`shop`.`orders` (`No` INT NOT NULL COMMENT 'its"
                + " number', `Total` DECIMAL(10,2), CONSTRAINT `pk` PRIMARY KEY (`No`)) USING DELTA"
                + " COMMENT 'what was sold' TBLPROPERTIES ('a' = 'b')",
            "CREATE TABLE IF NOT EXISTS main.shop.lines (`Order` INT) LOCATION 's3://bucket/lines'",
            "ALTER TABLE main.shop.lines DROP CONSTRAINT IF EXISTS `fk`",
            "ALTER TABLE main.shop.lines ADD CONSTRAINT `fk` FOREIGN KEY (`Order`) REFERENCES"
                + " main.shop.orders (`No`)",
            "ALTER TABLE main.shop.orders SET TAGS ('team' = 'sales')",
            "ALTER TABLE main.shop.orders ALTER COLUMN `No` SET TAGS ('kind' = 'id')")) {
      assertThat(run(statement).at("/status/state").asText()).as(statement).isEqualTo("SUCCEEDED");
    }
  }

  @Test
  void what_statements_create_can_be_read_back() throws IOException {
    created();

    JsonNode orders = table("orders");
    assertThat(orders.path("comment").asText()).isEqualTo("what was sold");
    assertThat(orders.at("/columns/0/comment").asText()).isEqualTo("its number");
    assertThat(orders.path("columns")).hasSize(2);
    assertThat(orders.path("table_constraints")).hasSize(1);
    JsonNode lines = table("lines");
    assertThat(lines.path("table_type").asText()).isEqualTo("EXTERNAL");
    assertThat(lines.at("/table_constraints/0/foreign_key_constraint/name").asText())
        .isEqualTo("fk");
    assertThat(
            run("SELECT tag_name FROM main.information_schema.table_tags")
                .at("/result/data_array")
                .toString())
        .isEqualTo("[[\"team\"]]");
  }

  @Test
  void what_statements_create_a_second_time_stays_as_it_was() throws IOException {
    created();
    JsonNode before = table("lines");

    created();

    assertThat(table("lines")).isEqualTo(before);
  }

  @Test
  void a_statement_about_what_is_not_there_is_refused() throws IOException {
    created();

    assertThat(refusal("ALTER TABLE main.shop.nosuch SET TAGS ('a' = 'b')")).isEqualTo("42P01");
    assertThat(refusal("ALTER TABLE main.shop.orders ALTER COLUMN x SET TAGS ('a' = 'b')"))
        .isEqualTo("42703");
    assertThat(refusal("CREATE TABLE IF NOT EXISTS main.nosuch.t (a INT)")).isEqualTo("42704");
    assertThat(refusal("CREATE TABLE IF NOT EXISTS main.shop (a INT)")).isEqualTo("42601");
  }

  private String refusal(String statement) throws IOException {
    return run(statement).at("/status/sql_state").asText();
  }
}
