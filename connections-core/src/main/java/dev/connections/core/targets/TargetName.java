package dev.connections.core.targets;

import java.util.Objects;

/**
 * The name of a table in Unity Catalog.
 *
 * @param catalog the catalog
 * @param schema the schema
 * @param table the table
 */
public record TargetName(String catalog, String schema, String table) {
  /**
   * Checks that no part is null.
   *
   * @param catalog the catalog
   * @param schema the schema
   * @param table the table
   */
  public TargetName {
    Objects.requireNonNull(catalog, "catalog");
    Objects.requireNonNull(schema, "schema");
    Objects.requireNonNull(table, "table");
  }

  /** {@return the name as SQL has it, each part between back-quotes} */
  public String sql() {
    return schemaSql() + "." + Databricks.identifier(table);
  }

  /** {@return the name of the schema as SQL has it, each part between back-quotes} */
  public String schemaSql() {
    return Databricks.identifier(catalog) + "." + Databricks.identifier(schema);
  }

  /** {@return the parts joined by dots, to be read by people} */
  public String display() {
    return catalog + "." + schema + "." + table;
  }
}
