package dev.connections.postgresql.internal;

import dev.connections.api.Failure;
import dev.connections.api.Operation;
import dev.connections.api.Section;
import dev.connections.api.StandardFailures;
import dev.connections.api.TableMetadata;
import dev.connections.jdbc.CatalogReading;
import dev.connections.jdbc.Database;
import dev.connections.jdbc.Session;
import dev.connections.postgresql.internal.Rows.ColumnRow;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;

/**
 * Reads tables: a stream for each kind of object, side by side in the order of the tables' ids and
 * merged table by table. The number of queries doesn't depend on the number of tables, and what is
 * held doesn't either.
 */
final class TableReader {
  /** Where fewer are wanted, naming them costs the server less than reading everything. */
  private static final int FEW = 2_000;

  private TableReader() {}

  /** What tables were read go to. */
  interface Receiver {
    void table(TableMetadata table);

    void failed(TableRow table);
  }

  static void read(
      Database database,
      List<TableRow> tables,
      Set<Section> wanted,
      Receiver receiver,
      Operation operation) {
    if (tables.isEmpty()) {
      return;
    }
    List<TableRow> sorted = tables.stream().sorted(Comparator.comparingLong(TableRow::id)).toList();
    Set<Section> sections = EnumSet.of(Section.COLUMNS);
    sections.addAll(wanted);
    TableStreams.Choice choice =
        new TableStreams.Choice(tables.size() <= FEW, binder(sorted), sections);
    List<TableStreams> opened = new ArrayList<>(1);
    CatalogReading reading =
        database.reading("tables", operation, open -> opened.add(TableStreams.open(open, choice)));
    TableStreams streams = opened.get(opened.size() - 1); // of the attempt that succeeded
    try {
      long done = 0;
      for (TableRow table : sorted) {
        read(table, streams, sections, receiver);
        done++;
        operation.progress().progress("reading", done, OptionalLong.of(sorted.size()));
      }
    } finally {
      reading.close();
    }
  }

  private static Session.Binder binder(List<TableRow> tables) {
    if (tables.size() > FEW) {
      return Session.Binder.NONE;
    }
    Long[] ids = tables.stream().map(TableRow::id).toArray(Long[]::new);
    return statement -> statement.setArray(1, statement.getConnection().createArrayOf("int8", ids));
  }

  private static void read(
      TableRow table, TableStreams streams, Set<Section> sections, Receiver receiver) {
    List<ColumnRow> columns = streams.columns().of(table.id());
    if (columns.isEmpty() || columns.stream().anyMatch(ColumnRow::gone)) {
      receiver.failed(table); // it was dropped since it was listed
    } else {
      receiver.table(TableAssembly.of(table, columns, streams, sections));
    }
  }

  static Failure dropped(TableRow table) {
    return StandardFailures.notFound("table", table.info().name().display());
  }
}
