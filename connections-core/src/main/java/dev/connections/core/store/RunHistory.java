package dev.connections.core.store;

import dev.connections.api.Page;
import dev.connections.core.access.Actor;
import dev.connections.core.history.HistoryQuery;
import dev.connections.core.history.HistorySettings;
import java.time.Instant;

/**
 * The tests and imports that have ended. Rows are deleted with their connection. Failures are as
 * those of {@link ConnectionStore}; what is added within {@link ConnectionStore#atomically} is kept
 * with the rest of that work.
 */
public interface RunHistory {
  /**
   * Adds a run, and deletes the runs of its kind and connection that are too many or too old.
   *
   * @param run with an id that no other has
   * @param limits how many stay, at least one; the age counts back from the end of this run
   * @return whether its connection is there; if not, nothing is kept
   */
  boolean add(StoredRun run, HistorySettings limits);

  /**
   * Deletes runs that have ended before a time, the oldest first, whose connections they may be: so
   * they go also where no further run is added.
   *
   * @param before runs that ended earlier
   * @param most how many at most; positive
   * @return how many were deleted
   */
  int deleteOld(Instant before, int most);

  /**
   * {@return a page of the runs of connections that an actor may see, the latest first}
   *
   * @param viewer he sees runs of what {@link dev.connections.core.access.AccessRules} say he may
   *     see
   * @param kind which runs
   * @param query which of them; its result is compared with the stored spelling
   * @throws dev.connections.api.ConnectionException with {@link
   *     dev.connections.core.CoreErrorCode#INVALID_ARGUMENT} if the page token isn't one of such a
   *     list
   */
  Page<StoredRun> list(Actor viewer, StoredRun.Kind kind, HistoryQuery<?> query);
}
