package dev.connections.core.targets;

import dev.connections.api.Column;
import java.util.Objects;

/**
 * A column as Databricks is to have it.
 *
 * @param source the column as the source has it
 * @param name its name in Databricks
 * @param type the text of its Databricks type
 */
public record MappedColumn(Column source, String name, String type) {
  /**
   * Checks that no part is null.
   *
   * @param source the column as the source has it
   * @param name its name in Databricks
   * @param type the text of its Databricks type
   */
  public MappedColumn {
    Objects.requireNonNull(source, "source");
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(type, "type");
  }
}
