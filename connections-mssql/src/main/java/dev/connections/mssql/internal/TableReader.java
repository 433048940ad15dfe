package dev.connections.mssql.internal;

import dev.connections.api.Notice;
import dev.connections.api.Operation;
import dev.connections.api.Section;
import dev.connections.api.TableMetadata;
import dev.connections.jdbc.CatalogQuery;
import dev.connections.jdbc.Database;
import dev.connections.jdbc.OrderedRows;
import dev.connections.jdbc.Session;
import dev.connections.mssql.MssqlTable.Trait;
import dev.connections.mssql.internal.Rows.ColumnRow;
import dev.connections.mssql.internal.Rows.PropertyRow;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;

/**
 * Reads tables: the small sets first, by one query each, and then the columns as a stream in the
 * order of the tables' ids. The number of queries doesn't depend on the number of tables.
 */
final class TableReader {
  /** Where fewer are wanted, naming them costs the server less than reading everything. */
  private static final int FEW = 1_000;

  private static final Set<Section> KEYS_TOO =
      Set.of(Section.KEYS, Section.INDEXES, Section.PARTITIONING);

  private final Database database;
  private final CatalogViews views;
  private final Gaps gaps;
  private final List<TableRow> tables;
  private final Set<Section> sections;
  private final Operation operation;

  /** What tables were read go to. */
  interface Receiver {
    void table(TableMetadata table);

    void failed(TableRow table);
  }

  private TableReader(
      Database database,
      CatalogViews views,
      List<TableRow> tables,
      Set<Section> sections,
      Operation operation) {
    this.database = database;
    this.views = views;
    this.gaps = new Gaps(database, views, operation);
    this.tables = tables;
    this.sections = sections;
    this.operation = operation;
  }

  /** Reads tables. {@return what couldn't be read of all of them} */
  static List<Notice> read(
      Database database,
      CatalogViews views,
      List<TableRow> tables,
      Set<Section> wanted,
      Receiver receiver,
      Operation operation) {
    if (tables.isEmpty()) {
      return List.of();
    }
    List<TableRow> sorted = tables.stream().sorted(Comparator.comparingLong(TableRow::id)).toList();
    Set<Section> sections = EnumSet.of(Section.COLUMNS);
    sections.addAll(wanted);
    TableReader reader = new TableReader(database, views, sorted, sections, operation);
    reader.read(receiver);
    return reader.gaps.notices();
  }

  private void read(Receiver receiver) {
    TableAssembly assembly = new TableAssembly(sets(), sections, gaps.missing());
    long done = 0;
    try (OrderedRows<ColumnRow> columns = columns()) {
      for (TableRow table : tables) {
        List<ColumnRow> found = columns.of(table.id());
        if (found.isEmpty()) {
          receiver.failed(table); // it was dropped since it was listed
        } else {
          receiver.table(assembly.metadata(table, found));
        }
        done++;
        operation.progress().progress("reading", done, OptionalLong.of(tables.size()));
      }
    }
  }

  private OrderedRows<ColumnRow> columns() {
    return database.stream(
        views.fit(narrowed(Queries.COLUMNS)), Session.Binder.NONE, Rows::column, operation);
  }

  private TableAssembly.Sets sets() {
    boolean tablesToo = tables.stream().anyMatch(table -> !table.view());
    boolean viewsToo = tables.stream().anyMatch(TableRow::view);
    boolean keys = wants(Section.KEYS, Section.INDEXES, Section.PARTITIONING);
    boolean captured =
        wants(Section.PROPERTIES)
            && tables.stream().anyMatch(row -> row.traits().contains(Trait.CHANGE_DATA_CAPTURE));
    return new TableAssembly.Sets(
        keys
            ? gaps.byId(KEYS_TOO, "keys and indexes", narrowed(Queries.INDEXES), Rows::index)
            : Map.of(),
        wants(Section.FOREIGN_KEYS) && tablesToo
            ? gaps.byId(
                Set.of(Section.FOREIGN_KEYS),
                "foreign keys",
                narrowed(Queries.FOREIGN_KEYS),
                Rows::foreignKey)
            : Map.of(),
        wants(Section.CHECKS) && tablesToo
            ? gaps.byId(Set.of(Section.CHECKS), "checks", narrowed(Queries.CHECKS), Rows::check)
            : Map.of(),
        wants(Section.DESCRIPTIONS, Section.PROPERTIES)
            ? gaps.byId(
                Set.of(Section.DESCRIPTIONS),
                "extended properties",
                narrowed(Queries.PROPERTIES),
                Rows::property)
            : Map.<Long, List<PropertyRow>>of(),
        wants(Section.DEFINITION) && viewsToo
            ? gaps.byId(
                Set.of(Section.DEFINITION),
                "texts of views",
                narrowed(Queries.DEFINITIONS),
                row -> Rows.text(row, 2))
            : Map.of(),
        captured
            ? gaps.byId(Set.of(), "captured columns", narrowed(Queries.CAPTURED), Rows::captured)
            : Map.of());
  }

  private boolean wants(Section... any) {
    for (Section section : any) {
      if (sections.contains(section)) {
        return true;
      }
    }
    return false;
  }

  private CatalogQuery narrowed(Queries.Narrowable query) {
    return tables.size() <= FEW
        ? query.of(tables.stream().map(TableRow::id).toList())
        : query.whole();
  }
}
