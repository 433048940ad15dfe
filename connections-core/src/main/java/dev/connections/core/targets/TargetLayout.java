package dev.connections.core.targets;

import dev.connections.api.SchemaName;
import dev.connections.core.importing.EntityType;
import dev.connections.core.importing.ImportOptions;
import dev.connections.core.importing.Layer;
import dev.connections.core.internal.json.TableJson;
import java.util.Objects;

/**
 * Where in Unity Catalog imported tables go.
 *
 * <p>A source's schema becomes {@code layer_prefix_catalog_schema}, without the parts that aren't
 * there: the directory {@code a/b} becomes {@code bronze_a_b}, the root directory {@code bronze},
 * {@code Sales} of the database {@code Shop} under the prefix {@code erp} {@code
 * bronze_erp_shop_sales}. A table keeps its name, {@code orders.csv} becomes {@code orders_csv}.
 *
 * @param catalog the catalog that all tables go to
 * @param layer the first part of each schema's name
 * @param schemaPrefix the second part of each schema's name; may be empty
 * @param tablePrefix what stands before each table's name, for example {@code stg_}; may be empty
 * @param columnNaming what becomes of column names that Delta refuses by default
 */
public record TargetLayout(
    String catalog,
    Layer layer,
    String schemaPrefix,
    String tablePrefix,
    ColumnNaming columnNaming) {

  /**
   * Takes all parts at once; {@link #in} is the way to make one.
   *
   * @param catalog the catalog that all tables go to; not blank
   * @param layer the first part of each schema's name
   * @param schemaPrefix the second part of each schema's name
   * @param tablePrefix what stands before each table's name
   * @param columnNaming what becomes of column names that Delta refuses by default
   * @throws IllegalArgumentException if Unity Catalog has no such catalog, because its name is
   *     blank or holds a character that names may not hold
   */
  public TargetLayout {
    Objects.requireNonNull(layer, "layer");
    Objects.requireNonNull(schemaPrefix, "schemaPrefix");
    Objects.requireNonNull(tablePrefix, "tablePrefix");
    Objects.requireNonNull(columnNaming, "columnNaming");
    if (catalog.isBlank()
        || catalog.length() > Databricks.LONGEST_NAME
        || catalog.chars().anyMatch(c -> Databricks.refusedInObject((char) c))) {
      throw new IllegalArgumentException(
          "A catalog's name is 1 to 255 characters without a point, a slash or a space.");
    }
  }

  /**
   * {@return the bronze layout of a catalog, with no prefixes and with plain column names}
   *
   * @param catalog the catalog's name
   * @throws IllegalArgumentException if Unity Catalog has no such catalog
   */
  public static TargetLayout in(String catalog) {
    return new TargetLayout(catalog, Layer.BRONZE, "", "", ColumnNaming.PLAIN);
  }

  /**
   * {@return a copy as an import's options ask for it: their layer, and {@code stg_} before the
   * names of staging tables, unless there is a prefix}
   *
   * @param options of the import
   */
  public TargetLayout following(ImportOptions options) {
    TargetLayout layout = withLayer(options.layer());
    return options.entityType() == EntityType.STAGING && tablePrefix.isEmpty()
        ? layout.withTablePrefix("stg_")
        : layout;
  }

  /**
   * {@return a copy for another layer}
   *
   * @param other the layer
   */
  public TargetLayout withLayer(Layer other) {
    return new TargetLayout(catalog, other, schemaPrefix, tablePrefix, columnNaming);
  }

  /**
   * {@return a copy with a part of each schema's name, behind the layer}
   *
   * @param prefix for example the connection's name; empty for none
   */
  public TargetLayout withSchemaPrefix(String prefix) {
    return new TargetLayout(catalog, layer, prefix, tablePrefix, columnNaming);
  }

  /**
   * {@return a copy with something before each table's name}
   *
   * @param prefix for example {@code stg_}; empty for none
   */
  public TargetLayout withTablePrefix(String prefix) {
    return new TargetLayout(catalog, layer, schemaPrefix, prefix, columnNaming);
  }

  /**
   * {@return a copy with another rule for column names}
   *
   * @param naming what becomes of names that Delta refuses by default
   */
  public TargetLayout withColumnNaming(ColumnNaming naming) {
    return new TargetLayout(catalog, layer, schemaPrefix, tablePrefix, naming);
  }

  /** The schema's name before it is made valid and unique. */
  String wantedSchema(SchemaName source) {
    StringBuilder name = new StringBuilder(TableJson.lower(layer));
    for (String part : new String[] {schemaPrefix, source.catalog().orElse(""), source.schema()}) {
      // The root directory has a name that says nothing.
      if (!part.isBlank() && !part.equals(".")) {
        name.append('_').append(part);
      }
    }
    return name.toString();
  }

  /** The table's name before it is made valid and unique. */
  String wantedTable(String source) {
    return tablePrefix + source;
  }
}
