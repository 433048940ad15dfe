package dev.connections.api;

import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** A feature: shows the first rows of a table. */
public interface RowPreview {
  /**
   * {@return the first rows of a table}
   *
   * @param table its name as listed
   * @param rows how many at most; at least 1
   * @param operation deadline and cancellation
   * @throws ConnectionException if the table doesn't exist or can't be read
   */
  RowSample preview(TableName table, int rows, Operation operation);

  /**
   * Some rows of a table.
   *
   * @param columns names of the columns
   * @param rows the values, one per column; empty for an absent one
   * @param more whether the table has more rows
   */
  record RowSample(List<String> columns, List<List<Optional<Object>>> rows, boolean more) {
    /**
     * Keeps immutable copies.
     *
     * @param columns names of the columns
     * @param rows the values
     * @param more whether the table has more rows
     */
    public RowSample {
      columns = List.copyOf(columns);
      Objects.requireNonNull(rows, "rows");
      rows = rows.stream().map(List::copyOf).toList();
    }
  }
}
