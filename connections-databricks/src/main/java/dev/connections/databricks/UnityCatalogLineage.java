package dev.connections.databricks;

import dev.connections.api.Internal;
import dev.connections.api.MetadataExtension;
import dev.connections.api.TableName;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * What a table was made of, as the workspace saw it in the days that were asked for.
 *
 * @param tables the tables it was read from, in their order
 * @param paths the storage paths it was read from, in their order
 * @param columns which column was made of which
 */
public record UnityCatalogLineage(
    List<TableName> tables, List<String> paths, List<ColumnSource> columns)
    implements MetadataExtension {

  /** The extension's stable name. */
  public static final String ID = "unity_catalog_lineage";

  /**
   * One column and one that it was made of.
   *
   * @param column of this table
   * @param table where the other column is
   * @param source the other column
   */
  public record ColumnSource(String column, TableName table, String source) {
    /**
     * Checks that no part is null.
     *
     * @param column of this table
     * @param table where the other column is
     * @param source the other column
     */
    public ColumnSource {
      Objects.requireNonNull(column, "column");
      Objects.requireNonNull(table, "table");
      Objects.requireNonNull(source, "source");
    }
  }

  /**
   * Keeps immutable copies.
   *
   * @param tables the tables it was read from
   * @param paths the storage paths it was read from
   * @param columns which column was made of which
   */
  @Internal
  public UnityCatalogLineage {
    tables = List.copyOf(tables);
    paths = List.copyOf(paths);
    columns = List.copyOf(columns);
  }

  @Override
  public String id() {
    return ID;
  }

  @Override
  public Map<String, Object> values() {
    Map<String, Object> values = new LinkedHashMap<>();
    values.put("tables", tables.stream().map(TableName::display).toList());
    values.put("paths", paths);
    values.put(
        "columns",
        columns.stream()
            .map(
                source ->
                    Map.of(
                        "column", source.column(),
                        "table", source.table().display(),
                        "source", source.source()))
            .toList());
    return values;
  }
}
