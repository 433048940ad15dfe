package dev.connections.postgresql.internal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.connections.api.Column;
import dev.connections.api.TableMetadata;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Defaults and generated columns that many tables write alike. */
class SharedDefaultsTest {
  private static final String DATABASE = database();

  /** Two tables that differ in the names of their columns alone, and one with other defaults. */
  private static String database() {
    String database = PostgresServer.newDatabase();
    PostgresServer.run(
        database,
        "create table one (a int default 7, b text default 'x', c int generated always as (a * 2) stored)",
        "create table two (z int default 7, y text default 'x', x int generated always as (z * 2) stored)",
        "create table three (a int default 8, b text default 'x', c int default length('abc'))",
        "grant select on all tables in schema public to reader");
    return database;
  }

  private static Map<String, String> written(TableMetadata table) {
    return table.columns().stream()
        .collect(
            Collectors.toMap(
                Column::name,
                column ->
                    column.defaultExpression().or(column::generatedExpression).orElse("none")));
  }

  @Test
  void each_column_has_the_default_that_it_was_given() {
    try (Opened opened = Opened.of(PostgresServer.values(DATABASE))) {
      Map<String, Map<String, String>> tables =
          opened.imported().tables().values().stream()
              .collect(
                  Collectors.toMap(table -> table.name().table(), SharedDefaultsTest::written));

      assertThat(tables)
          .containsEntry("one", Map.of("a", "7", "b", "'x'::text", "c", "(a * 2)"))
          .containsEntry("two", Map.of("z", "7", "y", "'x'::text", "x", "(z * 2)"))
          .containsEntry("three", Map.of("a", "8", "b", "'x'::text", "c", "length('abc'::text)"));
    }
  }

  @Test
  void what_is_written_alike_is_worded_once() {
    String query = Queries.DEFAULTS.whole().text();
    String shared = query.substring(0, query.indexOf("select d.adrelid::bigint"));

    assertThat(PostgresServer.ask(DATABASE, shared + "select wording from shared order by 1"))
        .containsExactly("'x'::text", "7");
  }
}
