package dev.connections.servicenow.internal;

import dev.connections.api.ConnectionException;
import dev.connections.api.Operation;
import dev.connections.api.Parallel;
import dev.connections.api.StandardErrorCode;
import dev.connections.http.HttpErrorCode;
import dev.connections.http.JsonObject;
import dev.connections.http.PageGuard;
import dev.connections.http.Paging;
import dev.connections.servicenow.ServiceNowErrorCode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * Reads tables of the dictionary to their ends. A short page isn't the end, for rows are hidden
 * after the limit was applied: what counts is the number of rows. Pages begin at 10,000 rows; what
 * an instance can't answer is asked for by halves, and the size that worked is remembered.
 *
 * <p>Safe for any thread; one for each adapter.
 */
final class Pager {
  static final int LARGEST = 10_000;
  static final int WORKERS = 4;
  private static final int LEAST = 500;

  /** What a smaller page may cure. A page that came damaged may come whole the next time. */
  private static final Set<String> CURED_BY_LESS =
      Set.of(
          ServiceNowErrorCode.TRANSACTION_CANCELLED.id(),
          StandardErrorCode.TIMEOUT.id(),
          StandardErrorCode.UNAVAILABLE.id(),
          StandardErrorCode.CONNECTION_LOST.id(),
          StandardErrorCode.MALFORMED_DATA.id(),
          StandardErrorCode.TOO_LARGE.id());

  private final TableApi api;
  private final Parallel parallel;
  private final AtomicInteger size;

  /** Tables which this user may read and not sort. */
  private final Set<String> unsorted = ConcurrentHashMap.newKeySet();

  /**
   * @param largest how many rows the first page is asked for
   */
  Pager(TableApi api, Parallel parallel, int largest) {
    this.api = api;
    this.parallel = parallel;
    this.size = new AtomicInteger(largest);
  }

  /** {@return all records of a query} */
  <T extends Row> Listing<T> all(
      RecordQuery query, Function<JsonObject, T> row, Operation operation) {
    return all(query, row, any -> true, operation);
  }

  /**
   * {@return all records of a query}
   *
   * @param asked whether a record is one that was asked for: an instance leaves out conditions that
   *     it doesn't understand
   */
  <T extends Row> Listing<T> all(
      RecordQuery query, Function<JsonObject, T> row, Predicate<T> asked, Operation operation) {
    return new Reading<>(query, row, asked, operation).read();
  }

  /**
   * {@return what one page brings, in whatever order, and whether there is more} For who can't have
   * an order.
   *
   * @param asked whether a record is one that was asked for
   */
  <T extends Row> RecordPage<T> any(
      RecordQuery query, Function<JsonObject, T> row, Predicate<T> asked, Operation operation) {
    return new Reading<>(query, row, asked, operation).any(size.get());
  }

  /** {@return how many records a query has, hidden ones included; 0 where that isn't said} */
  long count(RecordQuery query, Operation operation) {
    RecordQuery keys = new RecordQuery(query.table(), query.condition(), List.of("sys_id"));
    TableApi.Part part = new TableApi.Part(query.condition(), 0, 1, true);
    return api.page(keys, part, row -> row, operation).total().orElse(0);
  }

  /** {@return whether fewer rows at once may bring what failed} */
  static boolean curedByLess(ConnectionException failed) {
    return CURED_BY_LESS.contains(failed.code().id());
  }

  private final class Reading<T extends Row> {
    private final RecordQuery query;
    private final Function<JsonObject, T> row;
    private final Predicate<T> asked;
    private final Operation operation;
    private final PageGuard guard = new PageGuard(api.service());
    private final List<T> rows = Collections.synchronizedList(new ArrayList<>());
    private volatile int covered;
    private volatile String last = "";

    Reading(
        RecordQuery query, Function<JsonObject, T> row, Predicate<T> asked, Operation operation) {
      this.query = query;
      this.row = row;
      this.asked = asked;
      this.operation = operation;
    }

    Listing<T> read() {
      RecordPage<T> first = first(size.get());
      int limit = covered;
      rows.addAll(first.rows());
      if (first.total().isEmpty()) {
        return oneByOne(limit, first.more());
      }
      long total = first.total().getAsLong();
      parallel.forEach(
          Paging.after(limit, total, limit),
          WORKERS,
          operation,
          range -> rows.addAll(range(range.offset(), range.limit())));
      return Listing.of(rows, total);
    }

