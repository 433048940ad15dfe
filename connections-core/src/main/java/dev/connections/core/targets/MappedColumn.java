package dev.connections.core.targets;

import dev.connections.api.Column;
import java.util.List;
import java.util.Objects;

/**
 * A column as Databricks is to have it.
 *
 * @param source the column as the source has it
 * @param name its name in Databricks
 * @param type the text of its Databricks type
 * @param losses what it and its nested parts lose
 */
public record MappedColumn(Column source, String name, String type, List<TypeLoss> losses) {
  /**
   * Checks that no part is null, and keeps an immutable copy of the losses.
   *
   * @param source the column as the source has it
   * @param name its name in Databricks
   * @param type the text of its Databricks type
   * @param losses what it and its nested parts lose
   */
  public MappedColumn {
    Objects.requireNonNull(source, "source");
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(type, "type");
    losses = List.copyOf(losses);
  }
}
