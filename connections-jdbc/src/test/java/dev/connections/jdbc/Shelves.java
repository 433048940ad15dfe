package dev.connections.jdbc;

import dev.connections.api.Column;
import dev.connections.api.DataType;
import dev.connections.api.Notice;
import dev.connections.api.NoticeCode;
import dev.connections.api.Operation;
import dev.connections.api.SchemaInfo;
import dev.connections.api.SchemaName;
import dev.connections.api.Section;
import dev.connections.api.TableInfo;
import dev.connections.api.TableKind;
import dev.connections.api.TableMetadata;
import dev.connections.api.TableName;
import dev.connections.api.TypeKind;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** The catalog of a small adapter: schemas whose names begin with "shelf". */
final class Shelves implements RelationalCatalog<Shelves.Shelf> {
  private static final String TABLES =
      "select c.oid::bigint, n.nspname, c.relname from pg_class c join pg_namespace n"
          + " on n.oid = c.relnamespace where c.relkind = 'r' and n.nspname ~ '^shelf'";

  private final Database database;

  Shelves(Database database) {
    this.database = database;
  }

  /** A table; those whose names begin with "hidden" aren't shown. */
  record Shelf(long id, TableInfo info) implements ListedTable {
    @Override
    public boolean visible() {
      return !info.name().table().startsWith("hidden");
    }

    private static Shelf read(ResultSet row) throws SQLException {
      return new Shelf(
          row.getLong(1),
          TableInfo.of(SchemaName.of(row.getString(2)).table(row.getString(3)), TableKind.TABLE));
    }
  }

  private List<Shelf> tables(String further, Session.Binder binder, Operation operation) {
    return database.call(
        "tables", operation, session -> session.query(TABLES + further, binder, Shelf::read));
  }

  @Override
  public List<SchemaInfo> schemas(Operation operation) {
    return database.call(
        "schemas",
        operation,
        session ->
            session.query(
                "select nspname from pg_namespace where nspname ~ '^shelf' order by 1 desc",
                Session.Binder.NONE,
                row -> new SchemaInfo(SchemaName.of(row.getString(1)), Optional.empty(), false)));
  }

  @Override
  public boolean hasSchema(String name, Operation operation) {
    return schemas(operation).stream().anyMatch(schema -> schema.name().schema().equals(name));
  }

  @Override
  public List<Shelf> tables(Operation operation) {
    return tables("", Session.Binder.NONE, operation);
  }

  @Override
  public List<Shelf> tables(Page page, Operation operation) {
    return tables(
        " and c.relname !~ '^hidden' and n.nspname = ? and strpos(c.relname, ?) > 0"
            + " and c.relname > ? order by c.relname limit ?",
        statement -> {
          statement.setString(1, page.schema());
          statement.setString(2, page.part());
          statement.setString(3, page.after());
          statement.setInt(4, page.limit());
        },
        operation);
  }

  /** Without regard to case, as some servers do. */
  @Override
  public List<Shelf> tables(List<TableName> names, Operation operation) {
    Set<String> lower =
        names.stream()
            .map(name -> name.table().toLowerCase(Locale.ROOT))
            .collect(Collectors.toSet());
    return tables(operation).stream()
        .filter(Shelf::visible)
        .filter(shelf -> lower.contains(shelf.info().name().table().toLowerCase(Locale.ROOT)))
        .toList();
  }

  @Override
  public boolean possible(String name) {
    return name.indexOf('\0') < 0;
  }

  @Override
  public List<Notice> remarks(List<Shelf> tables) {
    return List.of(
        Notice.of(NoticeCode.SKIPPED, new Notice.Scope.Source(), tables.size() + " on the page."));
  }

  @Override
  public List<Notice> hidden(List<Shelf> hidden, Operation operation) {
    return hidden.isEmpty()
        ? List.of()
        : List.of(
            Notice.of(
                NoticeCode.HIDDEN_BY_PERMISSION,
                new Notice.Scope.Source(),
                hidden.size() + " hidden."));
  }

  @Override
  public int readingCalls() {
    return 1;
  }

  @Override
  public List<Notice> read(
      List<Shelf> tables, Set<Section> sections, Receiver<Shelf> receiver, Operation operation) {
    CatalogQuery query = CatalogQuery.read(Shelves.class, "toolkit", "shelves");
    try (OrderedRows<Column> rows =
        database.stream(
            query,
            Session.Binder.NONE,
            row ->
                Column.of(row.getString(2), DataType.of(TypeKind.INTEGER, row.getString(3)), true),
            operation)) {
      for (Shelf table : tables) {
        List<Column> columns = rows.of(table.id());
        if (columns.isEmpty()) {
          receiver.dropped(table);
        } else {
          receiver.table(
              TableMetadata.builder(table.info(), EnumSet.of(Section.COLUMNS))
                  .columns(columns)
                  .build()
                  .only(sections));
        }
      }
    }
    return List.of(Notice.of(NoticeCode.SKIPPED, new Notice.Scope.Source(), "Nothing else."));
  }

  @Override
  public String firstRows(Shelf shelf, int limit, int longest, Operation operation) {
    TableName table = shelf.info().name();
    return "select * from "
        + table.schema().schema()
        + "."
        + table.table()
        + " order by 1 limit "
        + limit;
  }
}
