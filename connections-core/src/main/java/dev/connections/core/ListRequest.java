package dev.connections.core;

import java.util.Objects;
import java.util.Optional;

/**
 * Which page of a list is wanted, in which order.
 *
 * @param sort by what
 * @param descending whether the greatest comes first
 * @param limit how many on a page; 1 to {@value #GREATEST_LIMIT}
 * @param pageToken the token of the page before; it belongs to one sort and direction
 */
public record ListRequest(
    ConnectionSort sort, boolean descending, int limit, Optional<String> pageToken) {
  /** How many connections a page has unless something else is asked for. */
  public static final int DEFAULT_LIMIT = 50;

  /** How many connections a page has at most. */
  public static final int GREATEST_LIMIT = 1000;

  /**
   * Checks the bounds.
   *
   * @param sort by what
   * @param descending whether the greatest comes first
   * @param limit how many on a page
   * @param pageToken the token of the page before
   * @throws IllegalArgumentException if the limit is out of bounds
   */
  public ListRequest {
    Objects.requireNonNull(sort, "sort");
    Objects.requireNonNull(pageToken, "pageToken");
    if (limit < 1 || limit > GREATEST_LIMIT) {
      throw new IllegalArgumentException("a page has 1 to " + GREATEST_LIMIT + " connections");
    }
  }

  /** {@return a request for the first page, by name} */
  public static ListRequest first() {
    return by(ConnectionSort.NAME);
  }

  /**
   * {@return a request for the first page in an order}
   *
   * @param sort by what
   */
  public static ListRequest by(ConnectionSort sort) {
    return new ListRequest(sort, false, DEFAULT_LIMIT, Optional.empty());
  }

  /** {@return a copy with the greatest first} */
  public ListRequest backwards() {
    return new ListRequest(sort, true, limit, pageToken);
  }

  /**
   * {@return a copy with another page size}
   *
   * @param size 1 to {@value #GREATEST_LIMIT}
   * @throws IllegalArgumentException if it is out of bounds
   */
  public ListRequest limit(int size) {
    return new ListRequest(sort, descending, size, pageToken);
  }

  /**
   * {@return a copy for the page after another}
   *
   * @param token the token of the page before
   */
  public ListRequest after(String token) {
    return new ListRequest(sort, descending, limit, Optional.of(token));
  }
}
