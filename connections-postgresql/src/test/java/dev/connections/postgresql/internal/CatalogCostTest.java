package dev.connections.postgresql.internal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.connections.jdbc.CatalogQuery;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the server goes through for a query, as it counts its rows itself. */
@Timeout(120)
class CatalogCostTest {
  /** A table of five columns with a key, an index and a default takes less than this. */
  private static final long MOST_OF_ONE_TABLE = 400;

  /** As many tables are asked for rights in a test. */
  private static final long MOST_OF_A_TEST = 1_000;

  /** As many defaults are looked through for those that are shared. */
  private static final long MOST_COUNTED = 20_000;

  private static final String ASKING = "n->>'Filter' like '%has_table_privilege%'";

  private static final List<Queries.Narrowable> READING =
      List.of(
          Queries.COLUMNS,
          Queries.DEFAULTS,
          Queries.CONSTRAINTS,
          Queries.INDEXES,
          Queries.PARTITIONING,
          Queries.DEFINITIONS,
          Queries.SEQUENCES,
          Queries.TYPES);

  /** Every row that a step of the plan gave or passed over, of those steps that fit. */
  private static long visited(String query, String steps) {
    return visited(PostgresServer.large(), query, steps);
  }

  private static long visited(String database, String query, String steps) {
    String plan =
        PostgresServer.ask(database, "explain (analyze, timing off, format json) " + query).get(0);
    return Long.parseLong(
        PostgresServer.ask(
                database,
                "select coalesce(max(x.here), 0)::bigint || '' from (select sum("
                    + "((n->>'Actual Rows')::numeric"
                    + " + coalesce((n->>'Rows Removed by Filter')::numeric, 0)"
                    + " + coalesce((n->>'Rows Removed by Join Filter')::numeric, 0))"
                    + " * (n->>'Actual Loops')::numeric) here"
                    + " from jsonb_path_query($plan$"
                    + plan
                    + "$plan$::jsonb, 'strict $.** ? (exists(@.\"Node Type\"))') n where "
                    + steps
                    + ") x")
            .get(0));
  }

  private static String of(Queries.Narrowable query, String table) {
    String id =
        PostgresServer.ask(PostgresServer.large(), "select '" + table + "'::regclass::oid::text")
            .get(0);
    return query.some().text().replace("?", "'{" + id + "}'");
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void one_table_of_thousands_is_read_without_looking_at_the_others(boolean analyzed) {
    if (analyzed) {
      PostgresServer.run(PostgresServer.large(), "analyze");
    }
    assertThat(READING)
        .allSatisfy(
            query ->
                assertThat(visited(of(query, "many.t1007"), "true"))
                    .as("rows visited for %s", query.whole().name())
                    .isLessThanOrEqualTo(MOST_OF_ONE_TABLE));
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void a_thousand_tables_cost_no_more_for_each_than_one(boolean analyzed) {
    // One of its own: the figures of a new database are those of an empty one.
    String database = PostgresServer.newDatabase();
    PostgresServer.fill(database, 1_000);
    if (analyzed) {
      PostgresServer.run(database, "analyze");
    }
    String ids =
        PostgresServer.ask(
                database,
                "select string_agg(oid::text, ',') from pg_class"
                    + " where relkind = 'r' and relnamespace = 'many'::regnamespace")
            .get(0);

    assertThat(READING)
        .allSatisfy(
            query -> {
              String some = query.some().text().replace("?", "'{" + ids + "}'");
              for (String sql : List.of(some, query.whole().text())) {
                assertThat(visited(database, sql, "true"))
                    .as("rows visited for %s", query.whole().name())
                    .isLessThanOrEqualTo(1_000 * MOST_OF_ONE_TABLE / 4);
              }
            });
  }

  @Test
  void the_whole_catalog_shows_that_rows_are_counted() {
    assertThat(visited(Queries.COLUMNS.whole().text(), "true")).isGreaterThan(2_100);
  }

  /** Where each differs from all others, counting them would cost more than it saves. */
  @Test
  void defaults_that_all_differ_are_counted_for_the_first_of_them_alone() {
    String database = PostgresServer.newDatabase();
    PostgresServer.run(
        database,
        "do $$ declare made text; begin for i in 1..210 loop"
            + " select string_agg(format('c%s text default %L', k, i || '-' || k), ',') into made"
            + " from generate_series(1, 100) k;"
            + " execute 'create table t' || i || ' (' || made || ')'; end loop; end $$");
    String query = Queries.DEFAULTS.whole().text();

    assertThat(visited(database, query, "n->>'Relation Name' = 'pg_attrdef'"))
        .isGreaterThanOrEqualTo(21_000);
    assertThat(visited(database, query, "n->>'Node Type' = 'Limit'")).isEqualTo(MOST_COUNTED);
  }

  @Test
  void a_table_is_found_by_its_name_without_looking_at_the_others() {
    String query =
        Queries.TABLES_BY_NAME
            .text()
            .replaceFirst("\\?", "'{many}'")
            .replaceFirst("\\?", "'{t1007}'");

    assertThat(visited(query, "true")).isLessThanOrEqualTo(MOST_OF_ONE_TABLE);
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void a_page_asks_the_rights_of_its_own_tables_alone(boolean analyzed) {
    if (analyzed) {
      PostgresServer.run(PostgresServer.large(), "analyze");
    }
    String page =
        Queries.TABLES_OF_SCHEMA
            .text()
            .replaceFirst("\\?", "'many'")
            .replaceFirst("\\?", "'t'")
            .replaceFirst("\\?", "'t1007'")
            .replaceFirst("\\?", "101");

    assertThat(visited(page, ASKING)).isEqualTo(101);
    assertThat(PostgresServer.ask(PostgresServer.large(), "select x.relname from (" + page + ") x"))
        .hasSize(101)
        .isSorted()
        .startsWith("t1008");
  }

  @Test
  void a_test_asks_the_rights_of_the_first_tables_alone() {
    assertThat(visited(Queries.SAMPLE.text(), ASKING)).isBetween(1L, MOST_OF_A_TEST);
    // Asked while it counts: of as many rows as the limit beneath lets through.
    assertThat(visited(Queries.RIGHTS.text(), "n->>'Node Type' = 'Limit'"))
        .isEqualTo(MOST_OF_A_TEST);
    assertThat(visited(Queries.RIGHTS.text(), ASKING)).isZero();
  }

  @Test
  void the_cost_of_a_test_does_not_depend_on_rights() {
    PostgresServer.run("postgres", "create role stranger");

    // Nothing may be read, so that all of the first tables are asked, and no more.
    assertThat(visited(asStranger(Queries.SAMPLE), ASKING)).isEqualTo(MOST_OF_A_TEST);
  }

  private static String asStranger(CatalogQuery query) {
    return query
        .text()
        .replace("has_schema_privilege(", "has_schema_privilege('stranger', ")
        .replace("has_table_privilege(", "has_table_privilege('stranger', ");
  }
}
