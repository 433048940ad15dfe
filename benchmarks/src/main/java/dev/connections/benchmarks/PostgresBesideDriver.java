package dev.connections.benchmarks;

import dev.connections.api.ChangeMarker;
import dev.connections.api.ConfigurationValues;
import dev.connections.api.ConnectionAdapter;
import dev.connections.api.ConnectionAdapterProvider;
import dev.connections.api.Failure;
import dev.connections.api.ImportSelection;
import dev.connections.api.MetadataSink;
import dev.connections.api.SchemaName;
import dev.connections.api.Section;
import dev.connections.api.TableMetadata;
import dev.connections.api.TableName;
import dev.connections.testkit.TestAdapterContext;
import dev.connections.testkit.TestOperation;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.concurrent.atomic.LongAdder;

/**
 * Ten thousand tables of a real PostgreSQL into a sink that counts, beside the bare queries for the
 * same rows, and beside the driver's metadata asked table by table.
 */
final class PostgresBesideDriver implements Case {
  private static final int TABLES = 10_000;
  private static final int COLUMNS = 20;
  private static final int ASKED_ONE_BY_ONE = 1_000;
  private static final double MOST_TIMES_BARE = 1.5;
  private static final double LEAST_TIMES_ONE_BY_ONE = 12;

  private static final List<String> BARE =
      List.of(
          "select c.oid, n.nspname, c.relname, c.relkind, c.reltuples, pg_table_size(c.oid)"
              + " from pg_class c join pg_namespace n on n.oid = c.relnamespace"
              + " where n.nspname = 'bench' and c.relkind = 'r' order by c.oid",
          "select conrelid, conname, contype, pg_get_constraintdef(oid) from pg_constraint"
              + " where connamespace = 'bench'::regnamespace order by conrelid",
          "select i.indrelid, pg_get_indexdef(i.indexrelid) from pg_index i"
              + " join pg_class c on c.oid = i.indrelid"
              + " where c.relnamespace = 'bench'::regnamespace order by i.indrelid",
          "select a.attrelid, a.attnum, a.attname, format_type(a.atttypid, a.atttypmod),"
              + " a.attnotnull, pg_get_expr(d.adbin, d.adrelid), s.description"
              + " from pg_attribute a join pg_class c on c.oid = a.attrelid"
              + " left join pg_attrdef d on d.adrelid = a.attrelid and d.adnum = a.attnum"
              + " left join pg_description s on s.objoid = a.attrelid and s.objsubid = a.attnum"
              + " where c.relnamespace = 'bench'::regnamespace and c.relkind = 'r'"
              + " and a.attnum > 0 and not a.attisdropped order by a.attrelid, a.attnum");

  @Override
  public String name() {
    return "postgresql";
  }

  @Override
  public List<Row> measure() throws Exception {
    try (EmbeddedPostgres server =
            EmbeddedPostgres.builder()
                .setServerConfig("max_locks_per_transaction", "1024")
                .start();
        Connection plain = server.getPostgresDatabase().getConnection()) {
      fill(plain);
      long ours = ours(server.getPort());
      long bare = Timing.best(() -> bare(plain), 2, 5);
      long some = Timing.best(() -> oneByOne(plain), 0, 1);
      double oneByOne = (double) some * TABLES / ASKED_ONE_BY_ONE;
      double timesBare = (double) ours / bare;
      double timesOneByOne = oneByOne / ours;
      return List.of(
          new Row(
              "PostgreSQL, 10,000 tables × 20 columns: import beside the bare queries",
              Timing.milliseconds(ours),
              Timing.milliseconds(bare),
              Timing.times(timesBare) + " the time",
              "≤ 1.5 ×",
              timesBare <= MOST_TIMES_BARE),
          new Row(
              "the same beside DatabaseMetaData table by table (1,000 asked, times 10)",
              Timing.milliseconds(ours),
              Timing.milliseconds((long) oneByOne),
              Timing.times(timesOneByOne),
              "≥ 12 ×",
              timesOneByOne >= LEAST_TIMES_ONE_BY_ONE));
    }
  }

