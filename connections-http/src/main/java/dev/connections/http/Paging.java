package dev.connections.http;

import dev.connections.api.ConnectionException;
import dev.connections.api.Operation;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;

/** Ways to read a list page by page that end, whatever the service answers. */
public final class Paging {
  private Paging() {}

  /**
   * A page, and where the next one is.
   *
   * @param rows what is on it; may be empty although there are more
   * @param next a token, a cursor or an address; empty on the last page
   * @param <T> the rows
   */
  public record Slice<T>(List<T> rows, Optional<String> next) {
    /**
     * Keeps an immutable copy of the rows.
     *
     * @param rows what is on the page
     * @param next where the next one is
     */
    public Slice {
      rows = List.copyOf(rows);
      Objects.requireNonNull(next, "next");
    }
  }

  /**
   * A range of rows.
   *
   * @param offset the number of its first row, from 0
   * @param limit how many rows it has at most
   */
  public record Range(long offset, int limit) {}

  /**
   * Reads pages one after another by what each says of the next. A token that comes again, and a
   * page that repeats the one before, end it with a failure instead of going on for ever.
   *
   * @param service whose failures are thrown
   * @param fetch reads a page: the first for nothing, others for what the page before said
   * @param rows gets the rows of each page that was read to its end
   * @param operation checked between two pages
   * @param <T> the rows; they implement {@code equals}
   * @throws ConnectionException with {@link HttpErrorCode#PAGE_REPEATED}, or what fetching threw
   */
  public static <T> void follow(
      HttpService service,
      Function<Optional<String>, Slice<T>> fetch,
      Consumer<List<T>> rows,
      Operation operation) {
    Set<String> seen = new HashSet<>();
    List<T> before = List.of();
    Optional<String> next = Optional.empty();
    do {
      operation.checkpoint();
      Slice<T> slice = fetch.apply(next);
      boolean again = !slice.rows().isEmpty() && slice.rows().equals(before);
      next = slice.next();
      if (again || next.filter(token -> !seen.add(token)).isPresent()) {
        throw service.failures().of(HttpErrorCode.PAGE_REPEATED).asException();
      }
      before = slice.rows();
      rows.accept(slice.rows());
    } while (next.isPresent());
  }

  /**
   * {@return the ranges that are left after the first page} They may be read at the same time; a
   * {@link PageGuard} tells if one comes again.
   *
   * @param read how many rows the first page covered, hidden ones included
   * @param total how many rows there are
   * @param size how many rows a page has at most; at least 1
   */
  public static List<Range> after(long read, long total, int size) {
    List<Range> ranges = new ArrayList<>();
    for (long offset = read; offset < total; offset += size) {
      ranges.add(new Range(offset, size));
    }
    return ranges;
  }
}
