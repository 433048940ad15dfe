package dev.connections.mssql.internal;

import dev.connections.api.TableName;
import dev.connections.jdbc.CatalogQuery;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** The queries, one per kind of object. Those with a selection can be narrowed to some tables. */
final class Queries {
  static final CatalogQuery SERVER = read("server");
  static final CatalogQuery ELASTIC_POOL = read("elastic-pool");
  static final CatalogQuery RIGHTS = read("rights");
  static final CatalogQuery VISIBLE = read("visible");
  static final CatalogQuery OBJECTS = read("objects");
  static final CatalogQuery SAMPLE = read("sample");
  static final CatalogQuery CDC_DATABASE = read("cdc-database");
  static final CatalogQuery CDC_TABLES = read("cdc-tables");
  static final CatalogQuery CDC_CHOICE = read("cdc-choice");
  static final CatalogQuery SCHEMAS = read("schemas");
  static final CatalogQuery SCHEMA = SCHEMAS.with("schema", "and s.name = ?");
  static final CatalogQuery TABLES = read("tables");
  static final CatalogQuery TABLES_OF_SCHEMA =
      TABLES
          .with(
              "selection",
              "and s.name = ? and charindex(lower(?), lower(t.name)) > 0 and t.name > ?")
          .with("page", "order by t.name offset 0 rows fetch next ? rows only");

  /** A schema's tables without a part of the name: searching for nothing finds nothing. */
  static final CatalogQuery PAGE_OF_SCHEMA =
      TABLES
          .with("selection", "and s.name = ? and t.name > ?")
          .with("page", "order by t.name offset 0 rows fetch next ? rows only");

  static final Narrowable COLUMNS = new Narrowable("columns", "c.object_id");
  static final Narrowable INDEXES = new Narrowable("indexes", "i.object_id");
  static final Narrowable FOREIGN_KEYS = new Narrowable("foreign-keys", "k.parent_object_id");
  static final Narrowable CONSTRAINTS = new Narrowable("constraints", "k.parent_object_id");
  static final Narrowable DEFINITIONS = new Narrowable("definitions", "m.object_id");
  static final Narrowable CAPTURED = new Narrowable("captured-columns", "t.source_object_id");

  /** Two looks into indexes of the catalog: who owns each property of all isn't asked. */
  static final Narrowable PROPERTIES =
      new Narrowable(
          read("properties"),
          "p.major_id in (select n.object_id from sys.objects n where n.parent_object_id in (/*ids*/)"
              + " union all select v.id from (values /*rows*/) v (id)) --! objects else"
              + " and p.major_id in (/*ids*/)");

  static final CatalogQuery ROUTINES = read("routines");
  static final CatalogQuery SYNONYMS = read("synonyms");
  static final CatalogQuery SEQUENCES = read("sequences");
  static final CatalogQuery OBJECT_PROPERTIES = read("object-properties");
  static final CatalogQuery DATABASE_TRIGGERS = read("database-triggers");
  static final CatalogQuery DATABASE_PROPERTIES = read("database-properties");

  /** What the queries like to have and can do without, and whether it may be read. */
  static final CatalogQuery VIEWS = views();

  private Queries() {}

  private static CatalogQuery read(String name) {
    return CatalogQuery.read(Queries.class, "mssql", name);
  }

  private static CatalogQuery views() {
    TreeSet<String> views = new TreeSet<>(List.of(CatalogViews.ALWAYS));
    for (CatalogQuery query :
        List.of(
            TABLES,
            COLUMNS.whole(),
            INDEXES.whole(),
            CONSTRAINTS.whole(),
            PROPERTIES.whole(),
            OBJECTS)) {
      views.addAll(CatalogViews.dispensable(query));
    }
    String names = views.stream().map(name -> "'" + name + "'").collect(Collectors.joining(", "));
    return read("views").edited(text -> text.replace("/*views*/", names));
  }

  /** Tables by their names, which are bound by {@link #bind}. */
  static CatalogQuery tablesNamed(int names) {
    return named(TABLES, names);
  }

  /** Those of some tables that are captured, likewise. */
  static CatalogQuery capturedNamed(int names) {
    return named(CDC_TABLES, names);
  }

  /**
   * By pairs, of which no index of the catalog's knows; so the names stand once more alone: the
   * cost mustn't grow with the tables that aren't meant.
   */
  private static CatalogQuery named(CatalogQuery query, int names) {
    return query.with(
        "selection",
        "and t.name in ("
            + "?, ".repeat(names - 1)
            + "?) and ("
            + "(s.name = ? and t.name = ?) or ".repeat(names - 1)
            + "(s.name = ? and t.name = ?))");
  }

  /** Three values for each name: a statement takes 2,100. */
  static void bind(PreparedStatement statement, Collection<TableName> names) throws SQLException {
    int next = 1;
    for (TableName name : names) {
      statement.setString(next++, name.table());
    }
    for (TableName name : names) {
      statement.setString(next++, name.schema().schema());
      statement.setString(next++, name.table());
    }
  }

  /**
   * A query for the whole database, and the same for some tables.
   *
   * @param condition what holds for them alone, with places for their ids
   */
  record Narrowable(CatalogQuery whole, String condition) {
    Narrowable(String name, String column) {
      this(read(name), column + " in (/*ids*/)");
    }

    /** For tables whose ids, numbers of the catalog's own, stand in the text. */
    CatalogQuery of(List<Long> ids) {
      return whole.with(
          "selection",
          "and "
              + condition
                  .replace("/*ids*/", joined(ids, "", ""))
                  .replace("/*rows*/", joined(ids, "(", ")")));
    }

    private static String joined(List<Long> ids, String before, String after) {
      return ids.stream().map(id -> before + id + after).collect(Collectors.joining(", "));
    }
  }
}
