package dev.connections.servicenow.internal;

import dev.connections.api.ConnectionException;
import dev.connections.api.Operation;
import dev.connections.api.Parallel;
import dev.connections.api.StandardErrorCode;
import dev.connections.http.JsonObject;
import dev.connections.http.OffsetPage;
import dev.connections.http.OffsetPager;
import dev.connections.servicenow.ServiceNowErrorCode;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * Reads tables of the dictionary to their ends, in the order of their keys or, where this user may
 * not sort, as far as a page goes. Safe for any thread; one for each adapter.
 */
final class Pager {
  static final int LARGEST = 10_000;
  static final int WORKERS = 4;
  private static final int LEAST = 500;

  private final TableApi api;
  private final OffsetPager pages;

  /** Tables which this user may read and not sort. */
  private final Set<String> unsorted = ConcurrentHashMap.newKeySet();

  /**
   * @param largest how many rows the first page is asked for
   */
  Pager(TableApi api, Parallel parallel, int largest) {
    this.api = api;
    this.pages = pages(api, parallel, largest, LEAST);
  }

  static OffsetPager pages(TableApi api, Parallel parallel, int largest, int least) {
    return new OffsetPager(
        api.service(),
        parallel,
        WORKERS,
        largest,
        least,
        ServiceNowErrorCode.TRANSACTION_CANCELLED);
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
    if (!unsorted.contains(query.table())) {
      try {
        String sorted = query.orderedBy("ORDERBYsys_id");
        OffsetPager.Read<T> read =
            pages.read(
                new Records<>(api, query, sorted, row, asked, Row::id, operation), operation);
        return Listing.of(read.rows(), read.total());
      } catch (ConnectionException refused) {
        if (!refused.is(StandardErrorCode.PERMISSION_DENIED)) {
          throw refused;
        }
      }
    }
    OffsetPage<T> page = any(query, row, asked, operation);
    unsorted.add(query.table());
    if (page.more()) {
      throw api.failures().orderRefused(query.table()).asException();
    }
    return Listing.of(page.rows(), page.total().orElse(0));
  }

  /**
   * {@return what one page brings, in whatever order, and whether there is more} For who can't have
   * an order.
   *
   * @param asked whether a record is one that was asked for
   */
  <T extends Row> OffsetPage<T> any(
      RecordQuery query, Function<JsonObject, T> row, Predicate<T> asked, Operation operation) {
    return pages.any(
        new Records<>(api, query, query.condition(), row, asked, Row::id, operation), operation);
  }

  /** {@return how many records a query has, hidden ones included; 0 where that isn't said} */
  long count(RecordQuery query, Operation operation) {
    RecordQuery keys = new RecordQuery(query.table(), query.condition(), List.of("sys_id"));
    TableApi.Part part = new TableApi.Part(query.condition(), 0, 1, true);
    return api.page(keys, part, row -> row, operation).total().orElse(0);
  }

  ConnectionException malformed() {
    return api.service().failures().of(StandardErrorCode.MALFORMED_DATA).asException();
  }

  /** {@return whether fewer rows at once may bring what failed} */
  boolean curedByLess(ConnectionException failed) {
    return pages.mayBeCuredByLess(failed);
  }

  record Records<T>(
      TableApi api,
      RecordQuery query,
      String text,
      Function<JsonObject, T> row,
      Predicate<T> which,
      Function<T, String> keyOf,
      Operation operation)
      implements OffsetPager.Source<T> {
    @Override
    public OffsetPage<T> page(long offset, int limit, boolean counted) {
      return api.page(query, new TableApi.Part(text, offset, limit, counted), row, operation);
    }

    @Override
    public String key(T record) {
      return keyOf.apply(record);
    }

    @Override
    public boolean asked(T record) {
      return which.test(record);
    }

    @Override
    public ConnectionException unsorted() {
      return api.failures().orderRefused(query.table()).asException();
    }
  }
}
