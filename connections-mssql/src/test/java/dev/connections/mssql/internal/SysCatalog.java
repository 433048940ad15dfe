package dev.connections.mssql.internal;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * The catalog of a database that exists in a test alone: {@code sys.*} as tables of H2, which runs
 * the adapter's own queries on them.
 */
final class SysCatalog implements AutoCloseable {
  /** The built-in types that tests use, by SQL Server's numbers. */
  static final Map<String, Integer> TYPES =
      Map.ofEntries(
          Map.entry("int", 56),
          Map.entry("bigint", 127),
          Map.entry("smallint", 52),
          Map.entry("tinyint", 48),
          Map.entry("bit", 104),
          Map.entry("decimal", 106),
          Map.entry("numeric", 108),
          Map.entry("money", 60),
          Map.entry("real", 59),
          Map.entry("float", 62),
          Map.entry("datetime", 61),
          Map.entry("datetime2", 42),
          Map.entry("datetimeoffset", 43),
          Map.entry("date", 40),
          Map.entry("time", 41),
          Map.entry("char", 175),
          Map.entry("varchar", 167),
          Map.entry("nchar", 239),
          Map.entry("nvarchar", 231),
          Map.entry("text", 35),
          Map.entry("varbinary", 165),
          Map.entry("timestamp", 189),
          Map.entry("uniqueidentifier", 36),
          Map.entry("xml", 241),
          Map.entry("sql_variant", 98),
          Map.entry("hierarchyid", 128),
          Map.entry("geometry", 129));

  private static final int CLR = 240;

  private final String url =
      "jdbc:h2:mem:"
          + UUID.randomUUID()
          + ";MODE=MSSQLServer;DATABASE_TO_UPPER=FALSE;CASE_INSENSITIVE_IDENTIFIERS=TRUE"
          + ";NON_KEYWORDS=VALUE;DB_CLOSE_DELAY=-1";
  private int nextId = 1_000;

  SysCatalog() {
    run(script().split(";\\s*\\n"));
    function("serverproperty", "serverProperty");
    function("databasepropertyex", "databaseProperty");
    function("db_name", "database");
    function("suser_sname", "login");
    function("user_name", "user");
    function("has_perms_by_name", "right");
    function("quotename", "quoted");
    function("sysutcdatetime", "now");
    function("sysdatetime", "now");
    run("insert into sys.databases values ('shop', 0)");
    insert("schemas", 1, "dbo");
    insert("schemas", 4, "sys");
    insert("schemas", 3, "INFORMATION_SCHEMA");
    TYPES.forEach(
        (name, id) ->
            insert(
                "types",
                id,
                id == 128 || id == 129 ? CLR : id,
                4,
                name,
                false,
                id == 128 || id == 129));
  }

  private void function(String name, String method) {
    run("create alias " + name + " for '" + SysFunctions.class.getName() + "." + method + "'");
  }

