package dev.connections.postgresql.internal;

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
import java.sql.Connection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/** What the catalog holds, for one login. Safe for any thread. */
final class Catalog {
  private final Database database;
  private final String user;

  Catalog(Database database, String user) {
    this.database = database;
    this.user = user;
  }

  String user() {
    return user;
  }

  List<SchemaInfo> schemas(Operation operation) {
    return schemas(Queries.SCHEMAS, Session.Binder.NONE, operation);
  }

  private List<SchemaInfo> schemas(CatalogQuery query, Session.Binder binder, Operation operation) {
    return database
        .list(
            query,
            binder,
            row ->
                new SchemaInfo(
                    SchemaName.of(row.getString(1)), Optional.ofNullable(row.getString(2)), false),
            operation)
        .stream()
        .sorted(Comparator.comparing(SchemaInfo::name))
        .toList();
  }

  /** All tables, those that this login may not see as well: in one look, so that none is missed. */
  List<TableRow> tables(Operation operation) {
    return database.list(Queries.TABLES, Session.Binder.NONE, TableRow::read, operation);
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
        database.list(
            Queries.TABLES_OF_SCHEMA,
            statement -> {
              statement.setString(1, schema);
              statement.setString(2, part);
              statement.setString(3, after);
              statement.setLong(4, limit + 1L);
            },
            TableRow::read,
            operation);
    if (rows.isEmpty() && !exists(schema, operation)) {
      throw noSchema(query.schema());
    }
    List<TableInfo> items = rows.stream().limit(limit).map(TableRow::info).toList();
    Optional<String> next =
        rows.size() > limit
            ? Optional.of(items.get(items.size() - 1).name().table())
            : Optional.empty();
    return new Page<>(items, next, OptionalLong.empty(), List.of());
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
    Object[] schemas = possible.stream().map(name -> name.schema().schema()).toArray();
    Object[] tables = possible.stream().map(TableName::table).toArray();
    List<TableRow> rows =
        database.list(
            Queries.TABLES_BY_NAME,
            statement -> {
              Connection connection = statement.getConnection();
              statement.setArray(1, connection.createArrayOf("text", schemas));
              statement.setArray(2, connection.createArrayOf("text", tables));
            },
            TableRow::read,
            operation);
    // The server cuts names that are too long, and so finds others than were asked for.
    rows.stream()
        .filter(row -> names.contains(row.info().name()))
        .forEach(row -> found.put(row.info().name(), row));
    return found;
  }

  TableRow find(TableName table, Operation operation) {
    return Optional.ofNullable(find(Set.of(table), operation).get(table))
        .orElseThrow(() -> StandardFailures.notFound("table", table.display()).asException());
  }

  void read(
      List<TableRow> tables,
      Set<Section> sections,
      TableReader.Receiver receiver,
      Operation operation) {
    TableReader.read(database, tables, sections, receiver, operation);
  }
}
