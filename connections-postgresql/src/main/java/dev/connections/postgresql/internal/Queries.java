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
  static final CatalogQuery HIDDEN = read("hidden");
  static final CatalogQuery TYPES = read("types");

  static final CatalogQuery SCHEMA = SCHEMAS.with("schema", "and n.nspname = ?");
  static final CatalogQuery TABLES = read("tables");
  static final CatalogQuery TABLES_BY_NAME =
      TABLES.with(
          "selection",
          "and (n.nspname, c.relname) in (select * from unnest(?::text[]::name[],"
              + " ?::text[]::name[]))");
  static final CatalogQuery TABLES_OF_SCHEMA =
      TABLES
          .with(
              "selection",
              "and n.nspname = ? and strpos(lower(c.relname), lower(?)) > 0"
                  + " and c.relname::text collate \"C\" > ? collate \"C\"")
          .with("page", "order by c.relname::text collate \"C\" limit ?");

  static final Narrowable COLUMNS = new Narrowable("columns", "and c.oid" + ONLY);
  static final Narrowable KEYS = new Narrowable("keys", "and k.conrelid" + ONLY);
  static final Narrowable FOREIGN_KEYS = new Narrowable("foreign-keys", "and k.conrelid" + ONLY);
  static final Narrowable CHECKS = new Narrowable("checks", "and k.conrelid" + ONLY);
  static final Narrowable INDEXES = new Narrowable("indexes", "and i.indrelid" + ONLY);
  static final Narrowable PARTITIONING = new Narrowable("partitioning", "and c.oid" + ONLY);
  static final Narrowable DEFINITIONS = new Narrowable("definitions", "and c.oid" + ONLY);

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
