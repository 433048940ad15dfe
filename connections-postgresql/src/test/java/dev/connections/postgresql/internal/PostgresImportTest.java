package dev.connections.postgresql.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.connections.api.ConfigurationValues;
import dev.connections.api.ConnectionException;
import dev.connections.api.ForeignKey;
import dev.connections.api.Notice;
import dev.connections.api.NoticeCode;
import dev.connections.api.RowPreview;
import dev.connections.api.SchemaName;
import dev.connections.api.StandardErrorCode;
import dev.connections.api.TableName;
import dev.connections.api.TestResult;
import dev.connections.jdbc.SqlAccess;
import dev.connections.testkit.RecordingSink;
import dev.connections.testkit.RecordingSink.Event;
import dev.connections.testkit.TestOperation;
import dev.connections.testkit.TestSelection;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class PostgresImportTest {
  private static final Predicate<String> NAMING = sql -> sql.contains("any ($1::oid[])");

  private static List<String> statements(String database) {
    try (Proxy proxy = new Proxy(Duration.ZERO);
        Opened opened = Opened.of(PostgresServer.values(database, proxy.port()))) {
      opened.imported();
      return proxy.statements();
    }
  }

  /** More tables than are read by their ids: beyond them the number changes nothing any more. */
  @Test
  void an_import_takes_as_many_statements_for_ten_tables_as_for_thousands() {
    String small = PostgresServer.newDatabase();
    PostgresServer.fill(small, 10);

    List<String> few = statements(small);

    assertThat(few).hasSizeLessThanOrEqualTo(15);
    assertThat(statements(PostgresServer.large())).hasSameSizeAs(few);
  }

  @Test
  void tables_are_named_where_they_are_few_among_many_alone() {
    String database = PostgresServer.large();
    TableName one = SchemaName.of("many").table("t1007");
    try (Proxy proxy = new Proxy(Duration.ZERO);
        Opened opened = Opened.of(PostgresServer.values(database, proxy.port()))) {
      opened.table("many", "t1007");
      assertThat(proxy.statements()).anyMatch(NAMING);

      proxy.statements().clear();
      RecordingSink sink = new RecordingSink();
      opened.imported(sink);
      assertThat(sink.tables()).containsKey(one);
      assertThat(proxy.statements()).isNotEmpty().noneMatch(NAMING);
    }
  }

  /** Naming all of them would cost more than reading them. */
  @Test
  void all_tables_of_a_small_database_are_read_without_naming_them() {
    String small = PostgresServer.newDatabase();
    PostgresServer.fill(small, 100);

    assertThat(statements(small)).isNotEmpty().noneMatch(NAMING);
  }

  @Test
  void a_table_dropped_while_the_rows_stream_harms_no_other() {
    String database = PostgresServer.large();
    PostgresServer.run(
        database,
        "create schema doomed",
        "create table doomed.t (id int primary key, a text check (a <> ''), b text default 'x')",
        "create index on doomed.t (lower(a)) where b = 'x'",
        "grant usage on schema doomed to reader",
        "grant select on all tables in schema doomed to reader");
    SchemaName doomed = SchemaName.of("doomed");
    AtomicBoolean dropped = new AtomicBoolean();
    RecordingSink sink =
        new RecordingSink()
            .onEvent(
                event -> {
                  if (event instanceof Event.Read && dropped.compareAndSet(false, true)) {
                    PostgresServer.run(database, "drop schema doomed cascade");
                  }
                });
    try (Opened opened = Opened.of(PostgresServer.values(database))) {
      opened.imported(sink);

      assertThat(dropped).isTrue();
      assertThat(sink.listed()).contains(doomed.table("t"));
      assertThat(sink.tables().size() + sink.failures().size()).isEqualTo(sink.listed().size());
      assertThat(sink.failures().keySet()).isSubsetOf(doomed.table("t"));
      assertThat(sink.failures().values())
          .allMatch(failure -> failure.code() == StandardErrorCode.NOT_FOUND);
      assertThat(opened.imported().listed()).doesNotContain(doomed.table("t"));
    }
  }

  @Test
  void a_name_longer_than_any_is_not_taken_for_the_one_it_would_be_cut_to() {
    String database = PostgresServer.newDatabase();
    String longest = "y".repeat(63);
    PostgresServer.run(
        database,
        "create table public." + longest + " (a int)",
        "grant select on public." + longest + " to reader");
    TableName tooLong = SchemaName.of("public").table("y".repeat(128));
    try (Opened opened = Opened.of(PostgresServer.values(database))) {
      assertThat(
              catchThrowableOfType(
                      ConnectionException.class, () -> opened.table("public", "y".repeat(128)))
                  .code())
          .isEqualTo(StandardErrorCode.NOT_FOUND);
      RecordingSink sink = new RecordingSink();
      opened
          .adapter()
          .importMetadata(TestSelection.everything().named(tooLong), sink, TestOperation.start());
      assertThat(sink.failures()).containsOnlyKeys(tooLong);
      assertThat(opened.table("public", longest).columns()).hasSize(1);
    }
  }

  @Test
  void foreign_keys_in_a_circle_are_read_on_both_sides() {
    String database = PostgresServer.newDatabase();
    PostgresServer.run(
        database,
        "create schema hen",
        "create schema egg",
        "create table hen.t (id int primary key, egg int)",
        "create table egg.t (id int primary key, hen int references hen.t, twin int"
            + " references egg.t)",
        "alter table hen.t add foreign key (egg) references egg.t",
        "grant usage on schema hen, egg to reader",
        "grant select on hen.t, egg.t to reader");
    try (Opened opened = Opened.of(PostgresServer.values(database))) {
      RecordingSink sink = opened.imported();
      TableName hen = SchemaName.of("hen").table("t");
      TableName egg = SchemaName.of("egg").table("t");

      assertThat(sink.tables().get(hen).foreignKeys())
          .extracting(ForeignKey::references)
          .containsExactly(egg);
      assertThat(sink.tables().get(egg).foreignKeys())
          .extracting(ForeignKey::references)
          .containsExactlyInAnyOrder(hen, egg);
    }
  }

  @Test
  void more_tables_than_can_be_named_are_read_whole() {
    try (Opened opened = Opened.of(PostgresServer.values(PostgresServer.large()))) {
      RecordingSink sink =
          opened.imported(
              new RecordingSink()
                  .reading(
                      table ->
                          table.name().schema().equals(SchemaName.of("many"))
                              && !table.name().table().equals("t7")));

      assertThat(sink.tables()).hasSize(2_099);
      assertThat(sink.failures()).isEmpty();
      assertThat(sink.tables().values())
          .allSatisfy(
              table -> {
                assertThat(table.columns()).hasSize(5);
                assertThat(table.primaryKey()).isPresent();
                assertThat(table.indexes()).hasSize(2);
              });
    }
  }

  @Test
  void names_with_odd_characters_come_through() {
    String database = PostgresServer.newDatabase();
    List<String> names =
        List.of(
            "a\"b",
            "it's",
            "100%",
            "two\nlines",
            "\uD83D\uDE80",
            "a.b",
            "[x]",
            "UPPER",
            " ",
            "x".repeat(63));
    PostgresServer.run(
        database,
        "create schema \"odd \"\" schema\"",
        "grant usage on schema \"odd \"\" schema\" to reader");
    SchemaName schema = SchemaName.of("odd \" schema");
    for (String name : names) {
      String table = Names.quoted(schema.table(name));
      PostgresServer.run(
          database,
          "create table " + table + " (" + Names.quoted(name) + " int primary key)",
          "insert into " + table + " values (1)",
          "grant select on " + table + " to reader");
    }
    try (Opened opened = Opened.of(PostgresServer.values(database))) {
      RecordingSink sink = opened.imported();
      RowPreview preview = opened.adapter().as(RowPreview.class).orElseThrow();

      for (String name : names) {
        TableName table = schema.table(name);
        assertThat(sink.tables()).containsKey(table);
        assertThat(opened.table(schema.schema(), name).columns().get(0).name()).isEqualTo(name);
        assertThat(preview.preview(table, 1, TestOperation.start()).rows())
            .containsExactly(List.of(Optional.of(1)));
      }
    }
  }

  @Test
  void a_table_dropped_while_it_is_read_fails_by_itself() {
    String database = PostgresServer.newDatabase();
    PostgresServer.fill(database, 5);
    try (Opened opened = Opened.of(PostgresServer.values(database))) {
      RecordingSink sink =
          new RecordingSink()
              .onEvent(
                  event -> {
                    if (event instanceof Event.Proceed) {
                      PostgresServer.run(database, "drop table many.t3");
                    }
                  });
      opened.imported(sink);

      TableName dropped = SchemaName.of("many").table("t3");
      assertThat(sink.tables()).hasSize(4).doesNotContainKey(dropped);
      assertThat(sink.failures().get(dropped).code()).isEqualTo(StandardErrorCode.NOT_FOUND);
    }
  }

  @Test
  void what_the_login_may_not_see_is_counted_and_the_grants_are_given() {
    String database = PostgresServer.newDatabase();
    PostgresServer.run(
        database,
        "create schema open",
        "create schema shut",
        "create table open.seen (a int)",
        "create table open.secret (a int)",
        "create table shut.t1 (a int)",
        "create table shut.t2 (a int)",
        "grant usage on schema open to reader",
        "grant select on open.seen to reader");
    try (Opened opened = Opened.of(PostgresServer.values(database))) {
      RecordingSink sink = opened.imported();
      List<Notice> notices =
          sink.events(Event.Noticed.class).stream().map(Event.Noticed::notice).toList();

      assertThat(sink.listed()).containsExactly(SchemaName.of("open").table("seen"));
      assertThat(notices).extracting(Notice::code).containsOnly(NoticeCode.HIDDEN_BY_PERMISSION);
      assertThat(notices)
          .extracting(notice -> notice.hidden().orElseThrow())
          .containsExactly(1L, 2L);
      for (Notice notice : notices) {
        String script = notice.remedy().orElseThrow().replaceFirst("^Run: ", "");
        PostgresServer.run(database, script);
      }
      assertThat(opened.imported().tables()).hasSize(4);
      TestResult result = opened.adapter().test(TestOperation.start());
      assertThat(result.hasWarnings()).isFalse();
    }
  }

  @Test
  void the_test_warns_of_hidden_tables_and_tells_the_server() {
    String database = PostgresServer.newDatabase();
    PostgresServer.run(database, "create table public.hidden (a int)");
    try (Opened opened = Opened.of(PostgresServer.values(database))) {
      TestResult result = opened.adapter().test(TestOperation.start());

      assertThat(result.step("authorize").orElseThrow().status())
          .isEqualTo(TestResult.Status.WARNING);
      assertThat(result.server().orElseThrow().version().orElseThrow())
          .isEqualTo(PostgresServer.ask(database, "show server_version").get(0));
      Map<String, String> details = result.server().orElseThrow().details();
      assertThat(details).containsEntry("database", database).containsEntry("login", "reader");
      assertThat(Long.parseLong(details.get("clock_difference_seconds"))).isBetween(-5L, 5L);
    }
  }

  @Test
  void a_running_query_is_cancelled_at_the_server() throws Exception {
    String database = PostgresServer.newDatabase();
    PostgresServer.run(
        database,
        "create view public.slow as select pg_sleep(600)::text as s",
        "grant select on public.slow to reader");
    try (Opened opened = Opened.of(PostgresServer.values(database))) {
      TestOperation operation = TestOperation.start();
      RowPreview preview = opened.adapter().as(RowPreview.class).orElseThrow();
      CompletableFuture<?> running =
          CompletableFuture.runAsync(
              () -> preview.preview(SchemaName.of("public").table("slow"), 1, operation));
      String asking =
          "select 1 from pg_stat_activity where state = 'active' and query like '%\"slow\"%'"
              + " and usename = 'reader' and datname = '"
              + database
              + "'";
      while (PostgresServer.ask(database, asking).isEmpty()) {
        assertThat(running).as("a slow query").isNotDone();
        Thread.onSpinWait();
      }
      operation.cancel();

      ExecutionException thrown =
          catchThrowableOfType(ExecutionException.class, () -> running.get(60, TimeUnit.SECONDS));
      assertThat(((ConnectionException) thrown.getCause()).code())
          .isEqualTo(StandardErrorCode.CANCELLED);
      long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
      while (!PostgresServer.ask(database, asking).isEmpty()) {
        assertThat(System.nanoTime()).as("the server stops too").isLessThan(end);
        Thread.onSpinWait();
      }
    }
  }

  @Test
  void a_server_that_goes_away_in_mid_import_is_a_lost_connection() {
    String database = PostgresServer.newDatabase();
    PostgresServer.fill(database, 50);
    try (Proxy proxy = new Proxy(Duration.ZERO);
        Opened opened = Opened.of(PostgresServer.values(database, proxy.port()))) {
      RecordingSink sink =
          new RecordingSink()
              .onEvent(
                  event -> {
                    if (event instanceof Event.Proceed) {
                      proxy.goAway();
                    }
                  });

      ConnectionException thrown =
          catchThrowableOfType(
              ConnectionException.class,
              () ->
                  opened
                      .adapter()
                      .importMetadata(TestSelection.everything(), sink, TestOperation.start()));

      assertThat(thrown.code())
          .isIn(StandardErrorCode.CONNECTION_LOST, StandardErrorCode.CONNECTION_REFUSED);
    }
  }

  @Test
  void a_host_gets_plain_jdbc_on_the_pool() throws Exception {
    String database = PostgresServer.newDatabase();
    try (Opened opened = Opened.of(PostgresServer.values(database))) {
      SqlAccess access = opened.adapter().as(SqlAccess.class).orElseThrow();
      for (int i = 0; i < 20; i++) {
        try (Connection connection = access.dataSource().getConnection();
            Statement statement = connection.createStatement();
            ResultSet rows = statement.executeQuery("select current_database()")) {
          rows.next();
          assertThat(rows.getString(1)).isEqualTo(database);
        }
      }
      assertThat(opened.adapter().pooled()).isEqualTo(1);
    }
    assertThat(
            PostgresServer.ask(
                "postgres",
                "select 1 from pg_stat_activity where datname = '"
                    + database
                    + "' and usename = 'reader'"
                    + " and state <> 'idle'"))
        .isEmpty();
  }

  @Test
  void rows_are_shown_only_where_that_is_allowed() {
    ConfigurationValues values =
        PostgresServer.values(PostgresServer.newDatabase()).without("advanced.row_preview");
    try (Opened opened = Opened.of(values)) {
      assertThat(opened.adapter().as(RowPreview.class)).isEmpty();
    }
  }
}
