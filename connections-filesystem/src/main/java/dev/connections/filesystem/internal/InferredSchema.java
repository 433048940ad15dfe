package dev.connections.filesystem.internal;

import dev.connections.api.Column;
import dev.connections.api.RowCount;
import dev.connections.filesystem.FileInference;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What a reader found in a file.
 *
 * @param columns the columns, in the file's order; none for an empty file
 * @param rows how many rows there are, where that is known or can be estimated
 * @param inference how the columns were found
 * @param warnings what is to be known about them
 */
public record InferredSchema(
    List<Column> columns,
    Optional<RowCount> rows,
    FileInference inference,
    List<Warning> warnings) {

  /**
   * Copies the lists.
   *
   * @param columns the columns
   * @param rows how many rows there are
   * @param inference how the columns were found
   * @param warnings what is to be known about them
   */
  public InferredSchema {
    columns = List.copyOf(columns);
    Objects.requireNonNull(rows, "rows");
    Objects.requireNonNull(inference, "inference");
    warnings = List.copyOf(warnings);
  }
}
