package dev.connections.benchmarks;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.connections.core.ConnectionFilter;
import dev.connections.core.ConnectionSort;
import dev.connections.core.ListRequest;
import dev.connections.core.access.Actor;
import dev.connections.core.access.Role;
import dev.connections.store.jdbc.PostgresStore;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import javax.sql.DataSource;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * The store on a real PostgreSQL with a hundred thousand connections of a thousand accounts: a
 * tenant's read beside {@code select 1} on the same pool, and the slowest of all lists.
 */
final class PostgresStoreBesideBare implements Case {
  private static final int ROWS = 100_000;
  private static final int ACCOUNTS = 1_000;
  private static final int READS = 20;
  private static final int ROUNDS = 100;
  private static final int LISTS = 2;
  private static final double MOST_TIMES_BARE = 8;
  private static final double MOST_MILLISECONDS = 5;

  private int next;

  @Override
  public String name() {
    return "store";
  }

  @Override
  public List<Row> measure() throws Exception {
    try (EmbeddedPostgres server = EmbeddedPostgres.builder().start()) {
      fill(server);
      try (HikariDataSource pool = pool(server);
          PostgresStore store = PostgresStore.over(pool, "connections")) {
        return List.of(read(pool, store), slowestList(store));
      }
    }
  }

  /** Each read is of another row, so none was just read. */
  private Row read(DataSource pool, PostgresStore store) throws Exception {
    long ours = Long.MAX_VALUE;
    long bare = Long.MAX_VALUE;
    for (int round = 0; round < ROUNDS; round++) { // short and in turns: noise spares both once
      bare = Math.min(bare, Timing.best(() -> bare(pool), 0, 5));
      ours = Math.min(ours, Timing.best(() -> reads(store), 0, 5));
    }
    double ratio = (double) ours / bare;
    return new Row(
        "tenant read on PostgreSQL beside select 1 on the same pool",
        Timing.microseconds(ours / 1e3 / READS),
        Timing.microseconds(bare / 1e3 / READS),
        Timing.times(ratio) + " the time",
        "≤ 8 ×",
        ratio <= MOST_TIMES_BARE);
  }

  private void reads(PostgresStore store) {
    for (int i = 0; i < READS; i++) {
      next = next % ROWS + 1;
      if (store.find("account " + next % ACCOUNTS, Integer.toString(next)).isEmpty()) {
        throw new IllegalStateException("a row is missing: " + next);
      }
    }
  }

  private static void bare(DataSource pool) throws SQLException {
    for (int i = 0; i < READS; i++) {
      try (Connection connection = pool.getConnection();
          var statement = connection.prepareStatement("select 1");
          ResultSet one = statement.executeQuery()) {
        one.next();
      }
    }
  }

  private static Row slowestList(PostgresStore store) throws Exception {
    long slowest = 0;
    for (ConnectionSort sort : ConnectionSort.values()) {
      for (ListRequest order : List.of(ListRequest.by(sort), ListRequest.by(sort).backwards())) {
        for (ConnectionFilter filter : filters()) {
          ListRequest request = order.limit(50);
          slowest = Math.max(slowest, Timing.best(() -> lists(store, filter, request), 5, 20));
        }
      }
    }
    double milliseconds = slowest / 1e6 / LISTS;
    return new Row(
        "list of 50 of 100,000 connections of 1,000 accounts, the slowest filter and order",
        Timing.milliseconds(slowest / LISTS),
        "",
        "",
        "≤ 5 ms",
        milliseconds <= MOST_MILLISECONDS);
  }

  private static void lists(PostgresStore store, ConnectionFilter filter, ListRequest request) {
    for (int i = 0; i < LISTS; i++) {
      Actor viewer = Actor.of("account " + i, "ada", i % 2 == 0 ? Role.ADMIN : Role.MEMBER);
      store.list(viewer, filter, request);
    }
  }

  private static List<ConnectionFilter> filters() {
    ConnectionFilter all = ConnectionFilter.all();
    List<ConnectionFilter> filters = new ArrayList<>();
    filters.add(all);
    filters.add(all.withTypes(Set.of("mssql", "oracle")));
    filters.add(all.withActive(true));
    filters.add(all.withText("9"));
    filters.add(all.withOwner("ada"));
    filters.add(all.withWorkspace("north"));
    filters.add(all.withWorkspace("north").withOwner("ada").withText("1").withTypes("mssql"));
    return filters;
  }

  private static HikariDataSource pool(EmbeddedPostgres server) {
    PGSimpleDataSource source = new PGSimpleDataSource();
    source.setPortNumbers(new int[] {server.getPort()});
    source.setDatabaseName("postgres");
    source.setUser("app");
    source.setCurrentSchema("\"connections\", pg_temp");
    HikariConfig config = new HikariConfig();
    config.setDataSource(source);
    config.setMaximumPoolSize(4);
    return new HikariDataSource(config);
  }

  private static void fill(EmbeddedPostgres server) throws SQLException {
    DataSource administrator = server.getPostgresDatabase();
    try (Connection connection = administrator.getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute("create role app login");
      PostgresStore.migrate(administrator, "connections", "app");
      statement.execute(
          "insert into connections.connections (account_id, id, workspace_id, name, name_key,"
              + " search_text, type, type_key, configuration, configuration_format, active,"
              + " owner_id, visibility, created_by, created_at, updated_at)"
              + " select 'account ' || n % "
              + ACCOUNTS
              + ", n, case when n % 3 = 0 then 'north' end, 'Connection ' || n,"
              + " 'connection ' || n, 'connection ' || n, 'MSSQL',"
              + " (array['mssql', 'oracle', 'postgresql'])[1 + n % 3], repeat('c', 1000), 1,"
              + " n % 2 = 0, case when n % 5 = 0 then 'ada' else 'bob' end, 'public', 'ada',"
              + " '2026-05-01T12:00:00.000000000Z', '2026-05-01T12:00:00.000000000Z'"
              + " from generate_series(1, "
              + ROWS
              + ") as n");
      statement.execute("vacuum analyze");
    }
  }
}
