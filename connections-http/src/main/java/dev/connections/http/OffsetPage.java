package dev.connections.http;

import java.util.List;
import java.util.Objects;
import java.util.OptionalLong;

/**
 * A page of a list that is read by offset.
 *
 * @param rows those the login may read; fewer than asked for doesn't mean the end
 * @param total how many the list has, hidden ones included, where that was counted
 * @param more whether there is a next page
 * @param asAsked whether the rows are of the kind that was asked for; else it is the answer to
 *     another request
 * @param <T> what a row is read as
 */
public record OffsetPage<T>(List<T> rows, OptionalLong total, boolean more, boolean asAsked) {
  /**
   * Keeps an immutable copy of the rows.
   *
   * @param rows those the login may read
   * @param total how many the list has
   * @param more whether there is a next page
   * @param asAsked whether the rows are of the kind that was asked for
   */
  public OffsetPage {
    rows = List.copyOf(rows);
    Objects.requireNonNull(total, "total");
  }
}
