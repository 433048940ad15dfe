package dev.connections.core;

import dev.connections.api.Notice;
import dev.connections.api.Page;
import dev.connections.api.StandardErrorCode;
import dev.connections.core.access.Actor;
import dev.connections.core.history.HistoryQuery;
import dev.connections.core.history.PastImport;
import dev.connections.core.history.PastTest;
import dev.connections.core.importing.ImportReport;
import dev.connections.core.internal.history.ImportForm;
import dev.connections.core.internal.history.TestForm;
import dev.connections.core.observe.ObservedOperation;
import dev.connections.core.store.RunHistory;
import dev.connections.core.store.StoredRun;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;

/**
 * The past tests and imports of connections that an actor may see. Reached by {@link
 * TenantConnections#history}.
 *
 * <p>A run is kept when it has come to its end: a test when it has a result, an import when it has
 * a report. One whose process died, and a test that was cancelled, leave nothing. How much is kept
 * says {@link Connections.Builder#history}; runs are deleted with their connection.
 *
 * <p>Safe for any thread.
 */
public final class History {
  private final Actor actor;
  private final Workings workings;

  History(Actor actor, Workings workings) {
    this.actor = actor;
    this.workings = workings;
  }

  /**
   * {@return a page of past tests, the latest first} Tests of drafts aren't among them, but for
   * those that {@link TenantConnections#createTested(ConnectionDraft)} stored.
   *
   * @param query which of them; if it names a connection that isn't there, or that the actor may
   *     not see, the call fails as all calls on it do
   * @throws dev.connections.api.ConnectionException with {@link CoreErrorCode#INVALID_ARGUMENT} if
   *     the page token isn't one of such a list
   */
  public Page<PastTest> tests(HistoryQuery<TestStatus> query) {
    return list(StoredRun.Kind.TEST, query, TestForm::read);
  }

  /**
   * {@return a page of past imports, the latest first}
   *
   * @param query as for {@link #tests}
   * @throws dev.connections.api.ConnectionException as {@link #tests} does
   */
  public Page<PastImport> imports(HistoryQuery<ImportReport.Status> query) {
    return list(StoredRun.Kind.IMPORT, query, ImportForm::read);
  }

  private <R extends Enum<R>, T> Page<T> list(
      StoredRun.Kind kind, HistoryQuery<R> query, Function<StoredRun, Optional<T>> reader) {
    workings.calls().refuseIfClosed();
    return workings
        .observer()
        .timed(
            ObservedOperation.LOOK_UP,
            () -> {
              query.connection().ifPresent(id -> workings.access().see(actor, id));
              return workings
                  .store()
                  .runs()
                  .map(history -> read(history, kind, recent(query), reader))
                  .orElseGet(() -> Page.only(List.of()));
            });
  }

  private <R extends Enum<R>> HistoryQuery<R> recent(HistoryQuery<R> query) {
    Instant oldest = workings.clock().instant().minus(workings.history().age());
    return query.from().filter(oldest::isBefore).isPresent() ? query : query.from(oldest);
  }

  private <T> Page<T> read(
      RunHistory history,
      StoredRun.Kind kind,
      HistoryQuery<?> query,
      Function<StoredRun, Optional<T>> reader) {
    Page<StoredRun> page = history.list(actor, kind, query);
    List<T> runs = new ArrayList<>();
    page.items().forEach(row -> reader.apply(row).ifPresent(runs::add));
    int foreign = page.items().size() - runs.size();
    return new Page<>(
        runs,
        page.next(),
        OptionalLong.empty(),
        foreign == 0 ? List.of() : List.of(hidden(foreign)));
  }

  private static Notice hidden(long count) {
    return Notice.of(
            StandardErrorCode.UNSUPPORTED,
            new Notice.Scope.Source(),
            "Some runs were kept in a form that this version of the library doesn't know.")
        .withRemedy("Look at them with the version that has written them.")
        .withHidden(count);
  }
}
