package dev.connections.databricks.internal;

import dev.connections.http.JsonRows;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What a statement gave: all its rows.
 *
 * @param columns their names, in lower case
 * @param rows values by position
 */
record StatementResult(List<String> columns, List<JsonRows.Row> rows) {
  StatementResult {
    columns = columns.stream().map(name -> name.toLowerCase(Locale.ROOT)).toList();
    rows = List.copyOf(rows);
  }

  /** {@return a value by its column's name; empty if it is null or there is no such column} */
  Optional<String> text(JsonRows.Row row, String column) {
    int index = columns.indexOf(column);
    return index < 0 ? Optional.empty() : row.text(index);
  }
}
