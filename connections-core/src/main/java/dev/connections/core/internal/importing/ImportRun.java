package dev.connections.core.internal.importing;

import dev.connections.api.Category;
import dev.connections.api.ConnectionAdapter;
import dev.connections.api.ConnectionException;
import dev.connections.api.Failure;
import dev.connections.api.StandardErrorCode;
import dev.connections.core.importing.ImportProgress;
import dev.connections.core.importing.ImportProgress.Phase;
import dev.connections.core.importing.ImportReport;
import dev.connections.core.importing.ImportReport.Status;
import dev.connections.core.importing.SchemaDrift;
import dev.connections.core.importing.SchemaListing;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;

/**
 * One import. It ends in a report, whatever the source, the adapter, the caller or the listener do.
 *
 * <p>{@link #progress} may be called from any thread; the others once.
 */
public final class ImportRun {
  private final RunSetup setup;
  private final RunBook book;
  private final Attempts attempts;
  private final AtomicBoolean begun = new AtomicBoolean();

  /**
   * Makes an import that hasn't begun.
   *
   * @param setup what it is given; not to be changed any more
   */
  public ImportRun(RunSetup setup) {
    this.setup = setup;
    this.book = new RunBook(setup, new GuardedListener(setup.listener), table -> {});
    this.attempts = new Attempts(setup, book, setup.since);
  }

  /** {@return how far the import has come} */
  public ImportProgress progress() {
    return book.meter().now();
  }

  /**
   * Imports, on the calling thread and those of the adapter.
   *
   * @param adapter open for as long as this lasts
   * @return how it went
   * @throws IllegalStateException if the import was run before
   */
  public ImportReport run(ConnectionAdapter adapter) {
    return run(() -> attempts.run(adapter));
  }

  /**
   * Ends an import that couldn't begin, such as when the adapter can't be opened.
   *
   * @param why what is reported
   * @return the report, which the listener hears too
   * @throws IllegalStateException if the import was run before
   */
  public ImportReport fail(ConnectionException why) {
    return run(() -> new RunEnd.Broken(why));
  }

  private ImportReport run(Supplier<RunEnd> reading) {
    if (begun.getAndSet(true)) {
      throw new IllegalStateException("an import is run once");
    }
    Optional<RunEnd> broken =
        telling(
            () -> {
              book.listener().tell(hears -> hears.started(setup.context));
              book.listNames();
            });
    RunEnd end = broken.orElseGet(reading);
    return telling(() -> bookRest(end))
        .map(thrown -> finish(thrown, Optional.empty()))
        .orElseGet(() -> finish(end, drift(end)));
  }

  /** Gives every table that is still open its outcome, and tells what is left to tell. */
  private void bookRest(RunEnd end) {
    if (end instanceof RunEnd.Unchanged) {
      book.leaveOpen();
    } else {
      if (end instanceof RunEnd.Done) {
        book.failMissingSchemas(attempts.made());
      }
      book.failOpen(reasonOfOpen(end));
    }
    book.meter().phase(Phase.FINISHED);
    if (book.listener().thrown().isEmpty()) {
      book.notices().rest().forEach(book::notice);
      book.listener().tell(hears -> hears.progress(book.meter().now()));
    }
  }

  /** Only an import that came to its end says what became of tables. */
  private Optional<SchemaDrift> drift(RunEnd end) {
    if (!(end instanceof RunEnd.Done)) {
      return Optional.empty();
    }
    book.lock().lock();
    try {
      return setup.snapshot.flatMap(
          compares ->
              compares.compared(
                  book.filter().names().isPresent()
                      ? Optional.empty()
                      : Optional.of(book::presence)));
    } finally {
      book.lock().unlock();
    }
  }

  private ImportReport finish(RunEnd end, Optional<SchemaDrift> drift) {
    book.lock().lock();
    try {
      // If the listener threw while the rest was told, the rest of the rest is booked in silence.
      book.failOpen(reasonOfOpen(end));
      book.meter().phase(Phase.FINISHED);
      ImportReport report = report(end, drift);
      Optional<RunEnd> broken = telling(() -> book.listener().finished(report));
      keepSnapshot(end, broken.isPresent());
      // What broke the import first is what its user needs to know.
      return end instanceof RunEnd.Broken
          ? report
          : broken.map(thrown -> report(thrown, Optional.empty())).orElse(report);
    } finally {
      book.lock().unlock();
    }
  }

  /** What a host couldn't take is told again by the next import. */
  private void keepSnapshot(RunEnd end, boolean thrown) {
    setup.snapshot.ifPresent(
        compared -> {
          if (end instanceof RunEnd.Done && !thrown) {
            compared.commit(book.ledger().listings(), setup.clock.instant());
          } else {
            compared.abandon();
          }
        });
  }

  /** {@return how the run ends if the listener throws} */
  private Optional<RunEnd> telling(Runnable what) {
    book.lock().lock();
    try {
      what.run();
      return Optional.empty();
    } catch (ConnectionException listener) {
      return Optional.of(new RunEnd.Broken(listener));
    } finally {
      book.lock().unlock();
    }
  }

  private Failure reasonOfOpen(RunEnd end) {
    if (end instanceof RunEnd.Declined) {
      return declined();
    }
    if (end instanceof RunEnd.Broken broken && book.listener().thrown().isEmpty()) {
      return broken.why().failure();
    }
    return Failure.of(
            StandardErrorCode.NOT_ANSWERED,
            end instanceof RunEnd.Broken
                ? "The import ended before this table was read."
                : "The adapter ended without an answer for this table.")
        .withRemedy("Import again.");
  }

  private static Failure declined() {
    return Failure.of(
        StandardErrorCode.CANCELLED, "The import was declined when its cost was known.");
  }

  private ImportReport report(RunEnd end, Optional<SchemaDrift> drift) {
    List<SchemaListing> schemas =
        book.filter().names().isPresent() ? List.of() : book.ledger().listings();
    Status status = status(end, schemas);
    ImportReport.Builder report =
        ImportReport.builder(status, setup.context.startedAt(), setup.clock.instant())
            .ledger(book.ledger().counts())
            .contents(book.contents().columns(), book.ledger().relationships())
            .failures(book.contents().failuresByCode(), book.contents().failed().first())
            .schemas(schemas)
            .notLoaded(book.contents().notLoaded())
            .notices(book.notices().notices().first(), book.notices().notices().count())
            .drift(drift)
            .attempts(attempts.made());
    if (end instanceof RunEnd.Broken broken) {
      report.failure(broken.why().failure());
    } else if (end instanceof RunEnd.Declined) {
      report.failure(declined());
    } else if (status == Status.UNCHANGED) {
      report.changeMarker(setup.since);
    } else if (end instanceof RunEnd.Done done
        && status == Status.COMPLETE
        && attempts.made() == 1) {
      // After a break the marker may be younger than the tables that were read before it.
      report.changeMarker(done.marker());
    }
    return report.build();
  }

  private Status status(RunEnd end, List<SchemaListing> schemas) {
    if (end instanceof RunEnd.Broken broken) {
      return broken.why().category() == Category.CANCELLED ? Status.CANCELLED : Status.FAILED;
    }
    if (end instanceof RunEnd.Declined) {
      return Status.CANCELLED;
    }
    if (end instanceof RunEnd.Unchanged) {
      return Status.UNCHANGED;
    }
    boolean whole =
        book.ledger().failed() == 0 && schemas.stream().allMatch(SchemaListing::complete);
    return whole ? Status.COMPLETE : Status.INCOMPLETE;
  }
}
