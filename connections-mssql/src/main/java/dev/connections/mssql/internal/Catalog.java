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
import java.util.concurrent.Semaphore;

/** What the catalog holds, for one login. Safe for any thread. */
final class Catalog {
  /** More names than this are found by listing everything: a statement takes 2,100 values. */
  private static final int FEW_NAMES = 500;

  private final Database database;
  private final boolean capture;

  /** Each of its permits is for a reading that takes all its connections at once. */
  private final Semaphore wideReadings;

  private volatile Optional<CatalogViews> views = Optional.empty();

  Catalog(Database database, boolean capture, int connections) {
    this.database = database;
    this.capture = capture;
    this.wideReadings = new Semaphore(connections / TableReader.CONNECTIONS);
  }

  /** What is asked through it is asked in a form that this server has. */
  Gaps gaps(Operation operation) {
    return new Gaps(database, views(operation), operation);
  }

  /** Asked once: a server's catalog changes with its version alone. Empty if it doesn't tell. */
  private Optional<CatalogViews> views(Operation operation) {
    if (views.isPresent()) {
      return views;
    }
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
      Optional<CatalogViews> found = Optional.of(CatalogViews.of(names));
      views = found;
      return found;
    } catch (ConnectionException e) {
      if (!Gaps.isGap(e)) {
        throw e;
      }
      return Optional.empty();
    }
  }

  List<SchemaInfo> schemas(Gaps gaps) {
    return schemas(Queries.SCHEMAS, Session.Binder.NONE, gaps);
  }

  private static List<SchemaInfo> schemas(CatalogQuery query, Session.Binder binder, Gaps gaps) {
    return gaps
        .required(
            "schemas",
            query,
            binder,
            row -> new SchemaInfo(SchemaName.of(row.getString(1)), Rows.text(row, 2), false))
        .stream()
        .sorted(Comparator.comparing(SchemaInfo::name))
        .toList();
  }

  List<TableRow> tables(Gaps gaps) {
    return tables(Queries.TABLES, Session.Binder.NONE, gaps);
  }

  private static List<TableRow> tables(CatalogQuery query, Session.Binder binder, Gaps gaps) {
    return gaps.required("tables", query, binder, TableRow::read);
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
    Gaps gaps = gaps(operation);
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
            gaps);
    if (rows.isEmpty() && !exists(schema, gaps)) {
      throw noSchema(query.schema());
    }
    List<TableInfo> items = rows.stream().limit(limit).map(TableRow::info).toList();
    Optional<String> next =
        rows.size() > limit
            ? Optional.of(items.get(items.size() - 1).name().table())
            : Optional.empty();
    List<Notice> notices = new ArrayList<>(gaps.notices());
    notices.addAll(captured(rows, items.size()));
    return new Page<>(items, next, OptionalLong.empty(), notices);
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

  private static boolean exists(String schema, Gaps gaps) {
    return !schemas(Queries.SCHEMA, statement -> statement.setString(1, schema), gaps).isEmpty();
  }

  private static RuntimeException noSchema(SchemaName schema) {
    return StandardFailures.notFound("schema", schema.schema()).asException();
  }

  /** The tables of some names, as far as they exist and this login may see them. */
  Map<TableName, TableRow> find(Set<TableName> names, Gaps gaps) {
    List<TableName> possible = names.stream().filter(Names::possible).toList();
    Map<TableName, TableRow> found = new HashMap<>();
    if (possible.isEmpty()) {
      return found;
    }
    List<TableRow> rows =
        possible.size() > FEW_NAMES
            ? tables(gaps)
            : tables(
                Queries.tablesNamed(possible.size()),
                statement -> {
                  int next = 1;
                  for (TableName name : possible) {
                    statement.setString(next++, name.schema().schema());
                    statement.setString(next++, name.table());
                  }
                },
                gaps);
    // Many databases take upper and lower case for the same, and so find others than were asked
    // for.
    rows.stream()
        .filter(row -> names.contains(row.info().name()))
        .forEach(row -> found.put(row.info().name(), row));
    return found;
  }

  TableRow find(TableName table, Gaps gaps) {
    return Optional.ofNullable(find(Set.of(table), gaps).get(table))
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

  /** Reads tables, through the gaps that they were listed with. */
  void read(
      List<TableRow> tables,
      Set<Section> sections,
      TableReader.Receiver receiver,
      Gaps gaps,
      Operation operation) {
    boolean wide = tables.size() > TableReader.FEW && wideReadings.tryAcquire();
    try {
      TableReader.read(gaps, tables, sections, wide, receiver, operation);
    } finally {
      if (wide) {
        wideReadings.release();
      }
    }
  }
}
