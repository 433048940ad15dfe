package dev.connections.mssql.internal;

import dev.connections.api.ConnectionException;
import dev.connections.api.Notice;
import dev.connections.api.Operation;
import dev.connections.api.Page;
import dev.connections.api.SchemaInfo;
import dev.connections.api.SchemaName;
import dev.connections.api.Section;
import dev.connections.api.StandardFailures;
import dev.connections.api.TableInfo;
import dev.connections.api.TableName;
import dev.connections.api.TableQuery;
import dev.connections.jdbc.CatalogQuery;
import dev.connections.jdbc.Database;
import dev.connections.jdbc.Session;
import dev.connections.mssql.MssqlNoticeCode;
import dev.connections.mssql.MssqlTable.Trait;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/** What the catalog holds, for one login. Safe for any thread. */
final class Catalog {
  /** More names than this are found by listing everything: a statement takes 2,100 values. */
  private static final int FEW_NAMES = 500;

  private final Database database;
  private final boolean capture;
  private volatile Optional<CatalogViews> views = Optional.empty();

  Catalog(Database database, boolean capture) {
    this.database = database;
    this.capture = capture;
  }

  /** Asked once: a server's catalog changes with its version alone. */
  CatalogViews views(Operation operation) {
    Optional<CatalogViews> known = views;
    if (known.isPresent()) {
      return known.get();
    }
    CatalogViews found;
    try {
      List<String> names = new ArrayList<>();
      database
          .list(
              Queries.VIEWS,
              Session.Binder.NONE,
              row -> List.of(row.getString(1), row.getString(2)),
              operation)
          .forEach(
              name -> {
                names.add(name.get(0));
                names.add(name.get(0) + "." + name.get(1));
              });
      found = CatalogViews.of(names);
    } catch (ConnectionException e) {
      if (!Gaps.isGap(e)) {
        throw e;
      }
      found = CatalogViews.OLDEST;
    }
    views = Optional.of(found);
    return found;
  }

  List<SchemaInfo> schemas(Operation operation) {
    return schemas(Queries.SCHEMAS, Session.Binder.NONE, operation);
  }

  private List<SchemaInfo> schemas(CatalogQuery query, Session.Binder binder, Operation operation) {
    return database
        .list(
            query,
            binder,
            row -> new SchemaInfo(SchemaName.of(row.getString(1)), Rows.text(row, 2), false),
            operation)
        .stream()
        .sorted(Comparator.comparing(SchemaInfo::name))
        .toList();
  }

  List<TableRow> tables(Operation operation) {
    return tables(Queries.TABLES, Session.Binder.NONE, operation);
  }

  /** In full; or without what is optional, where a server refuses it. */
  private List<TableRow> tables(CatalogQuery query, Session.Binder binder, Operation operation) {
    try {
      return database.list(views(operation).fit(query), binder, TableRow::read, operation);
    } catch (ConnectionException e) {
      if (!Gaps.isGap(e) || views(operation).names().isEmpty()) {
        throw e;
      }
      return database.list(CatalogViews.OLDEST.fit(query), binder, TableRow::read, operation);
    }
  }

  Page<TableInfo> page(TableQuery query, Operation operation) {
    String schema = query.schema().schema();
    if (!Names.possible(query.schema().table(""))) {
      throw noSchema(query.schema());
    }
    String part = query.nameContains().orElse("");
    String after = query.pageToken().orElse("");
    if (!Names.possible(part) || !Names.possible(after)) {
      return Page.only(List.of());
    }
    int limit = query.limit();
    List<TableRow> rows =
        tables(
            part.isEmpty() ? Queries.PAGE_OF_SCHEMA : Queries.TABLES_OF_SCHEMA,
            statement -> {
              int next = 1;
              statement.setString(next++, schema);
              if (!part.isEmpty()) {
                statement.setString(next++, part);
              }
              statement.setString(next++, after);
              statement.setInt(next, limit + 1);
            },
            operation);
    if (rows.isEmpty() && !exists(schema, operation)) {
      throw noSchema(query.schema());
    }
    List<TableInfo> items = rows.stream().limit(limit).map(TableRow::info).toList();
    Optional<String> next =
        rows.size() > limit
            ? Optional.of(items.get(items.size() - 1).name().table())
            : Optional.empty();
    return new Page<>(items, next, OptionalLong.empty(), captured(rows, items.size()));
  }

  /** Where changes are relied on, a list says whose could be. */
  private List<Notice> captured(List<TableRow> rows, int listed) {
    List<String> names =
        rows.stream()
            .limit(listed)
            .filter(row -> row.traits().contains(Trait.CHANGE_DATA_CAPTURE))
            .map(row -> row.info().name().display())
            .toList();
    return names.isEmpty() || !capture
        ? List.of()
        : List.of(
            Notice.of(
                    MssqlNoticeCode.CHANGES_CAPTURED,
                    new Notice.Scope.Source(),
                    "The changes of these tables are captured: " + String.join(", ", names) + ".")
                .withRemedy("Any of them can be entered as a captured table."));
  }

  private boolean exists(String schema, Operation operation) {
    return !schemas(Queries.SCHEMA, statement -> statement.setString(1, schema), operation)
        .isEmpty();
  }

  private static RuntimeException noSchema(SchemaName schema) {
    return StandardFailures.notFound("schema", schema.schema()).asException();
  }

  /** The tables of some names, as far as they exist and this login may see them. */
  Map<TableName, TableRow> find(Set<TableName> names, Operation operation) {
    List<TableName> possible = names.stream().filter(Names::possible).toList();
    Map<TableName, TableRow> found = new HashMap<>();
    if (possible.isEmpty()) {
      operation.checkpoint();
      return found;
    }
    List<TableRow> rows =
        possible.size() > FEW_NAMES
            ? tables(operation)
            : tables(
                Queries.tablesNamed(possible.size()),
                statement -> {
                  int next = 1;
                  for (TableName name : possible) {
                    statement.setString(next++, name.schema().schema());
                    statement.setString(next++, name.table());
                  }
                },
                operation);
    // Many databases take upper and lower case for the same, and so find others than were asked
    // for.
    rows.stream()
        .filter(row -> names.contains(row.info().name()))
        .forEach(row -> found.put(row.info().name(), row));
    return found;
  }

  TableRow find(TableName table, Operation operation) {
    return Optional.ofNullable(find(Set.of(table), operation).get(table))
        .orElseThrow(() -> StandardFailures.notFound("table", table.display()).asException());
  }

  /** What this login may see; empty where the server doesn't tell. */
  Optional<Rights> rights(Operation operation) {
    try {
      return database.list(Queries.RIGHTS, Session.Binder.NONE, Rights::read, operation).stream()
          .findFirst();
    } catch (ConnectionException e) {
      if (!Gaps.isGap(e)) {
        throw e;
      }
      return Optional.empty();
    }
  }

  List<Notice> read(
      List<TableRow> tables,
      Set<Section> sections,
      TableReader.Receiver receiver,
      Operation operation) {
    return TableReader.read(database, views(operation), tables, sections, receiver, operation);
  }
}
