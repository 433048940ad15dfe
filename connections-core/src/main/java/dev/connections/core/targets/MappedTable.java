package dev.connections.core.targets;

import java.util.List;
import java.util.Optional;

/**
 * The columns of a table as Databricks is to have them, and what is lost on the way.
 *
 * @param columns in the source's order
 * @param columnMapping whether the names need Delta's column mapping
 * @param losses by column, in the same order, then those of the table as a whole
 */
public record MappedTable(
    List<MappedColumn> columns, boolean columnMapping, List<TypeLoss> losses) {
  /**
   * Keeps immutable copies.
   *
   * @param columns in the source's order
   * @param columnMapping whether the names need Delta's column mapping
   * @param losses what is lost
   */
  public MappedTable {
    columns = List.copyOf(columns);
    losses = List.copyOf(losses);
  }

  /**
   * {@return the column that a source's column becomes}
   *
   * @param source the name as the source spells it
   */
  public Optional<MappedColumn> column(String source) {
    return columns.stream().filter(column -> column.source().name().equals(source)).findFirst();
  }

  /**
   * {@return the columns that some source's columns become; empty if one of them isn't known}
   *
   * @param sources names as the source spells them
   */
  public Optional<List<MappedColumn>> columns(List<String> sources) {
    List<MappedColumn> found =
        sources.stream().map(this::column).flatMap(Optional::stream).toList();
    return found.size() == sources.size() ? Optional.of(found) : Optional.empty();
  }
}
