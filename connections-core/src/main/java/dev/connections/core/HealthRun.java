package dev.connections.core;

import dev.connections.api.ConnectionException;
import dev.connections.api.Failure;
import dev.connections.api.Operation;
import dev.connections.api.Page;
import dev.connections.api.Registration;
import dev.connections.api.StandardErrorCode;
import dev.connections.api.StandardFailures;
import dev.connections.api.TestResult;
import dev.connections.core.access.Actor;
import dev.connections.core.health.HealthOptions;
import dev.connections.core.health.HealthReport;
import dev.connections.core.health.HealthResult;
import dev.connections.core.health.HealthResult.Outcome;
import dev.connections.core.observe.ObservedOperation;
import dev.connections.core.store.StoredConnection;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One health check: some threads take connections from a list that is read page by page, so a check
 * of many needs no more memory than one of few.
 */
final class HealthRun {
  private static final Logger LOG = LoggerFactory.getLogger(HealthRun.class);
  private static final int PAGE = 200;

  private final Actor actor;
  private final Workings workings;
  private final HealthOptions options;
  private final Operation operation;
  private final Instant start;
  private final ConnectionFilter filter;
  private final CancelToken rest = new CancelToken();

  private final Object lock = new Object();
  private final Deque<StoredConnection> next = new ArrayDeque<>();
  private Optional<ListRequest> unread =
      Optional.of(ListRequest.by(ConnectionSort.CREATED).limit(PAGE));
  private final Map<Outcome, Long> counts = new EnumMap<>(Outcome.class);
  private final List<HealthResult> unwell = new ArrayList<>();
  private Optional<Failure> stopped = Optional.empty();

  HealthRun(Actor actor, Workings workings, HealthOptions options, Operation operation) {
    this.actor = actor;
    this.workings = workings;
    this.options = options;
    this.operation = operation;
    this.start = workings.clock().instant();
    this.filter = workings.spelledOut(options.filter().withActive(true));
  }

  @SuppressWarnings("try") // the hook is there to be closed
  HealthReport report() {
    try (Registration hook = operation.onCancel(rest::cancel)) {
      return run();
    }
  }

  private HealthReport run() {
    List<CompletableFuture<Void>> others = new ArrayList<>();
    try {
      for (int i = 1; i < options.parallel(); i++) {
        others.add(CompletableFuture.runAsync(this::work, workings.runtime()::execute));
      }
    } catch (RejectedExecutionException closing) {
      stop(RunningCalls.refused().failure());
    }
    work();
    others.forEach(this::await);
    synchronized (lock) {
      return new HealthReport(counts, unwell, start, workings.clock().instant(), stopped);
    }
  }

  /** Each of them ends soon after the operation does, as each test does. */
  private void await(CompletableFuture<Void> other) {
    boolean interrupted = false;
    while (true) {
      try {
        other.get();
        break;
      } catch (InterruptedException hurried) {
        interrupted = true;
        stop(cancelled());
        rest.cancel();
      } catch (ExecutionException defect) {
        stop(StandardFailures.internal(defect));
        break;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private static Failure cancelled() {
    return Failure.of(StandardErrorCode.CANCELLED, "The health check was cancelled.")
        .withRemedy("Start it again to test the rest.");
  }

  private void work() {
    try {
      Optional<StoredConnection> row = take();
      while (row.isPresent()) {
        tell(of(row.get()));
        row = take();
      }
    } catch (ConnectionException cut) {
      stop(cut.failure());
    }
  }

  private void stop(Failure why) {
    synchronized (lock) {
      stopped = stopped.or(() -> Optional.of(why));
      next.clear();
      unread = Optional.empty();
    }
  }

  private Optional<StoredConnection> take() {
    operation.checkpoint();
    synchronized (lock) {
      while (next.isEmpty() && unread.isPresent()) {
        ListRequest request = unread.get();
        Page<StoredConnection> page = workings.store().list(actor, filter, request);
        next.addAll(page.items());
        unread = page.next().map(request::after);
      }
      return Optional.ofNullable(next.poll());
    }
  }

  private HealthResult of(StoredConnection row) {
    if (isRecent(row)) {
      return result(row, Outcome.RECENT, Optional.empty());
    }
    if (!options.refusedLogins() && workings.pastRuns().loginRefused(actor, row)) {
      return result(row, Outcome.LOGIN_REFUSED, Optional.empty());
    }
    // Not the check's own time: a test cut short by that would call the connection a failed one.
    CallOptions call = CallOptions.defaults().withCancelToken(rest);
    try {
      TestResult test =
          workings
              .observer()
              .timed(
                  ObservedOperation.TEST,
                  () -> new Tester(workings).test(actor, row.id(), call),
                  found -> found.firstFailure().map(failure -> failure.code().category()));
      return test.passed()
          ? result(row, Outcome.PASSED, Optional.empty())
          : result(row, Outcome.FAILED, test.firstFailure());
    } catch (ConnectionException failed) {
      if (failed.is(StandardErrorCode.CANCELLED) || failed.is(CoreErrorCode.CLOSED)) {
        throw failed;
      }
      return result(row, Outcome.NOT_TESTED, Optional.of(failed.failure()));
    }
  }

  private boolean isRecent(StoredConnection row) {
    TestSummary shown = row.shownTest(start);
    return shown.status() == TestStatus.PENDING
        || shown.at().filter(at -> at.plus(options.untestedFor()).isAfter(start)).isPresent();
  }

  private static HealthResult result(
      StoredConnection row, Outcome outcome, Optional<Failure> failure) {
    return new HealthResult(row.id(), row.name(), outcome, failure);
  }

  private void tell(HealthResult result) {
    synchronized (lock) {
      counts.merge(result.outcome(), 1L, Long::sum);
      boolean well = result.outcome() == Outcome.PASSED || result.outcome() == Outcome.RECENT;
      if (!well && unwell.size() < HealthReport.KEPT) {
        unwell.add(result);
      }
      try {
        options.hears().accept(result);
      } catch (RuntimeException | LinkageError thrown) {
        LOG.warn("Who hears of a health check throws {}.", thrown.getClass().getName());
      }
    }
  }
}
