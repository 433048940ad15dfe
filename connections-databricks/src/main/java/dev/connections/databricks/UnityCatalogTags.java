package dev.connections.databricks;

import dev.connections.api.Internal;
import dev.connections.api.MetadataExtension;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * The tags of a table or a column.
 *
 * @param tags values by name, in the names' order; a tag without a value has an empty one
 */
public record UnityCatalogTags(Map<String, String> tags) implements MetadataExtension {
  /** The extension's stable name. */
  public static final String ID = "unity_catalog_tags";

  /**
   * Keeps an immutable copy.
   *
   * @param tags values by name
   */
  @Internal
  public UnityCatalogTags {
    tags = Collections.unmodifiableMap(new TreeMap<>(tags));
  }

  @Override
  public String id() {
    return ID;
  }

  @Override
  public Map<String, Object> values() {
    return Map.of("tags", tags);
  }
}
