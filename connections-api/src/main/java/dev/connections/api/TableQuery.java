package dev.connections.api;

import java.util.Objects;
import java.util.Optional;

/**
 * Which tables to list.
 *
 * @param schema in which schema
 * @param nameContains only tables whose name contains this text, without regard to case
 * @param limit how many at most on one page; at least 1
 * @param pageToken where to go on: the token of the page before
 */
public record TableQuery(
    SchemaName schema, Optional<String> nameContains, int limit, Optional<String> pageToken) {
  /** How many tables a page has unless something else is asked for. */
  public static final int DEFAULT_LIMIT = 200;

  /**
   * Checks the bounds.
   *
   * @param schema in which schema
   * @param nameContains only tables whose name contains this text
   * @param limit at least 1
   * @param pageToken the token of the page before
   * @throws IllegalArgumentException if the limit is less than 1
   */
  public TableQuery {
    Objects.requireNonNull(schema, "schema");
    Objects.requireNonNull(nameContains, "nameContains");
    Objects.requireNonNull(pageToken, "pageToken");
    if (limit < 1) {
      throw new IllegalArgumentException("a page has at least one item");
    }
  }

  /**
   * {@return a query for the first page of all tables of a schema}
   *
   * @param schema in which schema
   */
  public static TableQuery of(SchemaName schema) {
    return new TableQuery(schema, Optional.empty(), DEFAULT_LIMIT, Optional.empty());
  }

  /**
   * {@return a copy for tables whose name contains a text}
   *
   * @param text compared without regard to case
   */
  public TableQuery nameContains(String text) {
    return new TableQuery(schema, Optional.of(text), limit, pageToken);
  }

  /**
   * {@return a copy with another page size}
   *
   * @param size at least 1
   * @throws IllegalArgumentException if it is less
   */
  public TableQuery limit(int size) {
    return new TableQuery(schema, nameContains, size, pageToken);
  }

  /**
   * {@return a copy for another page}
   *
   * @param token the token of the page before
   */
  public TableQuery after(String token) {
    return new TableQuery(schema, nameContains, limit, Optional.of(token));
  }
}
