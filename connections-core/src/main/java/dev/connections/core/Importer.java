package dev.connections.core;

import dev.connections.api.ConnectionException;
import dev.connections.api.Quota;
import dev.connections.core.access.Actor;
import dev.connections.core.audit.AuditOperation;
import dev.connections.core.importing.ImportContext;
import dev.connections.core.importing.ImportJob;
import dev.connections.core.importing.ImportListener;
import dev.connections.core.importing.ImportOptions;
import dev.connections.core.importing.ImportPreview;
import dev.connections.core.importing.ImportReport;
import dev.connections.core.internal.calls.CallOperation;
import dev.connections.core.internal.importing.ImportRun;
import dev.connections.core.internal.importing.PreviewRun;
import dev.connections.core.internal.importing.RunSetup;
import dev.connections.core.internal.importing.SnapshotRun;
import dev.connections.core.internal.pool.Defects;
import dev.connections.core.internal.pool.Lease;
import dev.connections.core.internal.registry.InstalledType;
import dev.connections.core.observe.ObservedOperation;
import dev.connections.core.store.SnapshotStore;
import dev.connections.core.store.StoredConnection;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Previews and runs imports. */
record Importer(Workings workings) {
  private static final Duration USUAL = Duration.ofHours(24);
  private static final Duration IDLE = Duration.ofMinutes(5);
  private static final Logger LOG = LoggerFactory.getLogger(Importer.class);
  private static final String WHAT = "import";

  ImportPreview preview(
      Actor actor, String id, Optional<ImportOptions> wanted, CallOptions options) {
    StoredConnection row = workings.access().use(actor, id, AuditOperation.PREVIEW);
    ImportContext context = context(row, wanted);
    return workings
        .calls()
        .call(
            "preview",
            USUAL,
            options,
            operation -> {
              operation.withIdleLimit(IDLE);
              return workings
                  .leases()
                  .with(
                      actor,
                      id,
                      Leases.Purpose.of(AuditOperation.PREVIEW),
                      operation,
                      adapter ->
                          new PreviewRun(
                                  setup(context, operation)
                                      .tablesPerSecond(row.importRate())
                                      .allowance(() -> allowance(row)))
                              .run(adapter));
            });
  }

  /** The allowance of which the least is left, as far as any node knows. */
  private Optional<Quota> allowance(StoredConnection row) {
    Instant now = workings.clock().instant();
    return workings.quotas().of(row.account(), row.id()).stream()
        .filter(seen -> seen.holds(now))
        .map(SeenQuota::quota)
        .filter(quota -> quota.left().isPresent())
        .min(Comparator.comparingLong(quota -> quota.left().getAsLong()));
  }

  ImportJob start(
      Actor actor,
      String id,
      Optional<ImportOptions> wanted,
      ImportListener listener,
      CallOptions options) {
    StoredConnection row = workings.access().use(actor, id, AuditOperation.IMPORT);
    ImportContext context = context(row, wanted);
    CallOperation operation = workings.calls().begin(WHAT, USUAL, options).withIdleLimit(IDLE);
    boolean started = false;
    try {
      exported(actor, id, listener);
      workings.store().rememberImportSettings(row.account(), id, context.options().toJson());
      ImportListener all = listener.andThen(new StaleTables(workings, row));
      ImportRun run =
          new ImportRun(
              setup(context, operation)
                  .listener(all)
                  .snapshot(workings.snapshots().map(store -> snapshot(store, row, context))));
      CompletableFuture<ImportReport> end = new CompletableFuture<>();
      workings.runtime().execute(() -> run(actor, id, run, operation, end));
      started = true;
      return ImportJob.of(end, run::progress, operation::cancel);
    } catch (RejectedExecutionException closing) {
      throw RunningCalls.refused();
    } finally {
      if (!started) {
        workings.calls().end(operation);
      }
    }
  }

  /** That metadata leaves for a file or the like is told before the first table does. */
  private void exported(Actor actor, String id, ImportListener listener) {
    List<String> targets = listener.targets();
    if (!targets.isEmpty()) {
      workings
          .audit()
          .before(
              workings
                  .audit()
                  .of(actor, AuditOperation.EXPORT)
                  .connection(id)
                  .object(String.join(", ", targets))
                  .build());
    }
  }

  private static SnapshotRun snapshot(
      SnapshotStore store, StoredConnection row, ImportContext context) {
    return new SnapshotRun(store, row.account(), row.id(), context.options(), System::nanoTime);
  }

  private ImportContext context(StoredConnection row, Optional<ImportOptions> wanted) {
    InstalledType type = workings.registry().require(row.type());
    return new ImportContext(
        row.id(),
        row.name(),
        type.type().id(),
        wanted.orElseGet(() -> workings.configurations().importSettings(row)),
        workings.clock().instant());
  }

  private RunSetup setup(ImportContext context, CallOperation operation) {
    return RunSetup.of(context, operation).touch(operation::touch).clock(workings.clock());
  }

  /** However it ends, it ends in a report, the job hears of it, and the call is over. */
  private void run(
      Actor actor,
      String id,
      ImportRun run,
      CallOperation operation,
      CompletableFuture<ImportReport> end) {
    ConnectionException defect = null;
    ImportReport report = null;
    try {
      report =
          workings
              .observer()
              .timed(
                  ObservedOperation.IMPORT,
                  () -> run(actor, id, run, operation),
                  done -> done.failure().map(failure -> failure.code().category()));
      record(actor, id, report);
    } catch (ConnectionException told) {
      LOG.warn("An import has ended which couldn't be recorded: {}.", told.code().id());
      defect = told;
    } catch (RuntimeException | Error thrown) {
      defect = Defects.of("importing", thrown);
    } finally {
      if (report != null) {
        end.complete(report);
      } else if (defect != null) {
        end.completeExceptionally(defect);
      }
      workings.calls().end(operation); // last: who closes waits for it, and then for nothing more
    }
  }

  private void record(Actor actor, String id, ImportReport report) {
    workings
        .store()
        .atomically(
            actor.account(),
            () -> {
              workings
                  .store()
                  .recordImport(actor.account(), id, workings.clock().instant(), rateOf(report));
              workings.pastRuns().imported(actor, id, report);
              return report;
            });
  }

  /** How fast the import was as a whole: so the next preview can say how long one takes. */
  private static OptionalDouble rateOf(ImportReport report) {
    double seconds = Duration.between(report.startedAt(), report.finishedAt()).toNanos() / 1e9;
    return seconds > 0 && report.datasets() > 0
        ? OptionalDouble.of(report.datasets() / seconds)
        : OptionalDouble.empty();
  }

  private ImportReport run(Actor actor, String id, ImportRun run, CallOperation operation) {
    Lease lease;
    try {
      lease =
          workings.leases().lease(actor, id, Leases.Purpose.of(AuditOperation.IMPORT), operation);
    } catch (ConnectionException refused) {
      return run.fail(refused);
    }
    try (lease) {
      return run.run(lease.adapter());
    }
  }
}
