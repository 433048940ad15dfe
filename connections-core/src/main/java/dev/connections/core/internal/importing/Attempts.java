package dev.connections.core.internal.importing;

import dev.connections.api.Category;
import dev.connections.api.ChangeMarker;
import dev.connections.api.ConnectionAdapter;
import dev.connections.api.ConnectionException;
import dev.connections.api.Failure;
import dev.connections.api.ImportEnd;
import dev.connections.api.StandardErrorCode;
import dev.connections.api.StandardFailures;
import dev.connections.core.importing.ImportProgress.Phase;
import dev.connections.core.internal.calls.CallOperation;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Calls an adapter until it has read everything. A read that breaks for a passing reason is begun
 * again; what was answered already is skipped then. After three repetitions on end without a new
 * answer it is given up.
 */
final class Attempts {
  private static final Logger LOG = LoggerFactory.getLogger(Attempts.class);
  private static final int FRUITLESS = 3;
  private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);

  private final RunSetup setup;
  private final RunBook book;
  private final Optional<ChangeMarker> since;
  private int made;

  Attempts(RunSetup setup, RunBook book, Optional<ChangeMarker> since) {
    this.setup = setup;
    this.book = book;
    this.since = since;
  }

  /** {@return how many times the adapter was called} */
  int made() {
    return made;
  }

  RunEnd run(ConnectionAdapter adapter) {
    int fruitless = 0;
    while (true) {
      long before = book.ledger().answered();
      RunEnd end = attempt(adapter);
      if (!(end instanceof RunEnd.Broken broken)) {
        return end;
      }
      if (book.ledger().answered() > before) {
        fruitless = 0;
      }
      if (fruitless == FRUITLESS || !mayRepeat(broken.why())) {
        return end;
      }
      fruitless++;
      try {
        waitFor(broken.why(), fruitless);
      } catch (ConnectionException ended) {
        return new RunEnd.Broken(ended);
      }
    }
  }

  private RunEnd attempt(ConnectionAdapter adapter) {
    RunSelection selection = selection();
    if (selection.names().isPresent() && selection.names().get().isEmpty()) {
      return new RunEnd.Done(Optional.empty());
    }
    made++;
    long before = book.ledger().imported();
    ImportSink sink = new ImportSink(book, setup.operation, setup.touch, made);
    RunEnd end = call(adapter, selection, sink);
    sink.close();
    return judge(end, sink, book.ledger().imported() > before);
  }

  /** Nothing an adapter throws may end a run without a report. */
  @SuppressWarnings("CatchingUnchecked")
  private RunEnd call(ConnectionAdapter adapter, RunSelection selection, ImportSink sink) {
    try {
      setup.operation.checkpoint();
      ImportEnd end = adapter.importMetadata(selection, sink, setup.operation);
      if (end instanceof ImportEnd.Done done) {
        return new RunEnd.Done(done.marker());
      }
      if (end instanceof ImportEnd.Unchanged) {
        return new RunEnd.Unchanged();
      }
      return new RunEnd.Declined();
    } catch (ConnectionException told) {
      return new RunEnd.Broken(told);
    } catch (Throwable foreign) {
      return new RunEnd.Broken(defectOf(foreign));
    }
  }

  private static ConnectionException defectOf(Throwable foreign) {
    if (foreign instanceof InterruptedException) {
      // It can only have been thrown behind the compiler's back; the meaning is clear all the same.
      Thread.currentThread().interrupt();
      return StandardFailures.cancelled().asException(foreign);
    }
    ConnectionException told = StandardFailures.internal(foreign).asException(foreign);
    LOG.warn("An adapter has thrown what no adapter may throw", told);
    return told;
  }

  /** The adapter's word counts, unless the run was ended from this side. */
  private RunEnd judge(RunEnd end, ImportSink sink, boolean imported) {
    Optional<ConnectionException> thrown = book.listener().thrown();
    if (thrown.isPresent()) {
      return new RunEnd.Broken(thrown.get());
    }
    if (sink.declined()) {
      return new RunEnd.Declined();
    }
    if (end instanceof RunEnd.Broken) {
      return endOfOperation().map(why -> (RunEnd) new RunEnd.Broken(why)).orElse(end);
    }
    if (end instanceof RunEnd.Declined) {
      return new RunEnd.Broken(
          defect("The adapter stopped before everything was read, without being told to."));
    }
    if (end instanceof RunEnd.Unchanged && (since.isEmpty() || sink.heard() || made > 1)) {
      return new RunEnd.Broken(
          defect("The adapter said that nothing has changed, which it can't know."));
    }
    if (imported && !sink.planned()) {
      return told(Defect.NEVER_PLANNED, end);
    }
    return end;
  }

  /** A call that was cancelled or ran out of time fails in any way; this is why it did. */
  private Optional<ConnectionException> endOfOperation() {
    try {
      setup.operation.checkpoint();
      return Optional.empty();
    } catch (ConnectionException why) {
      return Optional.of(why);
    }
  }

  private RunEnd told(Defect defect, RunEnd end) {
    book.lock().lock();
    try {
      book.defect(defect);
      return end;
    } catch (ConnectionException listener) {
      return new RunEnd.Broken(listener);
    } finally {
      book.lock().unlock();
    }
  }

  private static ConnectionException defect(String message) {
    return Failure.of(StandardErrorCode.INTERNAL, message)
        .withRemedy("This is a defect of the adapter, not of your source. Please report it.")
        .asException();
  }

  private RunSelection selection() {
    book.lock().lock();
    try {
      return new RunSelection(
          book.filter(),
          book.ledger(),
          book.openNames(),
          setup.context.options().wantedSections(),
          made == 0 ? since : Optional.empty());
    } finally {
      book.lock().unlock();
    }
  }

  private boolean mayRepeat(ConnectionException why) {
    return why.code().transientFailure()
        && why.category() != Category.AUTHENTICATION
        && book.listener().thrown().isEmpty()
        && CallOperation.patience(setup.operation).compareTo(why.retryAfter().orElse(Duration.ZERO))
            > 0;
  }

  private void waitFor(ConnectionException why, int fruitless) {
    Duration growing = FIRST_PAUSE.multipliedBy(1L << (fruitless - 1));
    // Many imports may have lost the same server: they shan't all come back at once.
    Duration spread =
        Duration.ofMillis(
            growing.toMillis() / 2
                + ThreadLocalRandom.current().nextLong(growing.toMillis() / 2 + 1));
    Duration asked = why.retryAfter().orElse(Duration.ZERO);
    LOG.info(
        "A read of metadata broke with {} after {} tables; it goes on from there",
        why.code().id(),
        book.ledger().answered());
    book.lock().lock();
    try {
      book.meter().phase(Phase.WAITING);
      book.progress();
    } finally {
      book.lock().unlock();
    }
    setup.pause.pause(asked.compareTo(spread) > 0 ? asked : spread, setup.operation, setup.touch);
    book.meter().phase(Phase.LISTING);
  }
}
