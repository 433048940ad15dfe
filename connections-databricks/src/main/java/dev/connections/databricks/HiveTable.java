package dev.connections.databricks;

import dev.connections.api.Internal;
import dev.connections.api.MetadataExtension;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * What {@code hive_metastore} knows of a table and what has no neutral place.
 *
 * @param tableType the metastore's own word, such as {@code MANAGED} or {@code VIEW}
 * @param format of the data, such as {@code delta}
 * @param storageLocation where the data lies
 * @param owner who owns the table
 * @param clustering the columns of liquid clustering, in order
 */
public record HiveTable(
    String tableType,
    Optional<String> format,
    Optional<String> storageLocation,
    Optional<String> owner,
    List<String> clustering)
    implements MetadataExtension {

  /** The extension's stable name. */
  public static final String ID = "hive_table";

  /**
   * Takes all parts at once.
   *
   * @param tableType the metastore's own word
   * @param format of the data
   * @param storageLocation where the data lies
   * @param owner who owns the table
   * @param clustering the columns of liquid clustering
   */
  @Internal
  public HiveTable {
    Objects.requireNonNull(tableType, "tableType");
    Objects.requireNonNull(format, "format");
    Objects.requireNonNull(storageLocation, "storageLocation");
    Objects.requireNonNull(owner, "owner");
    clustering = List.copyOf(clustering);
  }

  @Override
  public String id() {
    return ID;
  }

  @Override
  public Map<String, Object> values() {
    return new ExtensionValues()
        .with("table_type", tableType)
        .with("format", format)
        .with("storage_location", storageLocation)
        .with("owner", owner)
        .with("clustering", clustering)
        .map();
  }
}
