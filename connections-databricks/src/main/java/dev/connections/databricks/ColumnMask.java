package dev.connections.databricks;

import dev.connections.api.Internal;
import dev.connections.api.MetadataExtension;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * The function that decides what a reader sees of a column.
 *
 * @param function its full name
 * @param using the other columns it looks at
 */
public record ColumnMask(String function, List<String> using) implements MetadataExtension {
  /** The extension's stable name. */
  public static final String ID = "unity_catalog_mask";

  /**
   * Takes all parts at once.
   *
   * @param function its full name
   * @param using the other columns it looks at
   */
  @Internal
  public ColumnMask {
    Objects.requireNonNull(function, "function");
    using = List.copyOf(using);
  }

  @Override
  public String id() {
    return ID;
  }

  @Override
  public Map<String, Object> values() {
    return Map.of("function", function, "using", using);
  }
}
