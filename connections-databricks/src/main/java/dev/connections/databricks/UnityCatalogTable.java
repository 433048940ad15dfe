package dev.connections.databricks;

import dev.connections.api.Internal;
import dev.connections.api.MetadataExtension;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * What Unity Catalog knows of a table and what has no neutral place.
 *
 * @param tableType the catalog's own word, such as {@code MANAGED} or {@code STREAMING_TABLE}
 * @param format of the data, such as {@code DELTA}
 * @param storageLocation where the data lies
 * @param externalLocation the external location that it lies in, where the login sees that
 * @param owner who owns the table
 * @param clustering the columns of liquid clustering, in order; a nested one as a dotted path
 * @param rowFilter the function that decides which rows a reader sees
 * @param browseOnly whether this login may see the table's metadata and not its rows
 */
public record UnityCatalogTable(
    String tableType,
    Optional<String> format,
    Optional<String> storageLocation,
    Optional<String> externalLocation,
    Optional<String> owner,
    List<String> clustering,
    Optional<String> rowFilter,
    boolean browseOnly)
    implements MetadataExtension {

  /** The extension's stable name. */
  public static final String ID = "unity_catalog_table";

  /**
   * Takes all parts at once.
   *
   * @param tableType the catalog's own word
   * @param format of the data
   * @param storageLocation where the data lies
   * @param externalLocation the external location that it lies in
   * @param owner who owns the table
   * @param clustering the columns of liquid clustering
   * @param rowFilter the function that decides which rows a reader sees
   * @param browseOnly whether this login may not see rows
   */
  @Internal
  public UnityCatalogTable {
    Objects.requireNonNull(tableType, "tableType");
    Objects.requireNonNull(format, "format");
    Objects.requireNonNull(storageLocation, "storageLocation");
    Objects.requireNonNull(externalLocation, "externalLocation");
    Objects.requireNonNull(owner, "owner");
    Objects.requireNonNull(rowFilter, "rowFilter");
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
        .with("external_location", externalLocation)
        .with("owner", owner)
        .with("clustering", clustering)
        .with("row_filter", rowFilter)
        .with("browse_only", browseOnly)
        .map();
  }
}
