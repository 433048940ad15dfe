package dev.connections.postgresql.internal;

import dev.connections.api.Notice;
import dev.connections.api.Operation;
import dev.connections.api.SchemaInfo;
import dev.connections.api.SchemaName;
import dev.connections.api.Section;
import dev.connections.api.TableName;
import dev.connections.jdbc.CatalogQuery;
import dev.connections.jdbc.Database;
import dev.connections.jdbc.RelationalCatalog;
import dev.connections.jdbc.Session;
import dev.connections.postgresql.SequenceInfo;
import java.sql.Connection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** What the catalog holds, for one login. Safe for any thread. */
final class Catalog implements RelationalCatalog<TableRow> {
  private final Database database;
  private final String user;

  Catalog(Database database, String user) {
    this.database = database;
    this.user = user;
  }

  @Override
  public List<SchemaInfo> schemas(Operation operation) {
    return schemas(Queries.SCHEMAS, Session.Binder.NONE, operation);
  }

  @Override
  public boolean hasSchema(String name, Operation operation) {
    return !schemas(Queries.SCHEMA, statement -> statement.setString(1, name), operation).isEmpty();
  }

  private List<SchemaInfo> schemas(CatalogQuery query, Session.Binder binder, Operation operation) {
    return database.list(
        query,
        binder,
        row ->
            new SchemaInfo(
                SchemaName.of(row.getString(1)), Optional.ofNullable(row.getString(2)), false),
        operation);
  }

  /** Those that this login may not see as well: in one look, so that none is missed. */
  @Override
  public List<TableRow> tables(Operation operation) {
    return database.list(Queries.TABLES, Session.Binder.NONE, TableRow::read, operation);
  }

  @Override
  public List<TableRow> tables(Page page, Operation operation) {
    return database.list(
        Queries.TABLES_OF_SCHEMA,
        statement -> {
          statement.setString(1, page.schema());
          statement.setString(2, page.part());
          statement.setString(3, page.after());
          statement.setInt(4, page.limit());
        },
        TableRow::read,
        operation);
  }

  @Override
  public List<TableRow> tables(List<TableName> names, Operation operation) {
    Object[] schemas = names.stream().map(name -> name.schema().schema()).toArray();
    Object[] tables = names.stream().map(TableName::table).toArray();
    return database.list(
        Queries.TABLES_BY_NAME,
        statement -> {
          Connection connection = statement.getConnection();
          statement.setArray(1, connection.createArrayOf("text", schemas));
          statement.setArray(2, connection.createArrayOf("text", tables));
        },
        TableRow::read,
        operation);
  }

  @Override
  public boolean possible(String name) {
    return name.indexOf('\0') < 0;
  }

  @Override
  public List<Notice> hidden(List<TableRow> hidden, Operation operation) {
    return hidden(hidden).notices();
  }

  HiddenTables hidden(List<TableRow> hidden) {
    return HiddenTables.of(hidden, user);
  }

  @Override
  public int readingCalls() {
    return TableReader.CALLS;
  }

  @Override
  public List<Notice> read(
      List<TableRow> tables,
      Set<Section> sections,
      Receiver<TableRow> receiver,
      Operation operation) {
    TableReader.read(database, tables, sections, receiver, operation);
    return List.of();
  }

  /** Those of one schema, whether a column uses them or not. */
  List<SequenceInfo> sequences(SchemaName schema, Operation operation) {
    Operation call = database.during(operation);
    if (schema.catalog().isPresent() || !possible(schema.schema())) {
      return List.of();
    }
    return database
        .list(
            Queries.SCHEMA_SEQUENCES,
            statement -> statement.setString(1, schema.schema()),
            row -> Rows.sequence(row).sequence(),
            call)
        .stream()
        .sorted(Comparator.comparing(SequenceInfo::name))
        .toList();
  }

  @Override
  public String firstRows(TableRow table, int limit, int longest, Operation operation) {
    String cells =
        database
            .list(
                Queries.CELLS,
                statement -> statement.setLong(1, table.id()),
                row -> cell(Names.quoted(row.getString(1)), row.getString(2), longest),
                operation)
            .stream()
            .collect(Collectors.joining(", "));
    return "select " + cells + " from " + Names.quoted(table.info().name()) + " limit " + limit;
  }

  /** A column's value as it is, or its beginning. Only the type's own output is exact. */
  private static String cell(String name, String kind, int longest) {
    return switch (kind) {
      case "short" -> name;
      case "bytes" -> "pg_catalog.substring(" + name + ", 1, " + longest + ") as " + name;
      case "text" -> "pg_catalog.left(" + name + "::pg_catalog.text, " + longest + ") as " + name;
      default ->
          "case when "
              + name
              + " is distinct from null then pg_catalog.left(pg_catalog.format('%s', "
              + name
              + "), "
              + longest
              + ") end as "
              + name;
    };
  }
}
