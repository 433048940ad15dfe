package dev.connections.core.importing;

import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A pattern for tables, part by part. {@code *} stands for any characters or none, also for a
 * {@code /}; {@code **} means the same; {@code ?} stands for one character; a backslash takes the
 * meaning from the character after it. Upper and lower case are the same. A part that is {@link
 * #ANY} matches everything.
 *
 * @param catalog pattern for the catalog; a source without catalogs has an empty one
 * @param schema pattern for the schema's own name
 * @param table pattern for the table's own name
 */
public record TablePattern(String catalog, String schema, String table) {
  /** Matches any name. */
  public static final String ANY = "*";

  /** The longest part, in characters; it bounds the time that a match takes. */
  public static final int LONGEST_PART = 1_000;

  /**
   * Checks the parts.
   *
   * @param catalog pattern for the catalog
   * @param schema pattern for the schema's own name
   * @param table pattern for the table's own name
   * @throws IllegalArgumentException if schema or table is empty, or a part is longer than {@link
   *     #LONGEST_PART}
   */
  public TablePattern {
    Objects.requireNonNull(catalog, "catalog");
    Objects.requireNonNull(schema, "schema");
    Objects.requireNonNull(table, "table");
    if (schema.isEmpty() || table.isEmpty()) {
      throw new IllegalArgumentException("a pattern with an empty part matches nothing");
    }
    for (String part : List.of(catalog, schema, table)) {
      if (part.length() > LONGEST_PART) {
        throw new IllegalArgumentException("a pattern is longer than " + LONGEST_PART);
      }
    }
  }

  /**
   * {@return a pattern for tables of schemas, in any catalog}
   *
   * @param schema pattern for the schema's own name
   * @param table pattern for the table's own name
   */
  public static TablePattern of(String schema, String table) {
    return new TablePattern(ANY, schema, table);
  }

  /**
   * {@return a pattern for all tables of schemas}
   *
   * @param schema pattern for the schema's own name
   */
  public static TablePattern schemas(String schema) {
    return of(schema, ANY);
  }

  /**
   * {@return a pattern for tables of any schema}
   *
   * @param table pattern for the table's own name
   */
  public static TablePattern tables(String table) {
    return of(ANY, table);
  }

  /**
   * {@return a copy for some catalogs}
   *
   * @param pattern pattern for the catalog
   */
  public TablePattern inCatalog(String pattern) {
    return new TablePattern(pattern, schema, table);
  }

  /** {@return the parts joined by dots, to be read by people; it can't be taken apart again} */
  public String display() {
    return Stream.of(catalog.equals(ANY) ? "" : catalog, schema, table)
        .filter(part -> !part.isEmpty())
        .collect(Collectors.joining("."));
  }
}