  private static void fill(Connection plain) throws SQLException {
    StringBuilder columns = new StringBuilder("id bigint primary key");
    for (int column = 1; column < COLUMNS; column++) {
      columns.append(String.format(Locale.ROOT, ", c%02d varchar(50) default ''x''", column));
    }
    try (Statement statement = plain.createStatement()) {
      statement.execute("create schema bench");
      for (int from = 0; from < TABLES; from += 500) {
        statement.execute(
            "do $$ begin for i in "
                + from
                + ".."
                + (from + 499)
                + " loop execute format('create table bench.t%s ("
                + columns
                + ")', i); execute format('create index on bench.t%s (c01)', i);"
                + " execute format('comment on column bench.t%s.id is ''the number''', i);"
                + " end loop; end $$");
      }
      statement.execute("analyze pg_class");
    }
  }

  private static long ours(int port) throws Exception {
    ConnectionAdapterProvider provider =
        ServiceLoader.load(ConnectionAdapterProvider.class).stream()
            .map(ServiceLoader.Provider::get)
            .filter(found -> found.type().isNamed("postgresql"))
            .findFirst()
            .orElseThrow();
    ConfigurationValues values =
        ConfigurationValues.empty()
            .with("host", "localhost")
            .with("port", port)
            .with("database", "postgres")
            .with("authentication.type", "password")
            .with("authentication.username", "postgres")
            .with("authentication.password", "trusted")
            .with("ssl.mode", "disable");
    try (ConnectionAdapter adapter =
        provider.open(provider.configuration().bind(values), TestAdapterContext.create())) {
      return Timing.best(() -> imported(adapter), 2, 5);
    }
  }

  private static void imported(ConnectionAdapter adapter) {
    LongAdder columns = new LongAdder();
    adapter.importMetadata(
        new Everything(),
        new MetadataSink() {
          @Override
          public void table(TableMetadata table) {
            columns.add(table.columns().size());
          }

          @Override
          public void failed(TableName table, Failure failure) {
            throw failure.asException();
          }
        },
        TestOperation.within(Duration.ofMinutes(5)));
    if (columns.sum() != (long) TABLES * COLUMNS) {
      throw new IllegalStateException("columns are missing: " + columns.sum());
    }
  }

  private record Everything() implements ImportSelection {
    @Override
    public boolean mayInclude(SchemaName schema) {
      return schema.schema().equals("bench");
    }

    @Override
    public Optional<Set<TableName>> names() {
      return Optional.empty();
    }

    @Override
    public Set<Section> sections() {
      return EnumSet.allOf(Section.class);
    }

    @Override
    public Optional<ChangeMarker> since() {
      return Optional.empty();
    }
  }

  private static void bare(Connection plain) throws SQLException {
    for (String query : BARE) {
      try (Statement statement = plain.createStatement();
          ResultSet rows = statement.executeQuery(query)) {
        read(rows);
      }
    }
  }

  private static void oneByOne(Connection plain) throws SQLException {
    DatabaseMetaData metadata = plain.getMetaData();
    List<String> names = new ArrayList<>();
    for (int table = 0; table < ASKED_ONE_BY_ONE; table++) {
      names.add("t" + table);
    }
    for (String name : names) {
      try (ResultSet columns = metadata.getColumns(null, "bench", name, null);
          ResultSet keys = metadata.getPrimaryKeys(null, "bench", name);
          ResultSet references = metadata.getImportedKeys(null, "bench", name);
          ResultSet indexes = metadata.getIndexInfo(null, "bench", name, false, true)) {
        read(columns);
        read(keys);
        read(references);
        read(indexes);
      }
    }
  }

  private static void read(ResultSet rows) throws SQLException {
    int width = rows.getMetaData().getColumnCount();
    while (rows.next()) {
      for (int column = 1; column <= width; column++) {
        rows.getString(column);
      }
    }
  }
}