    private RecordPage<T> first(int limit) {
      if (unsorted.contains(query.table())) {
        covered = limit;
        return unordered(limit);
      }
      try {
        RecordPage<T> page = page(0, limit, true);
        covered = limit;
        last = page.rows().isEmpty() ? "" : page.rows().get(page.rows().size() - 1).id();
        return page;
      } catch (ConnectionException failed) {
        if (failed.is(StandardErrorCode.PERMISSION_DENIED)) {
          covered = limit;
          RecordPage<T> page = unordered(limit);
          unsorted.add(query.table());
          return page;
        }
        return first(less(limit, failed));
      }
    }

    private RecordPage<T> any(int limit) {
      TableApi.Part part = new TableApi.Part(query.condition(), 0, limit, true);
      try {
        RecordPage<T> page = api.page(query, part, row, operation);
        if (!page.asAsked() || !page.rows().stream().allMatch(asked)) {
          throw api.service().failures().of(StandardErrorCode.MALFORMED_DATA).asException();
        }
        boolean more = page.total().orElse(Long.MAX_VALUE) > limit;
        return new RecordPage<>(page.rows(), page.total(), more, true);
      } catch (ConnectionException failed) {
        return any(less(limit, failed));
      }
    }

    /** Where sorting is refused, a table that fits one page needs none. */
    private RecordPage<T> unordered(int limit) {
      RecordPage<T> page = any(limit);
      if (page.more()) {
        unsorted.add(query.table());
        throw api.failures().orderRefused(query.table()).asException();
      }
      return page;
    }

    /** Without a count there is only the word of each page that there is a next one. */
    private Listing<T> oneByOne(int limit, boolean more) {
      boolean next = more;
      for (long offset = limit; next; offset += limit) {
        RecordPage<T> page = page(offset, limit, false);
        rows.addAll(page.rows());
        next = page.more();
      }
      return Listing.of(rows, rows.size());
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
      if (limit <= LEAST || !curedByLess(failed)) {
        throw failed;
      }
      int half = Math.max(LEAST, limit / 2);
      size.accumulateAndGet(half, Math::min);
      return half;
    }

    /** A page that came instead of the one that was asked for may have been an accident: once. */
    private RecordPage<T> page(long offset, int limit, boolean counted) {
      RecordPage<T> page = ask(offset, limit, counted);
      if (page.total().isPresent() == counted && fits(page, offset, limit)) {
        return page;
      }
      RecordPage<T> again = ask(offset, limit, counted);
      if (fits(again, offset, limit)) {
        return again;
      }
      throw (ordered(again.rows())
              ? api.service().failures().of(HttpErrorCode.PAGE_REPEATED)
              : api.failures().orderRefused(query.table()))
          .asException();
    }

    private RecordPage<T> ask(long offset, int limit, boolean counted) {
      TableApi.Part part =
          new TableApi.Part(query.orderedBy("ORDERBYsys_id"), offset, limit, counted);
      return api.page(query, part, row, operation);
    }

    /** Whether a page is what was asked for: its rows, in order, and behind the first page's. */
    private boolean fits(RecordPage<T> page, long offset, int limit) {
      boolean only = offset == 0 && page.total().orElse(Long.MAX_VALUE) <= limit;
      Optional<String> first = page.rows().stream().findFirst().map(Row::id);
      boolean behind =
          offset == 0
              || first.map(id -> !isKey(id) || !isKey(last) || isAfterLast(id)).orElse(true);
      return page.asAsked()
          && page.rows().stream().allMatch(asked)
          && (only || ordered(page.rows()))
          && behind
          && guard.isNew(offset, first.filter(id -> !id.isEmpty()));
    }

    private boolean isAfterLast(String id) {
      return id.compareTo(last) > 0;
    }

    /** Databases agree on how these are sorted, and not on other signs. */
    private static boolean isKey(String id) {
      return id.matches("[0-9a-f]{32}");
    }

    /** Where every tenth row is out of order, nobody sorted. */
    private static boolean ordered(List<? extends Row> rows) {
      int inversions = 0;
      for (int i = 1; i < rows.size(); i++) {
        inversions += rows.get(i - 1).id().compareTo(rows.get(i).id()) > 0 ? 1 : 0;
      }
      return inversions * 10 <= rows.size();
    }
  }
}
