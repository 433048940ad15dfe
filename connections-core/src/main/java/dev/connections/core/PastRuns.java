package dev.connections.core;

import dev.connections.api.Category;
import dev.connections.api.ConnectionException;
import dev.connections.api.Failure;
import dev.connections.api.PlainText;
import dev.connections.api.TestResult;
import dev.connections.core.access.Actor;
import dev.connections.core.history.HistoryQuery;
import dev.connections.core.history.HistorySettings;
import dev.connections.core.importing.ImportReport;
import dev.connections.core.internal.history.ImportForm;
import dev.connections.core.internal.history.TestForm;
import dev.connections.core.store.RunHistory;
import dev.connections.core.store.StoredConnection;
import dev.connections.core.store.StoredRun;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps tests and imports that have ended, if they are kept. */
record PastRuns(Optional<RunHistory> history, HistorySettings settings) {
  private static final Logger LOG = LoggerFactory.getLogger(PastRuns.class);
  private static final int LONGEST_CODE = 100;
  private static final int MOST_AT_ONCE = 1000;
  private static final int MOST_STEPS = 20;
  private static final Duration USUAL_PAUSE = Duration.ofMinutes(10);

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

  /** How often it is looked for what is too old. */
  Duration pause() {
    Duration half = settings.age().dividedBy(2).plusMillis(1);
    return half.compareTo(USUAL_PAUSE) < 0 ? half : USUAL_PAUSE;
  }

  /** Deletes what is too old, in short transactions; what they leave is for the next time. */
  void deleteOld(Clock clock) {
    Instant before = clock.instant().minus(settings.age());
    try {
      history.ifPresent(
          kept -> {
            int deleted = MOST_AT_ONCE;
            for (int step = 0; step < MOST_STEPS && deleted == MOST_AT_ONCE; step++) {
              deleted = kept.deleteOld(before, MOST_AT_ONCE);
            }
          });
    } catch (ConnectionException later) {
      LOG.warn("Old tests and imports couldn't be deleted: {}.", later.code().id());
    }
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
