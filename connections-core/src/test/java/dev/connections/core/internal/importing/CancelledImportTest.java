package dev.connections.core.internal.importing;

import static dev.connections.core.internal.importing.Tables.table;
import static org.assertj.core.api.Assertions.assertThat;

import dev.connections.api.ConnectionException;
import dev.connections.api.Failure;
import dev.connections.api.ImportEnd;
import dev.connections.api.ImportPlan;
import dev.connections.api.ProgressListener;
import dev.connections.api.Registration;
import dev.connections.api.SchemaName;
import dev.connections.api.StandardErrorCode;
import dev.connections.api.TableMetadata;
import dev.connections.core.CancelToken;
import dev.connections.core.importing.ImportJob;
import dev.connections.core.importing.ImportLedger;
import dev.connections.core.importing.ImportOptions;
import dev.connections.core.importing.ImportReport;
import dev.connections.core.importing.ImportReport.Status;
import dev.connections.core.internal.calls.CallOperation;
import dev.connections.core.internal.calls.CallRuntime;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Cancelling, deadlines and a busy listener, with the operations that hosts have. */
@Timeout(60)
class CancelledImportTest {
  private static final SchemaName S = SchemaName.of("s");

  private final CallRuntime runtime = new CallRuntime();
  private final CancelToken token = new CancelToken();
  private final CallOperation operation =
      runtime.start("import", Duration.ofMinutes(1), token, ProgressListener.NONE);
  private final ExecutorService threads = Executors.newCachedThreadPool();

  @AfterEach
  void close() {
    operation.close();
    runtime.close();
    threads.shutdownNow();
  }

  @Test
  void a_job_that_is_cancelled_while_its_source_hangs_ends_in_a_report() throws Exception {
    CountDownLatch reading = new CountDownLatch(1);
    ScriptedAdapter adapter =
        new ScriptedAdapter(
            (selection, sink, during) -> {
              sink.listed(table("s", "a"));
              sink.listed(table("s", "b"));
              sink.proceed(ImportPlan.UNKNOWN);
              sink.table(Tables.read(table("s", "a"), 1));
              CountDownLatch closed = new CountDownLatch(1);
              Registration hook = during.onCancel(closed::countDown);
              reading.countDown();
              closed.await();
              hook.close();
              // What a driver says when its socket is closed under it.
              throw Failure.of(StandardErrorCode.CONNECTION_LOST, "The connection broke.")
                  .asException();
            });
    ImportRun run = new ImportRun(Runs.setup(ImportOptions.all(), operation));
    ImportJob job =
        ImportJob.of(
            CompletableFuture.supplyAsync(() -> run.run(adapter), threads),
            run::progress,
            token::cancel);
    assertThat(reading.await(30, TimeUnit.SECONDS)).isTrue();
    assertThat(job.progress().done()).isEqualTo(1);
    job.cancel();
    ImportReport report = job.join();
    assertThat(report.status()).isEqualTo(Status.CANCELLED);
    assertThat(report.ledger()).isEqualTo(new ImportLedger(2, 1, 1, 0, 0));
    assertThat(adapter.calls()).isEqualTo(1);
  }

  @Test
  void a_source_that_goes_silent_ends_in_a_timeout_and_each_answer_counts_as_life() {
    CallOperation idle = operation.withIdleLimit(Duration.ofMillis(200));
    ScriptedAdapter adapter =
        new ScriptedAdapter(
            (selection, sink, during) -> {
              sink.listed(table("s", "a"));
              CountDownLatch ended = new CountDownLatch(1);
              during.onCancel(ended::countDown);
              ended.await();
              throw Failure.of(StandardErrorCode.CONNECTION_LOST, "The connection broke.")
                  .asException();
            });
    ImportReport report =
        new ImportRun(Runs.setup(ImportOptions.all(), idle).touch(idle::touch)).run(adapter);
    assertThat(report.status()).isEqualTo(Status.FAILED);
    assertThat(report.failure().orElseThrow().message()).contains("no progress");
    assertThat(adapter.calls()).as("it isn't asked again").isLessThanOrEqualTo(1);
  }

  @Test
  void a_source_waits_for_a_busy_listener() throws Exception {
    CountDownLatch busy = new CountDownLatch(1);
    CountDownLatch free = new CountDownLatch(1);
    CountDownLatch answered = new CountDownLatch(1);
    Hearing host =
        new Hearing() {
          @Override
          public void table(TableMetadata table) {
            busy.countDown();
            awaitUninterruptibly(free);
            super.table(table);
          }
        };
    ScriptedAdapter adapter =
        new ScriptedAdapter(
            (selection, sink, during) -> {
              sink.listed(table("s", "a"));
              sink.listed(table("s", "b"));
              sink.listingComplete(S);
              sink.proceed(ImportPlan.UNKNOWN);
              CompletableFuture<Void> other =
                  CompletableFuture.runAsync(
                      () -> sink.table(Tables.read(table("s", "a"), 1)), threads);
              busy.await();
              CompletableFuture<Void> second =
                  CompletableFuture.runAsync(
                      () -> {
                        sink.table(Tables.read(table("s", "b"), 1));
                        answered.countDown();
                      },
                      threads);
              assertThat(answered.await(150, TimeUnit.MILLISECONDS)).isFalse();
              free.countDown();
              other.join();
              second.join();
              return ImportEnd.Done.unmarked();
            });
    ImportReport report =
        new ImportRun(Runs.setup(ImportOptions.all(), operation).listener(host)).run(adapter);
    assertThat(report.status()).isEqualTo(Status.COMPLETE);
    assertThat(host.disturbed).isFalse();
  }

  @Test
  void who_waits_for_a_busy_listener_hears_of_a_cancellation_and_of_an_interruption()
      throws Exception {
    CountDownLatch busy = new CountDownLatch(1);
    CountDownLatch free = new CountDownLatch(1);
    Hearing host =
        new Hearing() {
          @Override
          public void table(TableMetadata table) {
            busy.countDown();
            awaitUninterruptibly(free);
          }
        };
    ScriptedAdapter adapter =
        new ScriptedAdapter(
            (selection, sink, during) -> {
              sink.listed(table("s", "a"));
              sink.listed(table("s", "b"));
              sink.proceed(ImportPlan.UNKNOWN);
              CompletableFuture<Void> first =
                  CompletableFuture.runAsync(
                      () -> sink.table(Tables.read(table("s", "a"), 1)), threads);
              busy.await();
              Thread.currentThread().interrupt();
              try {
                sink.table(Tables.read(table("s", "b"), 1));
              } catch (ConnectionException interrupted) {
                assertThat(interrupted.is(StandardErrorCode.CANCELLED)).isTrue();
                assertThat(Thread.interrupted()).isTrue();
              }
              token.cancel();
              try {
                sink.table(Tables.read(table("s", "b"), 1));
                throw new AssertionError("not reached");
              } finally {
                free.countDown();
                first.join();
              }
            });
    ImportReport report =
        new ImportRun(Runs.setup(ImportOptions.all(), operation).listener(host)).run(adapter);
    assertThat(report.status()).isEqualTo(Status.CANCELLED);
    assertThat(report.ledger()).isEqualTo(new ImportLedger(2, 1, 1, 0, 0));
  }

  private static void awaitUninterruptibly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException interrupted) {
      throw new AssertionError(interrupted);
    }
  }
}
