package dev.connections.core.importing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.connections.api.StandardFailures;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class ImportJobTest {
  private final CompletableFuture<ImportReport> end = new CompletableFuture<>();
  private final AtomicInteger cancels = new AtomicInteger();
  private final ImportJob job =
      ImportJob.of(end, () -> ImportProgress.NOTHING_YET, cancels::incrementAndGet);

  @Test
  void joining_waits_for_the_report() {
    ImportReport report =
        ImportReport.builder(ImportReport.Status.COMPLETE, Instant.EPOCH, Instant.EPOCH).build();
    end.complete(report);
    assertThat(job.join()).isSameAs(report);
    assertThat(job.future()).isCompletedWithValue(report);
  }

  @Test
  void cancelling_asks_the_import_and_not_the_future() {
    job.cancel();
    assertThat(cancels).hasValue(1);
    assertThat(end).isNotDone();
    job.future().cancel(true);
    assertThat(end).isNotDone();
    assertThat(job.progress()).isEqualTo(ImportProgress.NOTHING_YET);
  }

  @Test
  void a_wait_that_is_interrupted_is_cancelled_and_keeps_the_flag() {
    Thread.currentThread().interrupt();
    assertThatThrownBy(job::join).hasMessageStartingWith("CANCELLED: The wait for the import");
    assertThat(Thread.interrupted()).isTrue();
    assertThat(end).isNotDone();
  }

  @Test
  void a_defect_is_told_as_one() {
    end.completeExceptionally(new IllegalStateException("secret"));
    assertThatThrownBy(job::join)
        .hasMessage("INTERNAL: An internal error occurred (IllegalStateException).");
  }

  @Test
  void a_typed_failure_is_thrown_as_it_is() {
    RuntimeException told = StandardFailures.wrongCredentials().asException();
    end.completeExceptionally(told);
    assertThatThrownBy(job::join).isSameAs(told);
  }

  @Test
  void a_future_that_was_cancelled_by_its_owner_is_cancelled() {
    end.cancel(true);
    assertThatThrownBy(job::join).hasMessageStartingWith("CANCELLED");
  }
}