  private static String script() {
    try (InputStream in = SysCatalog.class.getResourceAsStream("/sql-queries/mssql-h2/sys.sql")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Where H2 has it. */
  String url() {
    return url;
  }

  Connection connect() throws SQLException {
    return DriverManager.getConnection(url);
  }

  void run(String... statements) {
    try (Connection connection = connect();
        Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Adds a row to a table of {@code sys}. */
  void insert(String table, Object... values) {
    insertInto("sys." + table, List.<Object[]>of(values));
  }

  void insertInto(String table, List<Object[]> rows) {
    if (rows.isEmpty()) {
      return;
    }
    String places = String.join(", ", Collections.nCopies(rows.get(0).length, "?"));
    try (Connection connection = connect();
        PreparedStatement statement =
            connection.prepareStatement("insert into " + table + " values (" + places + ")")) {
      connection.setAutoCommit(false);
      for (Object[] row : rows) {
        for (int i = 0; i < row.length; i++) {
          statement.setObject(i + 1, row[i]);
        }
        statement.addBatch();
      }
      statement.executeBatch();
      connection.commit();
    } catch (SQLException e) {
      throw new IllegalStateException(Arrays.toString(rows.get(0)), e);
    }
  }

  int id() {
    return nextId++;
  }

  int schema(String name) {
    int id = id();
    insert("schemas", id, name);
    return id;
  }

  /** A table without anything special. */
  int table(int schema, String name) {
    int id = id();
    insert(
        "tables",
        id,
        schema,
        name,
        "U ",
        false,
        0,
        null,
        false,
        false,
        "SCHEMA_AND_DATA",
        false,
        false,
        false,
        0,
        false);
    insert("objects", id, name, 0, "U ", schema, false);
    return id;
  }

  int view(int schema, String name, String text) {
    int id = id();
    insert("views", id, schema, name, "V ", false);
    insert("objects", id, name, 0, "V ", schema, false);
    insert("sql_modules", id, text);
    return id;
  }

  /** A procedure or function, by its type's letters. */
  int routine(int schema, String name, String type, String text) {
    int id = id();
    insert("objects", id, name, 0, type, schema, false);
    insert("sql_modules", id, text);
    return id;
  }

  void trigger(int table, String name, boolean insteadOf, boolean disabled, String text) {
    int id = id();
    insert("triggers", id, table, 1, name, insteadOf, disabled);
    insert("objects", id, name, table, "TR", 1, false);
    insert("sql_modules", id, text);
  }

  void column(int table, int number, String name, String type) {
    column(table, number, name, TYPES.get(type), 4, 0, 0);
  }

  void column(int table, int number, String name, int type, int length, int precision, int scale) {
    insertInto(
        "sys.columns",
        List.<Object[]>of(columnRow(table, number, name, type, length, precision, scale)));
  }

  static Object[] columnRow(
      int table, int number, String name, int type, int length, int precision, int scale) {
    return new Object[] {
      table, number, name, type, type, length, precision, scale, null, true, false, false, false,
      false, false, false, false, false, 0, null
    };
  }

  /** Changes a column's row. */
  void set(String table, String change, String where) {
    run("update sys." + table + " set " + change + " where " + where);
  }

  void primaryKey(int table, String name, int... columns) {
    index(table, 1, name, "CLUSTERED", true, true, columns);
  }

  void index(
      int table,
      int number,
      String name,
      String method,
      boolean unique,
      boolean primary,
      int... columns) {
    insert("indexes", table, number, name, method, unique, primary, false, false, false, null, 1);
    for (int i = 0; i < columns.length; i++) {
      insert("index_columns", table, number, i + 1, columns[i], i + 1, 0, false, false);
    }
  }

  /** A foreign key over one column, to the first column of another table. */
  int foreignKey(int table, String name, int column, int referenced) {
    int id = id();
    insert("foreign_keys", id, table, name, "NO_ACTION", "CASCADE", false, false);
    insert("foreign_key_columns", id, 1, table, column, referenced, 1);
    insert("objects", id, name, table, "F ", 1, false);
    return id;
  }

  /** Many tables at once, in one schema: three columns, a key, a reference to the one before. */
  void many(int schema, int tables) {
    int first = nextId;
    nextId += tables;
    record Rows(String table, List<Object[]> rows) {}
    List<Integer> ids = java.util.stream.IntStream.range(first, first + tables).boxed().toList();
    List<Rows> all =
        List.of(
            new Rows(
                "tables",
                ids.stream()
                    .map(
                        id ->
                            new Object[] {
                              id,
                              schema,
                              "t" + id,
                              "U ",
                              false,
                              0,
                              null,
                              false,
                              false,
                              "SCHEMA_AND_DATA",
                              false,
                              false,
                              false,
                              0,
                              false
                            })
                    .toList()),
            new Rows(
                "columns",
                ids.stream()
                    .flatMap(
                        id ->
                            List.of(
                                columnRow(id, 1, "id", 56, 4, 10, 0),
                                columnRow(id, 2, "before", 56, 4, 10, 0),
                                columnRow(id, 3, "name", 231, 200, 0, 0))
                                .stream())
                    .toList()),
            new Rows(
                "partitions",
                ids.stream().map(id -> new Object[] {id, 1, 1, (long) id, 7L}).toList()),
            new Rows(
                "allocation_units", ids.stream().map(id -> new Object[] {(long) id, 3L}).toList()),
            new Rows(
                "indexes",
                ids.stream()
                    .map(
                        id ->
                            new Object[] {
                              id,
                              1,
                              "pk_" + id,
                              "CLUSTERED",
                              true,
                              true,
                              false,
                              false,
                              false,
                              null,
                              1
                            })
                    .toList()),
            new Rows(
                "index_columns",
                ids.stream().map(id -> new Object[] {id, 1, 1, 1, 1, 0, false, false}).toList()),
            new Rows(
                "foreign_keys",
                ids.stream()
                    .map(
                        id ->
                            new Object[] {
                              1_000_000 + id, id, "fk_" + id, "NO_ACTION", "NO_ACTION", false, false
                            })
                    .toList()),
            new Rows(
                "foreign_key_columns",
                ids.stream()
                    .map(id -> new Object[] {1_000_000 + id, 1, id, 2, Math.max(first, id - 1), 1})
                    .toList()));
    all.forEach(rows -> insertInto("sys." + rows.table(), rows.rows()));
  }

  /** A table and a view in the schema {@code sales}, with something of every kind. */
  void special() {
    int sales = schema("sales");
    int orders = table(sales, "orders");
    column(orders, 1, "id", "int");
    column(orders, 2, "parent", "int");
    primaryKey(orders, "pk_orders", 1);
    foreignKey(orders, "fk_parent", 2, orders);
    trigger(orders, "tr_orders", false, false, "create trigger …");
    insert("check_constraints", id(), orders, "ck_orders", "([id]>(0))", false, false);
    insert("extended_properties", 1, orders, 1, "MS_Description", "Its number");
    set("tables", "is_tracked_by_cdc = 1", "object_id = " + orders);
    int names = view(sales, "names", "create view …");
    column(names, 1, "name", "nvarchar");
  }

  /** The rights that the login lacks, from now on. */
  static void lacking(String... rights) {
    SysFunctions.RIGHTS.putAll(
        Arrays.stream(rights).collect(Collectors.toMap(right -> right, right -> 0)));
  }

  @Override
  public void close() {
    SysFunctions.RIGHTS.clear();
    SysFunctions.database = "shop";
    run("shutdown");
  }
}
