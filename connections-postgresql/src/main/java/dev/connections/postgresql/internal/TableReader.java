package dev.connections.postgresql.internal;

import dev.connections.api.Operation;
import dev.connections.api.Section;
import dev.connections.jdbc.CatalogReading;
import dev.connections.jdbc.Database;
import dev.connections.jdbc.RelationalCatalog;
import dev.connections.postgresql.internal.Rows.ColumnRow;
import dev.connections.postgresql.internal.Rows.DefaultRow;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Reads tables: a stream for each kind of object, side by side in the order of the tables' ids and
 * merged table by table. The number of queries doesn't depend on the number of tables, and what is
 * held doesn't either.
 */
final class TableReader {
  /** As many statements as reading takes, at most. */
  static final int CALLS = 9;

  private TableReader() {}

  static void read(
      Database database,
      List<TableRow> tables,
      Set<Section> sections,
      RelationalCatalog.Receiver<TableRow> receiver,
      Operation operation) {
    List<Long> ids = tables.stream().map(TableRow::id).toList();
    List<TableStreams> opened = new ArrayList<>(1);
    CatalogReading reading =
        database.reading(
            "tables", operation, open -> opened.add(TableStreams.open(open, ids, sections)));
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
    boolean expressed = express(columns, streams.defaults().of(table.id()));
    if (columns.isEmpty() || !expressed) {
      receiver.dropped(table);
    } else {
      receiver.table(TableAssembly.of(table, columns, streams, sections));
    }
  }

  /** Gives columns their expressions. {@return whether each that has one got it} */
  private static boolean express(List<ColumnRow> columns, List<DefaultRow> defaults) {
    Map<Integer, String> expressions = new HashMap<>();
    for (DefaultRow row : defaults) {
      row.expression().ifPresent(expression -> expressions.put(row.number(), expression));
    }
    for (ColumnRow column : columns) {
      String expression = expressions.get(column.number());
      if (expression != null) {
        column.express(expression);
      } else if (column.expressed()) {
        return false;
      }
    }
    return true;
  }
}
