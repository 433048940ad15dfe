package dev.connections.store.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import dev.connections.core.ConnectionFilter;
import dev.connections.core.ConnectionSort;
import dev.connections.core.ListRequest;
import dev.connections.core.TestStatus;
import dev.connections.core.access.Actor;
import dev.connections.core.access.Role;
import dev.connections.core.history.HistoryQuery;
import dev.connections.core.store.RunPosition;
import dev.connections.core.store.StoredConnection;
import dev.connections.core.store.StoredRun;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** How the server finds rows among a hundred thousand: those of a thousand accounts, and of one. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class PostgresPlansTest {
  private static final int ACCOUNTS = 1_000;
  private static final String SMALL = "account 17";
  private static final String LARGE = "large";

  private PostgresStore store;
  private HikariDataSource pool;
  private PostgresTransactions transactions;

  @BeforeAll
  void fill() {
    String database = PostgresServer.newDatabase();
    PostgresServer.run(
        database,
        "SET search_path = connections",
        "INSERT INTO secret_keys VALUES (1), (2)",
        rows("'account ' || n % " + ACCOUNTS, 80_000),
        rows("'" + LARGE + "'", 20_000),
        "INSERT INTO audit_log (account_id, sequence, at, user_id, operation, result,"
            + " connection_id, hash) SELECT 'account ' || n % 100, n,"
            + " '2026-05-01T12:00:00.000000000Z', 'ada', 'test', 'allowed', md5(n::text), 'x'"
            + " FROM generate_series(1, 10000) AS n",
        "INSERT INTO run_history (account_id, id, connection_id, kind, result, user_id,"
            + " started_at, finished_at, content) SELECT account_id, id || of_it, id, 'test',"
            + " 'success', 'ada', created_at, created_at, '{}'"
            + " FROM (SELECT account_id, id, created_at FROM connections ORDER BY id LIMIT 5000)"
            + " AS picked, generate_series(1, 4) AS of_it",
        "ANALYZE");
    store = PostgresServer.open(database);
    pool = PostgresPool.open(PostgresServer.settings(database).build());
    transactions =
        new PostgresTransactions(
            pool, "connections", new Patience(Duration.ofSeconds(10)), () -> {}, () -> {});
  }

  private static String rows(String account, int count) {
    return "INSERT INTO connections (account_id, id, workspace_id, name, name_key, description,"
        + " search_text, type, type_key, configuration, configuration_format, active,"
        + " last_tested_at, owner_id, visibility, created_by, created_at, updated_at, key_id)"
        + " SELECT "
        + account
        + ", md5(n::text), CASE WHEN n % 3 = 0 THEN 'north' END, 'Connection ' || n,"
        + " 'connection ' || n, repeat('x', 200), 'connection ' || n, 'MSSQL',"
        + " (ARRAY['mssql', 'oracle', 'postgresql'])[1 + n % 3], repeat('c', 1000), 1, n % 2 = 0,"
        + " CASE WHEN n % 4 > 0 THEN to_char(n % 60, '\"2026-05-01T12:00:\"FM00\".000000000Z\"')"
        + " END, CASE WHEN n % 5 = 0 THEN 'ada' ELSE 'bob' END,"
        + " CASE WHEN n % 2 = 0 THEN 'private' ELSE 'public' END, 'ada',"
        + " to_char(n % 60, '\"2026-05-01T12:00:\"FM00\".000000000Z\"'),"
        + " '2026-05-01T12:00:00.000000000Z', 1 + n % 2 FROM generate_series(1, "
        + count
        + ") AS n";
  }

  @AfterAll
  void close() {
    store.close();
    pool.close();
  }

  private static List<ConnectionFilter> filters() {
    ConnectionFilter all = ConnectionFilter.all();
    return List.of(
        all,
        all.withTypes(Set.of("mssql", "ORACLE")),
        all.withActive(true),
        all.withText("connection"),
        all.withOwner("ada"),
        all.withWorkspace("north"),
        all.withWorkspace("north").withOwner("ada").withText("x").withTypes("mssql"));
  }

  private String plan(String account, String sql, List<?> values) {
    return transactions.read(
        account,
        session ->
            String.join("\n", session.list("EXPLAIN " + sql, values, row -> row.getString(1))));
  }

  private List<ListRequest> pages(Actor viewer) {
    List<ListRequest> pages = new ArrayList<>();
    for (ConnectionSort sort : ConnectionSort.values()) {
      for (ListRequest order : List.of(ListRequest.by(sort), ListRequest.by(sort).backwards())) {
        ListRequest first = order.limit(50);
        pages.add(first);
        Optional<String> token = store.list(viewer, ConnectionFilter.all(), first).next();
        pages.add(first.after(token.orElseThrow()));
      }
    }
    return pages;
  }

  @Test
  void every_filter_and_order_and_page_is_found_in_an_index() {
    for (String account : List.of(SMALL, LARGE)) {
      for (Actor viewer :
          List.of(
              Actor.of(account, "root", Role.ADMIN),
              Actor.of(account, "ada", Role.MEMBER).in("north"))) {
        for (ListRequest request : pages(Actor.of(account, "root", Role.ADMIN))) {
          for (ConnectionFilter filter : filters()) {
            ListQuery query = ListQuery.page(Dialect.POSTGRESQL, viewer, filter, request);
            assertThat(
                    plan(
                        account,
                        "SELECT * FROM connections WHERE " + query.where(),
                        query.values()))
                .as("%s %s", query.where(), query.values())
                .contains("connections_")
                .containsPattern("Index (Scan|Cond)")
                .contains("account_id = ")
                .doesNotContain("Seq Scan");
          }
        }
      }
    }
  }

  /** So the last page of many rows costs what the first does. */
  @Test
  void a_large_account_is_read_in_order_from_where_the_page_before_ended() {
    Actor viewer = Actor.of(LARGE, "root", Role.ADMIN);
    for (ListRequest request : pages(viewer)) {
      ListQuery query = ListQuery.page(Dialect.POSTGRESQL, viewer, ConnectionFilter.all(), request);
      assertThat(plan(LARGE, "SELECT * FROM connections WHERE " + query.where(), query.values()))
          .as("%s %s", query.where(), query.values())
          .doesNotContain("Sort")
          .contains("Index Scan")
          .containsPattern(request.pageToken().isPresent() ? "Index Cond:.*ROW\\(" : "Index Cond:");
    }
  }

  @Test
  void single_rows_names_and_audit_records_are_found_in_an_index() {
    StoredConnection row = Rows.row(SMALL, "Sales");
    store.insert(row);
    String account = "WHERE account_id = ? ";
    for (String sql :
        List.of(
            "SELECT * FROM connections " + account + "AND id = ?",
            "SELECT * FROM audit_log " + account + "AND connection_id = ?")) {
      assertThat(plan(SMALL, sql, List.of(SMALL, row.id()))).contains("Index");
    }
    assertThat(plan(SMALL, KeyedRows.Table.CONNECTIONS.nextAccount, List.of(1L, "account 5")))
        .contains("connections_by_key")
        .doesNotContain("Sort");
    assertThat(plan(LARGE, KeyedRows.Table.CONNECTIONS.list, List.of(1L, LARGE, "5", 100)))
        .contains("Index Scan")
        .doesNotContain("Seq Scan");
  }

  @Test
  void past_runs_are_found_in_an_index_and_read_in_its_order() {
    RunPosition place = new RunPosition(Rows.NOON, "x");
    HistoryQuery<TestStatus> all = HistoryQuery.ofTests();
    for (Actor viewer :
        List.of(
            Actor.of(LARGE, "root", Role.ADMIN), Actor.of(LARGE, "ada", Role.MEMBER).in("north"))) {
      for (HistoryQuery<TestStatus> query :
          List.of(
              all,
              all.connection("x"),
              all.connection("x").result(TestStatus.FAILED).from(Rows.NOON),
              all.from(Rows.NOON).until(Rows.NOON.plusSeconds(60)))) {
        for (Optional<RunPosition> after :
            List.of(Optional.<RunPosition>empty(), Optional.of(place))) {
          StoredRuns.Search search =
              StoredRuns.search(Dialect.POSTGRESQL, viewer, StoredRun.Kind.TEST, query, after);
          assertThat(plan(LARGE, search.sql(), search.values()))
              .as("%s %s", search.sql(), search.values())
              .contains("run_history_")
              .doesNotContain("Seq Scan on run_history");
        }
      }
    }
  }

  @Test
  void old_runs_are_found_in_an_index_over_all_accounts_and_within_one() {
    String noon = StoredTime.text(Rows.NOON.minusSeconds(3600));
    assertThat(plan("", StoredRuns.NEXT_OLD, List.of(noon)))
        .contains("run_history_by_age")
        .doesNotContain("Sort");
    assertThat(plan(LARGE, StoredRuns.DELETE_OLD, List.of(LARGE, LARGE, noon, 100)))
        .contains("run_history_")
        .doesNotContain("Seq Scan");
  }

  @Test
  void the_view_over_all_accounts_shows_keys_and_accounts_and_nothing_else() throws SQLException {
    long seen =
        transactions.readEveryAccount(
            session ->
                session.number(
                    "SELECT count(DISTINCT account_id) FROM connection_keys", List.of()));
    assertThat(seen).isEqualTo(ACCOUNTS + 1);
    List<String> columns =
        transactions.readEveryAccount(
            session ->
                session.list(
                    "SELECT attname FROM pg_attribute WHERE attnum > 0"
                        + " AND attrelid = 'connection_keys'::regclass",
                    List.of(),
                    row -> row.getString(1)));
    assertThat(columns).containsExactlyInAnyOrder("key_id", "account_id");
    long rows =
        transactions.readEveryAccount(
            session -> session.number("SELECT count(*) FROM connections", List.of()));
    assertThat(rows).isZero();
  }
}
