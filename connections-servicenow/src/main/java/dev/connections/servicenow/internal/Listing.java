package dev.connections.servicenow.internal;

import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * All records of a query that the user may read.
 *
 * @param rows each once, by their keys
 * @param total how many there are, hidden ones included
 */
record Listing<T extends Row>(List<T> rows, long total) {
  /** Of records that came twice the newer one counts. */
  static <T extends Row> Listing<T> of(Collection<T> read, long total) {
    Map<String, T> byId = new HashMap<>(read.size() * 2);
    for (T row : read) {
      byId.merge(row.id(), row, Listing::newer);
    }
    List<T> rows = byId.values().stream().sorted(Comparator.comparing(Row::id)).toList();
    return new Listing<>(rows, Math.max(total, rows.size()));
  }

  private static <T extends Row> T newer(T one, T other) {
    return one.updated().compareTo(other.updated()) >= 0 ? one : other;
  }

  /** The records of several queries, of which no two have the same. */
  static <T extends Row> Listing<T> joined(Collection<Listing<T>> parts) {
    List<T> rows = parts.stream().flatMap(part -> part.rows().stream()).toList();
    return Listing.of(rows, parts.stream().mapToLong(Listing::total).sum());
  }

  long hidden() {
    return total - rows.size();
  }

  /** {@return count and newest change, as {@link Freshness} asks for them} */
  String freshness() {
    return rows.stream()
        .max(Comparator.comparing(Row::updated).thenComparing(Row::id))
        .map(newest -> Freshness.text(total, newest))
        .orElse(Freshness.text(total));
  }
}
