package dev.connections.mssql.internal;

import dev.connections.api.Notice;
import dev.connections.api.Section;
import dev.connections.jdbc.CatalogQuery;
import dev.connections.jdbc.OrderedRows;
import dev.connections.jdbc.RelationalCatalog;
import dev.connections.jdbc.Session.RowReader;
import dev.connections.mssql.MssqlTable.Trait;
import dev.connections.mssql.internal.Rows.ColumnRow;
import dev.connections.mssql.internal.TableAssembly.RowsOf;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Reads tables: the small sets first, by one query each, and then the columns as a stream in the
 * order of the tables' ids. Of many tables the other large sets are streams beside it, each on a
 * connection of its own: the driver keeps one result open on a connection, and no more. The number
 * of queries doesn't depend on the number of tables.
 */
final class TableReader {
  /**
   * Where fewer are wanted, naming them costs the server less than reading everything, and what
   * belongs to them may be held.
   */
  static final int FEW = 1_000;

  /** As many connections a reading of many tables takes: columns, indexes, properties. */
  static final int CONNECTIONS = 3;

  /** As many statements as it makes at most. */
  static final int CALLS = 7;

  private static final Set<Section> KEYS_TOO =
      Set.of(Section.KEYS, Section.INDEXES, Section.PARTITIONING);

  private final Gaps gaps;
  private final List<TableRow> tables;
  private final Set<Section> sections;
  private final boolean wide;
  private final List<OrderedRows<?>> streams = new ArrayList<>();

  private TableReader(Gaps gaps, List<TableRow> tables, Set<Section> sections, boolean wide) {
    this.gaps = gaps;
    this.tables = tables;
    this.sections = sections;
    this.wide = wide;
  }

  /**
   * Reads tables. What couldn't be read of all of them is told by the gaps.
   *
   * @param tables in the order of their ids
   * @param wide whether several connections may be held at once
   */
  static void read(
      Gaps gaps,
      List<TableRow> tables,
      Set<Section> sections,
      boolean wide,
      RelationalCatalog.Receiver<TableRow> receiver) {
    TableReader reader = new TableReader(gaps, tables, sections, wide);
    try {
      reader.read(receiver);
    } finally {
      reader.streams.forEach(OrderedRows::close);
    }
  }

  private void read(RelationalCatalog.Receiver<TableRow> receiver) {
    TableAssembly.Sets sets = sets();
    OrderedRows<ColumnRow> columns =
        gaps.requiredStream("columns", narrowed(Queries.COLUMNS), Rows::column);
    streams.add(columns);
    // Whoever looks at one table sees there what is missing.
    List<Notice> beside = tables.size() == 1 ? gaps.notices() : List.of();
    TableAssembly assembly = new TableAssembly(sets, sections, gaps.missing(), beside);
    for (TableRow table : tables) {
      List<ColumnRow> found = columns.of(table.id());
      if (found.isEmpty()) {
        receiver.dropped(table);
      } else {
        receiver.table(assembly.metadata(table, found));
      }
    }
  }

  /** The small sets come first: they are read to their end before a stream is opened. */
  private TableAssembly.Sets sets() {
    boolean tablesToo = tables.stream().anyMatch(table -> !table.view());
    boolean viewsToo = tables.stream().anyMatch(TableRow::view);
    boolean captured =
        wants(Section.PROPERTIES)
            && tables.stream().anyMatch(row -> row.traits().contains(Trait.CHANGE_DATA_CAPTURE));
    RowsOf<Rows.ForeignKeyRow> foreignKeys =
        held(
            wants(Section.FOREIGN_KEYS) && tablesToo,
            Set.of(Section.FOREIGN_KEYS),
            "foreign keys",
            Queries.FOREIGN_KEYS,
            Rows::foreignKey);
    RowsOf<Rows.ConstraintRow> constraints =
        held(
            wants(Section.CHECKS, Section.PROPERTIES),
            Set.of(Section.CHECKS),
            "checks and triggers",
            Queries.CONSTRAINTS,
            Rows::constraint);
    RowsOf<Optional<String>> definitions =
        held(
            wants(Section.DEFINITION) && viewsToo,
            Set.of(Section.DEFINITION),
            "texts of views",
            Queries.DEFINITIONS,
            row -> Rows.text(row, 2));
    RowsOf<Rows.CapturedRow> capturedColumns =
        held(captured, Set.of(), "captured columns", Queries.CAPTURED, Rows::captured);
    RowsOf<Rows.IndexRow> indexes =
        large(
            wants(Section.KEYS, Section.INDEXES, Section.PARTITIONING),
            KEYS_TOO,
            "keys and indexes",
            Queries.INDEXES,
            Rows::index);
    RowsOf<Rows.PropertyRow> properties =
        large(
            wants(Section.DESCRIPTIONS, Section.PROPERTIES),
            Set.of(Section.DESCRIPTIONS),
            "extended properties",
            Queries.PROPERTIES,
            Rows::property);
    return new TableAssembly.Sets(
        indexes, foreignKeys, constraints, properties, definitions, capturedColumns);
  }

  private <T> RowsOf<T> held(
      boolean wanted,
      Set<Section> lost,
      String what,
      Queries.Narrowable query,
      RowReader<T> reader) {
    Map<Long, List<T>> rows = wanted ? gaps.byId(lost, what, narrowed(query), reader) : Map.of();
    return table -> rows.getOrDefault(table, List.of());
  }

  private <T> RowsOf<T> large(
      boolean wanted,
      Set<Section> lost,
      String what,
      Queries.Narrowable query,
      RowReader<T> reader) {
    if (!wanted || !wide) {
      return held(wanted, lost, what, query, reader);
    }
    Optional<OrderedRows<T>> stream = gaps.stream(lost, what, narrowed(query), reader);
    stream.ifPresent(streams::add);
    return table -> stream.map(rows -> rows.of(table)).orElse(List.of());
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
