package dev.connections.postgresql.internal;

import dev.connections.jdbc.CatalogQuery;
import dev.connections.jdbc.Session;
import java.sql.Array;
import java.util.List;

/** The queries, one per kind of object. Those with a selection can be narrowed to some tables. */
final class Queries {
  /** Tables by their ids, which are bound as one array. */
  private static final String ONLY = " = any (?::oid[])";

  static final CatalogQuery SCHEMA_SEQUENCES = read("schema-sequences");
  static final CatalogQuery CELLS = read("cells");
  static final CatalogQuery SERVER = read("server");
  static final CatalogQuery RIGHTS = read("rights");
  static final CatalogQuery SAMPLE = read("sample");
  static final CatalogQuery SCHEMAS = read("schemas");
  static final CatalogQuery SETTINGS = read("settings");

  /** What a login sees: only that is browsed, and found by name. */
  private static final String VISIBLE =
      "and pg_catalog.has_schema_privilege(n.oid, 'USAGE')"
          + " and (pg_catalog.has_table_privilege(c.oid, 'SELECT')"
          + " or pg_catalog.has_any_column_privilege(c.oid, 'SELECT')) ";

  /** The types of some tables' columns, and those that they are made of. */
  private static final String TYPES_USED =
      "and t.oid = any (array(with recursive used(oid) as ("
          + "select a.atttypid from pg_catalog.pg_attribute a"
          + " where a.attrelid = any (?::oid[]) and a.attnum > 0 and not a.attisdropped"
          + " union select x.oid from used u"
          + " join lateral (select * from pg_catalog.pg_type k where k.oid = u.oid offset 0) y"
          + " on true join lateral (select y.typbasetype oid union all select y.typelem union all"
          + " select m.atttypid from pg_catalog.pg_attribute m where y.typtype = 'c'"
          + " and m.attrelid = y.typrelid and m.attnum > 0 and not m.attisdropped) x"
          + " on x.oid <> 0) select oid from used))";

  static final CatalogQuery SCHEMA = SCHEMAS.with("schema", "and n.nspname = ?");
  static final CatalogQuery TABLES = read("tables");
  static final CatalogQuery TABLES_BY_NAME =
      TABLES.with(
          "selection",
          VISIBLE
              + "and (n.nspname, c.relname) in (select * from unnest(?::text[]::name[],"
              + " ?::text[]::name[]))");
  static final CatalogQuery TABLES_OF_SCHEMA =
      TABLES
          .with("selection", "and c.oid = any (array(" + read("page").text() + "))")
          .with("page", "order by c.relname::text collate \"C\"");

  static final Narrowable COLUMNS = Narrowable.described("columns", "and c.oid" + ONLY);
  static final Narrowable DEFAULTS =
      Narrowable.of("defaults", "and d.adrelid" + ONLY).andBound("counted", "and d.adrelid" + ONLY);
  static final Narrowable CONSTRAINTS =
      Narrowable.described("constraints", "and k.conrelid" + ONLY);
  static final Narrowable INDEXES = Narrowable.described("indexes", "and i.indrelid" + ONLY);
  static final Narrowable PARTITIONING = Narrowable.of("partitioning", "and c.oid" + ONLY);
  static final Narrowable DEFINITIONS = Narrowable.of("definitions", "and c.oid" + ONLY);

  static final Narrowable TYPES = Narrowable.of("types", TYPES_USED);

  /** In each half of its own: the server would look through the dependencies of everything. */
  static final Narrowable SEQUENCES =
      new Narrowable(
          read("sequences"),
          read("sequences")
              .with("owned", "and d.refobjid" + ONLY)
              .with(
                  "taken",
                  "and d.objid = any (array(select x.oid from pg_catalog.pg_attrdef x"
                      + " where x.adrelid"
                      + ONLY
                      + "))"),
          2);

  private Queries() {}

  private static CatalogQuery read(String name) {
    return CatalogQuery.read(Queries.class, "postgresql", name);
  }

  /**
   * A query for the whole database, and the same for some tables.
   *
   * @param places how often the tables' ids are bound
   */
  record Narrowable(CatalogQuery whole, CatalogQuery some, int places) {
    private static Narrowable of(String name, String condition) {
      CatalogQuery whole = read(name);
      return new Narrowable(whole, whole.with("selection", condition), 1);
    }

    /**
     * Descriptions of few objects are looked up one by one: a server without statistics joins them
     * by comparing each with each. Those of a whole database are better joined.
     */
    private static Narrowable described(String name, String condition) {
      Narrowable query = of(name, condition);
      return new Narrowable(query.whole, query.some.with("descriptions", "offset 0"), query.places);
    }

    private Narrowable andBound(String marker, String condition) {
      return new Narrowable(whole, some.with(marker, condition), places + 1);
    }

    /** Names the tables wherever the narrowed query asks for them. */
    Session.Binder binder(List<Long> ids) {
      return statement -> {
        Array tables = statement.getConnection().createArrayOf("int8", ids.toArray());
        for (int place = 1; place <= places; place++) {
          statement.setArray(place, tables);
        }
      };
    }
  }
}
