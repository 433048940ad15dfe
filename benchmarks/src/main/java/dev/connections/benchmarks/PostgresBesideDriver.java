package dev.connections.benchmarks;

import dev.connections.api.ConnectionAdapter;
import dev.connections.api.TableName;
import dev.connections.api.TestResult;
import dev.connections.testkit.TestOperation;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Ten thousand tables of a real PostgreSQL into a sink that counts, beside the bare queries for the
 * same rows, and beside the driver's metadata asked table by table; and what doesn't grow with the
 * number of tables: reading one of them, a test, the number of statements.
 */
final class PostgresBesideDriver implements Case {
  private static final int TABLES = 10_000;
  private static final int FEW = 10;
  private static final int ASKED_ONE_BY_ONE = 1_000;
  private static final double MOST_TIMES_BARE = 1.5;
  private static final double LEAST_TIMES_ONE_BY_ONE = 12;
  private static final double MOST_TIMES_A_SMALL_TEST = 2;
  private static final Duration MOST_OF_ONE_TABLE = Duration.ofMillis(20);
  private static final int MOST_STATEMENTS = 15;

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
    try (PostgresBench server = PostgresBench.start()) {
      server.fill("few", FEW);
      server.fill("many", TABLES);
      try (ConnectionAdapter few = server.adapter("few");
          ConnectionAdapter many = server.adapter("many");
          Connection plain = server.plain("many")) {
        Row statements = statements(server, few, many);
        List<Row> rows = new ArrayList<>(imports(many, plain));
        rows.add(oneTable(many));
        rows.add(tests(few, many));
        rows.add(statements);
        return rows;
      }
    }
  }

  private static List<Row> imports(ConnectionAdapter many, Connection plain) throws Exception {
    long ours = Timing.best(() -> PostgresBench.imported(many, Optional.empty(), TABLES), 2, 5);
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

  private static Row oneTable(ConnectionAdapter many) throws Exception {
    Optional<TableName> one = Optional.of(PostgresBench.SCHEMA.table("t5000"));
    long ours = Timing.best(() -> PostgresBench.imported(many, one, 1));
    return new Row(
        "1 selected table of the 10,000, on a pooled connection",
        Timing.milliseconds(ours),
        "",
        "",
        "≤ 20 ms",
        ours <= MOST_OF_ONE_TABLE.toNanos());
  }

  private static Row tests(ConnectionAdapter few, ConnectionAdapter many) throws Exception {
    long ofMany = Timing.best(() -> tested(many));
    long ofFew = Timing.best(() -> tested(few));
    double times = (double) ofMany / ofFew;
    return new Row(
        "test() of 10,000 tables beside test() of 10",
        Timing.milliseconds(ofMany),
        Timing.milliseconds(ofFew),
        Timing.times(times) + " the time",
        "≤ 2 ×",
        times <= MOST_TIMES_A_SMALL_TEST);
  }

  private static void tested(ConnectionAdapter adapter) {
    TestResult result = adapter.test(TestOperation.start());
    if (result.firstFailure().isPresent() || result.hasWarnings()) {
      throw new IllegalStateException(result.toString());
    }
  }

  /**
   * As the server counts them, beginnings of transactions included. Each pool has one connection
   * that has read its database once: later the driver keeps statements at the server, of which it
   * counts some no more.
   */
  private static Row statements(PostgresBench server, ConnectionAdapter few, ConnectionAdapter many)
      throws SQLException {
    PostgresBench.imported(few, Optional.empty(), FEW);
    PostgresBench.imported(many, Optional.empty(), TABLES);
    long forMany =
        server.statements("many", () -> PostgresBench.imported(many, Optional.empty(), TABLES));
    long forFew =
        server.statements("few", () -> PostgresBench.imported(few, Optional.empty(), FEW));
    return new Row(
        "statements of an import of 10,000 tables beside one of 10",
        Long.toString(forMany),
        Long.toString(forFew),
        "",
        "the same, ≤ 15",
        forMany == forFew && forMany > 0 && forMany <= MOST_STATEMENTS);
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
      names.add("t" + table * (TABLES / ASKED_ONE_BY_ONE)); // from all over the catalog
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
