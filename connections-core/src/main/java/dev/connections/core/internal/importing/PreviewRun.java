package dev.connections.core.internal.importing;

import dev.connections.api.ConnectionAdapter;
import dev.connections.api.ConnectionException;
import dev.connections.api.ImportPlan;
import dev.connections.api.Notice;
import dev.connections.core.importing.ImportPreview;
import dev.connections.core.importing.SchemaListing;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** An import that is stopped before its expensive calls. Used once. */
public final class PreviewRun {
  private final RunSetup setup;

  /**
   * Makes a preview that hasn't begun.
   *
   * @param setup what it is given; its listener hears nothing of a preview
   */
  public PreviewRun(RunSetup setup) {
    this.setup = setup;
  }

  /**
   * Lists, on the calling thread and those of the adapter.
   *
   * @param adapter open for as long as this lasts
   * @return what an import would read and cost
   * @throws ConnectionException if the listing breaks off or is cancelled
   */
  public ImportPreview run(ConnectionAdapter adapter) {
    PreviewCollector collector = new PreviewCollector();
    RunBook book = new RunBook(setup, new GuardedListener(collector), collector::wanted);
    Attempts attempts = new Attempts(setup, book, Optional.empty());
    book.lock().lock();
    try {
      book.listNames();
    } finally {
      book.lock().unlock();
    }
    RunEnd end = attempts.run(adapter);
    if (end instanceof RunEnd.Broken broken) {
      throw broken.why();
    }
    book.lock().lock();
    try {
      book.failMissingSchemas(attempts.made());
      book.notices().rest().forEach(book::notice);
      return preview(collector, book);
    } finally {
      book.lock().unlock();
    }
  }

  private ImportPreview preview(PreviewCollector collector, RunBook book) {
    long wanted = book.ledger().wanted() - book.ledger().failed();
    Kept<Notice> notices = book.notices().notices();
    List<SchemaListing> schemas =
        book.filter().names().isPresent() ? List.of() : book.ledger().listings();
    return new ImportPreview(
        collector.datasets().first(),
        wanted,
        collector.knownColumns(),
        collector.excluded().first(),
        book.ledger().excluded(),
        book.contents().failed().first(),
        book.ledger().failed(),
        schemas,
        withAllowance(collector.plan()),
        estimate(collector.plan(), wanted),
        notices.first(),
        notices.count());
  }

  /** So that a reader sees what share of it the calls would take. */
  private ImportPlan withAllowance(ImportPlan plan) {
    return plan.quota().isEmpty() && plan.calls().isPresent()
        ? setup.allowance.get().map(plan::withQuota).orElse(plan)
        : plan;
  }

  private Optional<Duration> estimate(ImportPlan plan, long wanted) {
    if (plan.estimate().isPresent()) {
      return plan.estimate();
    }
    double rate = setup.tablesPerSecond.orElse(0);
    return rate > 0
        ? Optional.of(Duration.ofMillis(Math.round(wanted / rate * 1_000)))
        : Optional.empty();
  }
}
