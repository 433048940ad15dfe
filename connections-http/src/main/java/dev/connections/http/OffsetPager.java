package dev.connections.http;

import dev.connections.api.ConnectionException;
import dev.connections.api.ErrorCode;
import dev.connections.api.Operation;
import dev.connections.api.Parallel;
import dev.connections.api.StandardErrorCode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Reads lists by offset to their ends, several pages at a time. A short page isn't the end, for
 * rows may be hidden after the limit was applied: what counts is the number of rows. Pages begin
 * large; what a service can't answer is asked for by halves, and the size that worked is
 * remembered. A page that came instead of the one that was asked for is asked for once more.
 *
 * <p>Safe for any thread; one for each connection.
 */
public final class OffsetPager {
  /** What fewer rows at once may bring. A page that came damaged may come whole the next time. */
  private static final Set<ErrorCode> CURED_BY_LESS =
      Set.of(
          StandardErrorCode.TIMEOUT,
          StandardErrorCode.UNAVAILABLE,
          StandardErrorCode.CONNECTION_LOST,
          StandardErrorCode.MALFORMED_DATA,
          StandardErrorCode.TOO_LARGE);

  /** Nobody keeps more rows in memory; a service that counts more means something else, or ill. */
  static final long MOST_ROWS = 10_000_000;

  /** All that a login sees may be behind a million rows that it doesn't. */
  private static final int LOOKED_AT = 20; // pages without a row

  private final HttpService service;
  private final Parallel parallel;
  private final int workers;
  private final int least;
  private final AtomicInteger size;
  private final List<ErrorCode> cured;

  /**
   * A list whose rows are asked for in the order of their keys.
   *
   * @param <T> what a row is read as
   */
  public interface Source<T> {
    /**
     * {@return a page}
     *
     * @param offset the number of its first row, from 0
     * @param limit how many rows it has at most
     * @param counted whether the number of all rows is wanted too
     */
    OffsetPage<T> page(long offset, int limit, boolean counted);

    /**
     * {@return the key of a row, by which pages are in order; empty text for none}
     *
     * @param row a row of it
     */
    String key(T row);

    /**
     * {@return whether a row is one that was asked for} Services leave out conditions that they
     * don't understand.
     *
     * @param row a row that came
     */
    boolean asked(T row);

    /** {@return what to throw where the service doesn't keep the order} */
    ConnectionException unsorted();
  }

  /**
   * All rows that came.
   *
   * @param rows in no order; those of two pages may be the same
   * @param total how many the list has, hidden ones included
   * @param <T> what a row is read as
   */
  public record Read<T>(List<T> rows, long total) {
    /**
     * Keeps an immutable copy of the rows.
     *
     * @param rows in no order
     * @param total how many the list has
     */
    public Read {
      rows = List.copyOf(rows);
    }
  }

  /**
   * The first rows of a list.
   *
   * @param rows in the order in which they came
   * @param more whether there are others, or may be behind many that are hidden
   * @param <T> what a row is read as
   */
  public record First<T>(List<T> rows, boolean more) {
    /**
     * Keeps an immutable copy of the rows.
     *
     * @param rows in the order in which they came
     * @param more whether there are others
     */
    public First {
      rows = List.copyOf(rows);
    }
  }

  /**
   * Makes a pager.
   *
   * @param service whose failures are thrown
   * @param parallel runs requests side by side
   * @param workers how many at a time
   * @param largest how many rows the first page is asked for
   * @param least smaller pages aren't asked for
   * @param cured further failures that fewer rows may cure
   */
  public OffsetPager(
      HttpService service,
      Parallel parallel,
      int workers,
      int largest,
      int least,
      ErrorCode... cured) {
    this.service = service;
    this.parallel = parallel;
    this.workers = workers;
    this.least = least;
    this.size = new AtomicInteger(largest);
    this.cured = List.of(cured);
  }

  /**
   * {@return whether fewer rows at once may bring what failed}
   *
   * @param failed what a page failed with
   */
  public boolean mayBeCuredByLess(ConnectionException failed) {
    return curedByLess(failed) || cured.stream().anyMatch(failed::is);
  }

  /**
   * {@return whether fewer rows at once may bring what failed, as far as that is so of any service}
   *
   * @param failed what a page failed with
   */
  public static boolean curedByLess(ConnectionException failed) {
    return CURED_BY_LESS.stream().anyMatch(failed::is);
  }

  /**
   * {@return all rows of a list}
   *
   * @param source the list
   * @param operation checked between pages
   * @param <T> what a row is read as
   * @throws ConnectionException what a page failed with; {@link HttpErrorCode#PAGE_REPEATED}; or
   *     what the source throws where nobody sorts
   */
  public <T> Read<T> read(Source<T> source, Operation operation) {
    return new Reading<>(source, operation).read(size.get());
  }

  /**
   * {@return one page, in whatever order, and whether there is more} For who can't have an order.
   *
   * @param source the list; its pages needn't be in order
   * @param operation checked between attempts
   * @param <T> what a row is read as
   * @throws ConnectionException what the page failed with
   */
  public <T> OffsetPage<T> any(Source<T> source, Operation operation) {
    return new Reading<>(source, operation).any(size.get());
  }

  /**
   * {@return the first rows of a list that the login may see} Pages are read one after another
   * until there are enough. Where all rows are hidden, few pages are looked at.
   *
   * @param source the list; its pages needn't be in order
   * @param most how many rows are returned at most
   * @param operation checked between pages
   * @param <T> what a row is read as
   * @throws ConnectionException what a page failed with
   */
  public <T> First<T> first(Source<T> source, int most, Operation operation) {
    return new Reading<>(source, operation).first(most, Math.min(size.get(), most + 1));
  }

