package dev.connections.postgresql.internal;

import dev.connections.jdbc.CatalogQuery;

/** The queries, one per kind of object. Those with a selection can be narrowed to some tables. */
final class Queries {
  /** Tables by their ids, which are bound as one array. */
  private static final String ONLY = " = any (?::oid[])";

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
      "and t.oid in (with recursive used(oid) as ("
          + "select a.atttypid from pg_catalog.pg_attribute a"
          + " where a.attrelid = any (?::oid[]) and a.attnum > 0 and not a.attisdropped"
          + " union select x.oid from used u join pg_catalog.pg_type y on y.oid = u.oid"
          + " join lateral (select y.typbasetype oid union all select y.typelem union all"
          + " select m.atttypid from pg_catalog.pg_attribute m where y.typtype = 'c'"
          + " and m.attrelid = y.typrelid and m.attnum > 0 and not m.attisdropped) x"
          + " on x.oid <> 0) select oid from used)";

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
          .with(
              "selection",
              VISIBLE
                  + "and n.nspname = ? and strpos(lower(c.relname), lower(?)) > 0"
                  + " and c.relname::text collate \"C\" > ? collate \"C\"")
          .with("page", "order by c.relname::text collate \"C\" limit ?");

  static final Narrowable COLUMNS = new Narrowable("columns", "and c.oid" + ONLY);
  static final Narrowable CONSTRAINTS = new Narrowable("constraints", "and k.conrelid" + ONLY);
  static final Narrowable INDEXES = new Narrowable("indexes", "and i.indrelid" + ONLY);
  static final Narrowable PARTITIONING = new Narrowable("partitioning", "and c.oid" + ONLY);
  static final Narrowable DEFINITIONS = new Narrowable("definitions", "and c.oid" + ONLY);

  static final Narrowable SEQUENCES = new Narrowable("sequences", "and o.tableid" + ONLY);
  static final Narrowable TYPES = new Narrowable("types", TYPES_USED);

  private Queries() {}

  private static CatalogQuery read(String name) {
    return CatalogQuery.read(Queries.class, "postgresql", name);
  }

  /** A query for the whole database, and the same for some tables. */
  record Narrowable(CatalogQuery whole, CatalogQuery some) {
    Narrowable(String name, String condition) {
      this(read(name), read(name).with("selection", condition));
    }
  }
}
