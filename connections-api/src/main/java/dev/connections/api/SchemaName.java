package dev.connections.api;

import java.util.Comparator;
import java.util.Objects;
import java.util.Optional;

/**
 * The name of a schema: parts, never a joined string. Compared part by part, as the source spells
 * them.
 *
 * @param catalog the catalog or database, where the source has such a level
 * @param schema the schema's own name
 */
public record SchemaName(Optional<String> catalog, String schema)
    implements Comparable<SchemaName> {
  private static final Comparator<SchemaName> ORDER =
      Comparator.comparing((SchemaName name) -> name.catalog().orElse(""))
          .thenComparing(SchemaName::schema);

  /**
   * Checks that no part is null.
   *
   * @param catalog the catalog or database
   * @param schema the schema's own name
   */
  public SchemaName {
    Objects.requireNonNull(catalog, "catalog");
    Objects.requireNonNull(schema, "schema");
  }

  /**
   * {@return the name of a schema of a source without catalogs}
   *
   * @param schema the schema's own name
   */
  public static SchemaName of(String schema) {
    return new SchemaName(Optional.empty(), schema);
  }

  /**
   * {@return the name of a schema in a catalog}
   *
   * @param catalog the catalog or database
   * @param schema the schema's own name
   */
  public static SchemaName of(String catalog, String schema) {
    return new SchemaName(Optional.of(catalog), schema);
  }

  /**
   * {@return the name of a table in this schema}
   *
   * @param table the table's own name
   */
  public TableName table(String table) {
    return new TableName(this, table);
  }

  @Override
  public int compareTo(SchemaName other) {
    return ORDER.compare(this, other);
  }

  /** {@return the parts joined by dots, to be read by people; it can't be taken apart again} */
  public String display() {
    return catalog.map(name -> name + "." + schema).orElse(schema);
  }
}
