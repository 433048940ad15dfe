package dev.connections.api;

import java.util.List;
import java.util.Objects;
import java.util.OptionalLong;

/**
 * How a table is divided.
 *
 * @param method the source's word, for example {@code range} or {@code directory}
 * @param columns names of the columns, or texts of the expressions, it is divided by
 * @param partitions how many parts there are, where known
 */
public record Partitioning(String method, List<String> columns, OptionalLong partitions) {
  /**
   * Keeps an immutable copy of the columns.
   *
   * @param method the source's word
   * @param columns what the table is divided by
   * @param partitions how many parts there are
   */
  public Partitioning {
    Objects.requireNonNull(method, "method");
    Objects.requireNonNull(partitions, "partitions");
    columns = List.copyOf(columns);
  }
}
