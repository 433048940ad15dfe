package dev.connections.postgresql.internal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.connections.api.Notice;
import dev.connections.api.NoticeCode;
import dev.connections.api.RowPreview;
import dev.connections.api.SchemaName;
import dev.connections.jdbc.Sample;
import dev.connections.testkit.TestOperation;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The first rows of tables, however large their values are. */
@Timeout(120)
class FirstRowsTest {
  private static RowPreview.RowSample preview(Opened opened, String table, int rows) {
    return opened
        .adapter()
        .as(RowPreview.class)
        .orElseThrow()
        .preview(SchemaName.of("public").table(table), rows, TestOperation.start());
  }

  @Test
  void long_values_are_cut_by_the_server_and_that_is_told() {
    String database = PostgresServer.newDatabase();
    PostgresServer.run(
        database,
        "create domain raw as bytea",
        "create table t (a text, b bytea, c text[], d jsonb, e raw, f varchar, g int)",
        "insert into t select x, x::bytea, array[x], jsonb_build_array(x), x::bytea, x, 7"
            + " from repeat('0123456789', 500000) x",
        "grant select on t to reader");
    try (Proxy proxy = new Proxy(Duration.ZERO);
        Opened opened = Opened.of(PostgresServer.values(database, proxy.port()))) {
      RowPreview.RowSample sample = preview(opened, "t", 10);

      List<Optional<Object>> row = sample.rows().get(0);
      assertThat(sample.columns()).containsExactly("a", "b", "c", "d", "e", "f", "g");
      assertThat(row.get(0)).contains("0123456789".repeat(410).substring(0, Sample.LONGEST));
      assertThat((byte[]) row.get(1).orElseThrow()).hasSize(Sample.LONGEST).startsWith('0', '1');
      assertThat((String) row.get(2).orElseThrow()).hasSize(Sample.LONGEST).startsWith("{0123");
      assertThat((String) row.get(3).orElseThrow()).hasSize(Sample.LONGEST).startsWith("[\"0123");
      assertThat((byte[]) row.get(4).orElseThrow()).hasSize(Sample.LONGEST);
      assertThat((String) row.get(5).orElseThrow()).hasSize(Sample.LONGEST);
      assertThat(row.get(6)).contains(7);
      assertThat(sample.notices()).extracting(Notice::code).containsOnly(NoticeCode.TRUNCATED);
      assertThat(sample.more()).isFalse();
      assertThat(proxy.sent()).as("bytes, of 30 million").isLessThan(1_000_000);
    }
  }

  @Test
  void values_that_are_short_enough_are_as_the_database_writes_them() {
    String database = PostgresServer.newDatabase();
    PostgresServer.run(
        database,
        "create type pair as (a int, b text)",
        "create type mood as enum ('fine')",
        "create table t (a char(4), b inet, c numeric(30, 2), d pair, e pair, f int[], g mood,"
            + " h text, i date, \"odd \"\" name\" int, k bytea)",
        "insert into t values ('x', '10.0.0.1', 12.50, (null, null), null, '{1,2}', 'fine', null,"
            + " '2026-02-03', 5, '\\x01')",
        "grant select on t to reader");
    try (Opened opened = Opened.of(PostgresServer.values(database))) {
      RowPreview.RowSample sample = preview(opened, "t", 10);

      assertThat(sample.columns()).contains("odd \" name");
      assertThat(sample.rows().get(0).subList(0, 10))
          .containsExactly(
              Optional.of("x   "),
              Optional.of("10.0.0.1"),
              Optional.of(new BigDecimal("12.50")),
              Optional.of("(,)"),
              Optional.empty(),
              Optional.of("{1,2}"),
              Optional.of("fine"),
              Optional.empty(),
              Optional.of("2026-02-03"),
              Optional.of(5));
      assertThat(sample.rows().get(0).get(10).orElseThrow()).isEqualTo(new byte[] {1});
      assertThat(sample.notices()).isEmpty();
    }
  }

  @Test
  void rows_are_fetched_by_portions_and_no_further_than_they_are_shown() {
    String database = PostgresServer.newDatabase();
    PostgresServer.run(
        database,
        "create sequence made",
        "create view v as select nextval('made') n, x a, x b, x c"
            + " from generate_series(1, 1000), repeat('x', 4096) x",
        "grant usage on sequence made to reader",
        "grant select on v to reader");
    try (Opened opened = Opened.of(PostgresServer.values(database))) {
      RowPreview.RowSample sample = preview(opened, "v", 1_000);

      assertThat(sample.rows().size()).isBetween(600, 660);
      assertThat(sample.more()).isTrue();
      assertThat(Long.parseLong(PostgresServer.ask(database, "select last_value from made").get(0)))
          .as("rows that the server made")
          .isLessThan(700);
    }
  }

  @Test
  void a_table_without_columns_has_rows_of_nothing() {
    String database = PostgresServer.newDatabase();
    PostgresServer.run(
        database, "create table t ()", "insert into t default values", "grant all on t to reader");
    try (Opened opened = Opened.of(PostgresServer.values(database))) {
      assertThat(preview(opened, "t", 10).rows()).containsExactly(List.of());
    }
  }
}
