package dev.connections.databricks.internal;

import dev.connections.api.Category;
import dev.connections.api.ConnectionException;
import dev.connections.api.Notice;
import dev.connections.api.Operation;
import dev.connections.api.SchemaInfo;
import dev.connections.api.SchemaName;
import dev.connections.api.StandardFailures;
import dev.connections.api.TableInfo;
import dev.connections.api.TableKind;
import dev.connections.api.TableMetadata;
import dev.connections.api.TableName;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The metastore that a workspace has beside Unity Catalog, or instead of it. It is read by
 * statements alone: one for all schemas, two for the tables of each, one for each table.
 */
final class HiveMetastore {
  /** What the workspace calls it, where it has catalogs. */
  static final String CATALOG = "hive_metastore";

  private final WorkspaceSql sql;
  private final boolean catalogs;
  private final Optional<String> only;

  /**
   * Reads by statements.
   *
   * @param catalogs whether statements name the catalog; without Unity Catalog there is none
   * @param only the schema that a connection is limited to
   */
  HiveMetastore(WorkspaceSql sql, boolean catalogs, Optional<String> only) {
    this.sql = sql;
    this.catalogs = catalogs;
    this.only = only;
  }

  /** Refuses a schema that can't be one of this connection's. */
  void check(SchemaName schema) {
    boolean ours =
        schema.catalog().equals(Optional.of(CATALOG))
            && UnityCatalog.isName(schema.schema())
            && only.filter(name -> !name.equalsIgnoreCase(schema.schema())).isEmpty();
    if (!ours) {
      throw StandardFailures.notFound("schema", schema.display()).asException();
    }
  }

  /**
   * What is listed.
   *
   * @param items in the order of their names
   * @param notices what was left out
   */
  record Listing<T>(List<T> items, List<Notice> notices) {}

  /** {@return the schemas; one statement} */
  Listing<SchemaInfo> schemas(Operation operation) {
    String text = "SHOW SCHEMAS" + (catalogs ? " IN " + SqlNames.quoted(CATALOG) : "");
    List<String> names = sql.list("schemas", text, row -> row.getString(1), operation);
    List<SchemaInfo> schemas =
        names.stream()
            .filter(UnityCatalog::isName)
            .filter(name -> only.filter(limit -> !limit.equalsIgnoreCase(name)).isEmpty())
            .map(name -> new SchemaInfo(SchemaName.of(CATALOG, name), Optional.empty(), false))
            .sorted(Comparator.comparing(SchemaInfo::name))
            .toList();
    return new Listing<>(
        schemas, HiddenNames.schemas(CATALOG, only.isPresent() ? 0 : HiddenNames.in(names)));
  }

  /** {@return the tables and views of a schema; two statements} */
  Listing<TableInfo> tables(SchemaName schema, Operation operation) {
    check(schema);
    Map<String, TableKind> found = new HashMap<>();
    names("tables", "SHOW TABLES IN ", schema, operation)
        .forEach(name -> found.put(name, TableKind.TABLE));
    names("views", "SHOW VIEWS IN ", schema, operation)
        .forEach(name -> found.put(name, TableKind.VIEW));
    List<TableInfo> tables =
        found.entrySet().stream()
            .filter(entry -> UnityCatalog.isName(entry.getKey()))
            .map(entry -> TableInfo.of(schema.table(entry.getKey()), entry.getValue()))
            .sorted(Comparator.comparing(TableInfo::name))
            .toList();
    return new Listing<>(tables, HiddenNames.tables(schema, found.size() - tables.size()));
  }

  private List<String> names(String what, String show, SchemaName schema, Operation operation) {
    return named(
        "schema",
        schema.display(),
        () ->
            sql.list(what, show + inStatement(schema), HiveMetastore::lasting, operation).stream()
                .flatMap(Optional::stream)
                .toList());
  }

  /** Schema, name, and whether it lasts only as long as the session, which may be ours. */
  private static Optional<String> lasting(ResultSet row) throws SQLException {
    boolean temporary = Boolean.parseBoolean(row.getString(3));
    return temporary ? Optional.empty() : Optional.ofNullable(row.getString(2));
  }

  /** {@return what the metastore says of a table; one statement} */
  TableMetadata table(TableName table, Operation operation) {
    check(table.schema());
    if (!UnityCatalog.isName(table.table())) {
      throw StandardFailures.notFound("table", table.display()).asException();
    }
    String text = "DESCRIBE TABLE EXTENDED " + inStatement(table);
    List<TableDescription.Row> rows =
        named(
            "table",
            table.display(),
            () -> sql.list("describe", text, TableDescription.Row::of, operation));
    return TableDescription.read(table, rows);
  }

  /** Says what is missing where a statement says so; compute that is missing is another matter. */
  private static <T> T named(String what, String name, Supplier<T> call) {
    try {
      return call.get();
    } catch (ConnectionException failed) {
      boolean missing =
          failed.category() == Category.NOT_FOUND && failed.failure().vendorCode().isPresent();
      throw missing ? StandardFailures.notFound(what, name).asException(failed) : failed;
    }
  }

  /** {@return a table as a statement names it} */
  String inStatement(TableName table) {
    return inStatement(table.schema()) + "." + SqlNames.quoted(table.table());
  }

  private String inStatement(SchemaName schema) {
    return catalogs ? SqlNames.quoted(schema) : SqlNames.quoted(schema.schema());
  }
}
