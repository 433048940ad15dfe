package dev.connections.mssql.internal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.connections.api.Column;
import dev.connections.api.KeyConstraint;
import dev.connections.api.RowPreview;
import dev.connections.api.SchemaName;
import dev.connections.api.TableMetadata;
import dev.connections.api.TableName;
import dev.connections.api.TableQuery;
import dev.connections.testkit.RecordingSink;
import dev.connections.testkit.TestOperation;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Names are data: whatever they hold, they are read, found, searched for and quoted. */
class NastyNamesTest {
  private static final List<String> NAMES =
      List.of(
          "it's",
          "two \"words\"",
          "]; drop table sales.customers; --",
          "[brackets]]",
          "100%_sure",
          "line\nbreak",
          "\uD83E\uDD84 unicorn",
          "a.b",
          "semi;colon",
          "x".repeat(128));

  private static SmallShop shop;

  @BeforeAll
  static void a_shop() {
    shop = new SmallShop();
    for (String name : NAMES) {
      int schema = shop.catalog.schema("in " + name.substring(0, Math.min(100, name.length())));
      int table = shop.catalog.table(schema, name);
      shop.catalog.column(table, 1, name, "int");
      shop.catalog.primaryKey(table, name, 1);
    }
    // H2 knows no doubled bracket, so rows are shown of a table whose name has none.
    shop.catalog.run(
        "create schema \"in semi;colon\"",
        "create table \"in semi;colon\".\"semi;colon\" (id int)",
        "insert into \"in semi;colon\".\"semi;colon\" values (42)");
  }

  @AfterAll
  static void close() {
    shop.close();
  }

  static List<String> names() {
    return NAMES;
  }

  private static TableName name(String name) {
    return SchemaName.of("in " + name.substring(0, Math.min(100, name.length()))).table(name);
  }

  @ParameterizedTest
  @MethodSource("names")
  void each_is_found_read_and_searched_for(String name) {
    try (Opened opened = Opened.of(shop.values())) {
      TableMetadata table = opened.adapter().getTableMetadata(name(name), TestOperation.start());

      assertThat(table.name()).isEqualTo(name(name));
      assertThat(table.columns()).extracting(Column::name).containsExactly(name);
      assertThat(table.primaryKey()).contains(KeyConstraint.of(name, name));
      assertThat(
              opened
                  .adapter()
                  .listTables(
                      TableQuery.of(name(name).schema()).nameContains(name), TestOperation.start())
                  .items())
          .hasSize(1);
    }
  }

  @Test
  void all_are_imported() {
    try (Opened opened = Opened.of(shop.values())) {
      RecordingSink sink = opened.imported();

      assertThat(sink.tables())
          .containsKeys(NAMES.stream().map(NastyNamesTest::name).toArray(TableName[]::new));
      assertThat(sink.failures()).isEmpty();
    }
  }

  @Test
  void rows_of_a_table_whose_name_ends_statements_are_shown() {
    try (Opened opened = Opened.of(shop.values())) {
      RowPreview.RowSample rows =
          opened
              .adapter()
              .as(RowPreview.class)
              .orElseThrow()
              .preview(name("semi;colon"), 5, TestOperation.start());

      assertThat(rows.rows()).hasSize(1);
      assertThat(rows.rows().get(0).get(0)).contains(42);
    }
  }

  @Test
  void a_closing_bracket_is_doubled() {
    assertThat(Names.quoted(name("]; drop table sales.customers; --")))
        .isEqualTo("[in ]]; drop table sales.customers; --].[]]; drop table sales.customers; --]");
  }
}
