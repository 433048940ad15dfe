package dev.connections.core.history;

import dev.connections.core.TestStatus;
import dev.connections.core.importing.ImportReport;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * Which past runs to list, the latest first. Parts that are left empty filter nothing; the others
 * must all hold.
 *
 * <p>Immutable. Made by {@link #ofTests} or {@link #ofImports} and completed by the other methods.
 *
 * @param connection only runs of this connection
 * @param result only runs that ended so
 * @param from only runs that ended then or later
 * @param until only runs that ended before
 * @param limit how many on a page; 1 to {@value #GREATEST_LIMIT}
 * @param pageToken the token of the page before
 * @param <R> how such a run ends
 */
public record HistoryQuery<R extends Enum<R>>(
    Optional<String> connection,
    Optional<R> result,
    Optional<Instant> from,
    Optional<Instant> until,
    int limit,
    Optional<String> pageToken) {
  /** How many runs a page has unless something else is asked for. */
  public static final int DEFAULT_LIMIT = 50;

  /** How many runs a page has at most. */
  public static final int GREATEST_LIMIT = 1000;

  /**
   * Checks the bounds.
   *
   * @param connection only runs of this connection
   * @param result only runs that ended so
   * @param from only runs that ended then or later
   * @param until only runs that ended before
   * @param limit how many on a page
   * @param pageToken the token of the page before
   * @throws IllegalArgumentException if the limit is out of bounds
   */
  public HistoryQuery {
    Objects.requireNonNull(connection, "connection");
    Objects.requireNonNull(result, "result");
    Objects.requireNonNull(from, "from");
    Objects.requireNonNull(until, "until");
    Objects.requireNonNull(pageToken, "pageToken");
    if (limit < 1 || limit > GREATEST_LIMIT) {
      throw new IllegalArgumentException("a page has 1 to " + GREATEST_LIMIT + " runs");
    }
  }

  private static <R extends Enum<R>> HistoryQuery<R> all() {
    return new HistoryQuery<R>(
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        DEFAULT_LIMIT,
        Optional.empty());
  }

  /** {@return a query for the latest tests of all connections} */
  public static HistoryQuery<TestStatus> ofTests() {
    return all();
  }

  /** {@return a query for the latest imports of all connections} */
  public static HistoryQuery<ImportReport.Status> ofImports() {
    return all();
  }

  /**
   * {@return a copy for the runs of one connection}
   *
   * @param id the connection's id
   */
  public HistoryQuery<R> connection(String id) {
    return new HistoryQuery<>(Optional.of(id), result, from, until, limit, pageToken);
  }

  /**
   * {@return a copy for runs that ended in one way}
   *
   * @param wanted how
   */
  public HistoryQuery<R> result(R wanted) {
    return new HistoryQuery<>(connection, Optional.of(wanted), from, until, limit, pageToken);
  }

  /**
   * {@return a copy for runs that ended at a time or later}
   *
   * @param time the first that counts
   */
  public HistoryQuery<R> from(Instant time) {
    return new HistoryQuery<>(connection, result, Optional.of(time), until, limit, pageToken);
  }

  /**
   * {@return a copy for runs that ended before a time}
   *
   * @param time the first that doesn't count
   */
  public HistoryQuery<R> until(Instant time) {
    return new HistoryQuery<>(connection, result, from, Optional.of(time), limit, pageToken);
  }

  /**
   * {@return a copy with another page size}
   *
   * @param size 1 to {@value #GREATEST_LIMIT}
   * @throws IllegalArgumentException if it is out of bounds
   */
  public HistoryQuery<R> limit(int size) {
    return new HistoryQuery<>(connection, result, from, until, size, pageToken);
  }

  /**
   * {@return a copy for the page after another}
   *
   * @param token the token of the page before
   */
  public HistoryQuery<R> after(String token) {
    return new HistoryQuery<>(connection, result, from, until, limit, Optional.of(token));
  }
}
