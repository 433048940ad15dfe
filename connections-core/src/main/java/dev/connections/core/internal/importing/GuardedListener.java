package dev.connections.core.internal.importing;

import dev.connections.api.ConnectionException;
import dev.connections.api.Failure;
import dev.connections.api.ImportPlan;
import dev.connections.api.StandardErrorCode;
import dev.connections.core.importing.ImportListener;
import dev.connections.core.importing.ImportReport;
import java.util.Optional;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The host's listener. After it has thrown once, it hears nothing but the end, and every further
 * call of the adapter ends in the same exception: so the import ends, even if the adapter swallows
 * the first.
 */
final class GuardedListener {
  private static final Logger LOG = LoggerFactory.getLogger(GuardedListener.class);

  private final ImportListener listener;
  private Optional<ConnectionException> thrown = Optional.empty();

  GuardedListener(ImportListener listener) {
    this.listener = listener;
  }

  /** {@return what the listener has thrown, in the form in which it is told} */
  Optional<ConnectionException> thrown() {
    return thrown;
  }

  /** Throws what the listener has thrown, if it has. */
  void check() {
    if (thrown.isPresent()) {
      throw thrown.get();
    }
  }

  void tell(Consumer<ImportListener> what) {
    check();
    call(what);
  }

  boolean proceed(ImportPlan plan) {
    check();
    boolean[] answer = new boolean[1];
    call(hears -> answer[0] = hears.proceed(plan));
    return answer[0];
  }

  /** The end is told also to a listener that has thrown: it may hold something open. */
  void finished(ImportReport report) {
    call(hears -> hears.finished(report));
  }

  private void call(Consumer<ImportListener> what) {
    try {
      what.accept(listener);
    } catch (ConnectionException told) {
      thrown = thrown.or(() -> Optional.of(told));
      throw told;
    } catch (RuntimeException | Error foreign) {
      ConnectionException told =
          Failure.of(
                  StandardErrorCode.INTERNAL,
                  "The application couldn't take what was imported ("
                      + foreign.getClass().getSimpleName()
                      + ").")
              .withRemedy(
                  "This is a defect of the application that receives the import, not of the source.")
              .asException(foreign);
      LOG.warn("A listener or target of an import has thrown", told);
      thrown = thrown.or(() -> Optional.of(told));
      throw told;
    }
  }
}
