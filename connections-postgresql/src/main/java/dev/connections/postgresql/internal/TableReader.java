package dev.connections.postgresql.internal;

import dev.connections.api.Operation;
import dev.connections.api.Section;
import dev.connections.jdbc.CatalogReading;
import dev.connections.jdbc.Database;
import dev.connections.jdbc.RelationalCatalog;
import dev.connections.postgresql.internal.Rows.ColumnRow;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Reads tables: a stream for each kind of object, side by side in the order of the tables' ids and
 * merged table by table. The number of queries doesn't depend on the number of tables, and what is
 * held doesn't either.
 */
final class TableReader {
  /** As many statements as reading takes, at most. */
  static final int CALLS = 8;

  /** Where fewer are wanted, naming them costs the server less than reading everything. */
  private static final int FEW = 2_000;

  private TableReader() {}

  static void read(
      Database database,
      List<TableRow> tables,
      Set<Section> sections,
      RelationalCatalog.Receiver<TableRow> receiver,
      Operation operation) {
    TableStreams.Choice choice =
        new TableStreams.Choice(
            tables.size() <= FEW
                ? Optional.of(tables.stream().map(TableRow::id).toList())
                : Optional.empty(),
            sections);
    List<TableStreams> opened = new ArrayList<>(1);
    CatalogReading reading =
        database.reading("tables", operation, open -> opened.add(TableStreams.open(open, choice)));
    TableStreams streams = opened.get(opened.size() - 1); // of the attempt that succeeded
    try {
      for (TableRow table : tables) {
        read(table, streams, sections, receiver);
      }
    } finally {
      reading.close();
    }
  }

  private static void read(
      TableRow table,
      TableStreams streams,
      Set<Section> sections,
      RelationalCatalog.Receiver<TableRow> receiver) {
    List<ColumnRow> columns = streams.columns().of(table.id());
    if (columns.isEmpty() || columns.stream().anyMatch(ColumnRow::gone)) {
      receiver.dropped(table);
    } else {
      receiver.table(TableAssembly.of(table, columns, streams, sections));
    }
  }
}