  private final class Reading<T> {
    private final Source<T> source;
    private final Operation operation;
    private final PageGuard guard = new PageGuard(service);
    private final List<T> rows = Collections.synchronizedList(new ArrayList<>());
    private volatile String last = "";

    Reading(Source<T> source, Operation operation) {
      this.source = source;
      this.operation = operation;
    }

    Read<T> read(int limit) {
      OffsetPage<T> first;
      try {
        first = page(0, limit, true);
      } catch (ConnectionException failed) {
        return read(less(limit, failed));
      }
      last = first.rows().isEmpty() ? "" : source.key(first.rows().get(first.rows().size() - 1));
      rows.addAll(first.rows());
      if (first.total().isEmpty()) {
        return oneByOne(limit, first.more());
      }
      long total = first.total().getAsLong();
      checkSize(total);
      parallel.forEach(
          Paging.after(limit, total, limit),
          workers,
          operation,
          range -> rows.addAll(range(range.offset(), range.limit())));
      return new Read<>(rows, total);
    }

    First<T> first(int most, int least) {
      List<T> found = new ArrayList<>();
      int limit = least;
      long offset = 0;
      long total = Long.MAX_VALUE;
      boolean more = true;
      int empty = 0;
      while (more && found.size() <= most && empty < LOOKED_AT) {
        OffsetPage<T> page;
        try {
          page = unsorted(offset, limit);
        } catch (ConnectionException failed) {
          limit = less(limit, failed);
          continue;
        }
        found.addAll(page.rows());
        offset += limit;
        total = page.total().orElse(total);
        more = page.more() && offset < total;
        if (page.rows().isEmpty()) {
          empty++;
          limit = Math.min(size.get(), limit * 4);
        }
      }
      return new First<>(
          found.subList(0, Math.min(most, found.size())), more || found.size() > most);
    }

    private OffsetPage<T> unsorted(long offset, int limit) {
      OffsetPage<T> page = source.page(offset, limit, offset == 0);
      if (!asAsked(page)) {
        throw service.failures().of(StandardErrorCode.MALFORMED_DATA).asException();
      }
      return page;
    }

    OffsetPage<T> any(int limit) {
      try {
        OffsetPage<T> page = unsorted(0, limit);
        boolean more = page.total().orElse(Long.MAX_VALUE) > limit;
        return new OffsetPage<>(page.rows(), page.total(), more, true);
      } catch (ConnectionException failed) {
        return any(less(limit, failed));
      }
    }

    /** Without a count there is only the word of each page that there is a next one. */
    private Read<T> oneByOne(int limit, boolean more) {
      boolean next = more;
      for (long offset = limit; next; offset += limit) {
        OffsetPage<T> page = page(offset, limit, false);
        rows.addAll(page.rows());
        checkSize(rows.size());
        next = page.more();
      }
      return new Read<>(rows, rows.size());
    }

    private void checkSize(long count) {
      if (count > MOST_ROWS) {
        throw service.failures().of(StandardErrorCode.TOO_LARGE).asException();
      }
    }

    private List<T> range(long offset, int limit) {
      try {
        return page(offset, limit, false).rows();
      } catch (ConnectionException failed) {
        int half = less(limit, failed);
        List<T> both = new ArrayList<>(range(offset, half));
        both.addAll(range(offset + half, limit - half));
        return both;
      }
    }

    private int less(int limit, ConnectionException failed) {
      operation.checkpoint();
      if (limit <= least || !mayBeCuredByLess(failed)) {
        throw failed;
      }
      int half = Math.max(least, limit / 2);
      size.accumulateAndGet(half, Math::min);
      return half;
    }

    /** A page that came instead of the one that was asked for may have been an accident: once. */
    private OffsetPage<T> page(long offset, int limit, boolean counted) {
      OffsetPage<T> page = source.page(offset, limit, counted);
      if (page.total().isPresent() == counted && fits(page, offset, limit)) {
        return page;
      }
      OffsetPage<T> again = source.page(offset, limit, counted);
      if (fits(again, offset, limit)) {
        return again;
      }
      throw ordered(again.rows())
          ? service.failures().of(HttpErrorCode.PAGE_REPEATED).asException()
          : source.unsorted();
    }

    private boolean asAsked(OffsetPage<T> page) {
      return page.asAsked() && page.rows().stream().allMatch(source::asked);
    }

    /** Whether a page is what was asked for: its rows, in order, and behind the first page's. */
    private boolean fits(OffsetPage<T> page, long offset, int limit) {
      boolean only = offset == 0 && page.total().orElse(Long.MAX_VALUE) <= limit;
      Optional<String> first = page.rows().stream().findFirst().map(source::key);
      boolean behind =
          offset == 0
              || first.map(key -> !isHex(key) || !isHex(last) || isAfterLast(key)).orElse(true);
      return asAsked(page)
          && (only || ordered(page.rows()))
          && behind
          && guard.isNew(offset, first.filter(key -> !key.isEmpty()));
    }

    private boolean isAfterLast(String key) {
      return key.compareTo(last) > 0;
    }

    /** Databases agree on how these are sorted, and not on other signs. */
    private static boolean isHex(String key) {
      return key.matches("[0-9a-f]{32}");
    }

    /** Where every tenth row is out of order, nobody sorted. */
    private boolean ordered(List<T> page) {
      int inversions = 0;
      for (int i = 1; i < page.size(); i++) {
        inversions += source.key(page.get(i - 1)).compareTo(source.key(page.get(i))) > 0 ? 1 : 0;
      }
      return inversions * 10 <= page.size();
    }
  }
}
