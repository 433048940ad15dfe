package dev.connections.core;

import dev.connections.api.Failure;
import dev.connections.api.TestResult;
import dev.connections.core.access.Actor;
import dev.connections.core.history.HistorySettings;
import dev.connections.core.importing.ImportReport;
import dev.connections.core.internal.history.ImportForm;
import dev.connections.core.internal.history.TestForm;
import dev.connections.core.internal.text.PlainText;
import dev.connections.core.store.RunHistory;
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
