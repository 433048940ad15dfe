package dev.connections.filesystem.internal;

import dev.connections.api.Column;
import dev.connections.api.RowCount;
import dev.connections.filesystem.FileInference;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * What a reader found in a file.
 *
 * @param columns the columns, in the file's order; none for an empty file
 * @param rows how many rows there are, where that is known or can be estimated
 * @param inference how the columns were found
 * @param warnings what is to be known about them
 * @param description what the file says about itself
 * @param properties further facts that the file holds, under its own names
 */
public record InferredSchema(
    List<Column> columns,
    Optional<RowCount> rows,
    FileInference inference,
    List<Warning> warnings,
    Optional<String> description,
    Map<String, String> properties) {

  /**
   * Copies the lists.
   *
   * @param columns the columns
   * @param rows how many rows there are
   * @param inference how the columns were found
   * @param warnings what is to be known about them
   * @param description what the file says about itself
   * @param properties further facts that the file holds
   */
  public InferredSchema {
    columns = List.copyOf(columns);
    Objects.requireNonNull(rows, "rows");
    Objects.requireNonNull(inference, "inference");
    warnings = List.copyOf(warnings);
    Objects.requireNonNull(description, "description");
    properties = Collections.unmodifiableMap(new LinkedHashMap<>(properties));
  }

  /**
   * The schema of a file that says no more about itself.
   *
   * @param columns the columns
   * @param rows how many rows there are
   * @param inference how the columns were found
   * @param warnings what is to be known about them
   */
  public InferredSchema(
      List<Column> columns,
      Optional<RowCount> rows,
      FileInference inference,
      List<Warning> warnings) {
    this(columns, rows, inference, warnings, Optional.empty(), Map.of());
  }
}
