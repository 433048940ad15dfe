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
   * @param notices what is to be known of the rows besides, such as that long values were cut
   */
  record RowSample(
      List<String> columns, List<List<Optional<Object>>> rows, boolean more, List<Notice> notices) {
    /**
     * Keeps immutable copies.
     *
     * @param columns names of the columns
     * @param rows the values
     * @param more whether the table has more rows
     * @param notices what is to be known of the rows besides
     */
    public RowSample {
      columns = List.copyOf(columns);
      Objects.requireNonNull(rows, "rows");
      rows = rows.stream().map(List::copyOf).toList();
      notices = List.copyOf(notices);
    }

    /**
     * Rows of which there is nothing else to say.
     *
     * @param columns names of the columns
     * @param rows the values
     * @param more whether the table has more rows
     */
    public RowSample(List<String> columns, List<List<Optional<Object>>> rows, boolean more) {
      this(columns, rows, more, List.of());
    }
  }
}
