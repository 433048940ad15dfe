package dev.connections.core;

import dev.connections.api.Category;
import dev.connections.api.Failure;
import dev.connections.api.TestResult;
import dev.connections.core.access.Actor;
import dev.connections.core.history.HistoryQuery;
import dev.connections.core.history.HistorySettings;
import dev.connections.core.importing.ImportReport;
import dev.connections.core.internal.history.ImportForm;
import dev.connections.core.internal.history.TestForm;
import dev.connections.core.internal.text.PlainText;
import dev.connections.core.store.RunHistory;
import dev.connections.core.store.StoredConnection;
import dev.connections.core.store.StoredRun;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;

/** Keeps tests and imports that have ended, if they are kept. */
record PastRuns(Optional<RunHistory> history, HistorySettings settings) {
  private static final int LONGEST_CODE = 100;

  /**
   * Who ran what and when.
   *
   * @param actor who
   * @param connection the connection's id
   * @param start when it began
   * @param end when it ended
   */
  record Run(Actor actor, String connection, Instant start, Instant end) {}

  void tested(Run run, TestResult result) {
    TestStatus status = TestSummary.of(result, run.end).status();
    keep(run, StoredRun.Kind.TEST, status, result.firstFailure(), TestForm.content(result));
  }

  void imported(Actor actor, String connection, ImportReport report) {
    Run run = new Run(actor, connection, report.startedAt(), report.finishedAt());
    keep(run, StoredRun.Kind.IMPORT, report.status(), report.failure(), ImportForm.content(report));
  }

  /**
   * Whether the last test said so; nothing of the connection has changed since, or it'd be
   * untested.
   */
  boolean loginRefused(Actor actor, StoredConnection row) {
    return row.test().status() == TestStatus.FAILED
        && history
            .map(
                kept ->
                    kept.list(
                        actor,
                        StoredRun.Kind.TEST,
                        HistoryQuery.ofTests().connection(row.id()).limit(1)))
            .stream()
            .flatMap(page -> page.items().stream())
            .flatMap(run -> TestForm.read(run).stream())
            .flatMap(test -> test.category().stream())
            .anyMatch(category -> category == Category.AUTHENTICATION);
  }

  private void keep(
      Run run, StoredRun.Kind kind, Enum<?> result, Optional<Failure> failure, String content) {
    if (settings.runs() > 0) {
      history.ifPresent(
          kept ->
              kept.add(
                  new StoredRun(
                      UUID.randomUUID().toString(),
                      run.actor.account(),
                      run.connection,
                      kind,
                      result.name().toLowerCase(Locale.ROOT),
                      failure.map(why -> PlainText.of(why.code().id(), LONGEST_CODE)),
                      run.actor.user(),
                      run.start.truncatedTo(ChronoUnit.MICROS),
                      run.end.truncatedTo(ChronoUnit.MICROS),
                      content),
                  settings));
    }
  }
}
