package dev.connections.core.importing;

import dev.connections.api.ConnectionException;
import dev.connections.api.Failure;
import dev.connections.api.Internal;
import dev.connections.api.StandardErrorCode;
import dev.connections.api.StandardFailures;
import java.util.Objects;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.function.Supplier;

/**
 * An import that runs on another thread.
 *
 * <p>However it ends, it ends in a report: also a cancelled one and one that failed, with the
 * status saying so and what was done until then. {@link ImportReport#orThrow} is for callers who
 * want an exception instead.
 *
 * <p>Safe for any thread.
 */
public final class ImportJob {
  private final CompletableFuture<ImportReport> end;
  private final Supplier<ImportProgress> progress;
  private final Runnable cancel;

  private ImportJob(
      CompletableFuture<ImportReport> end, Supplier<ImportProgress> progress, Runnable cancel) {
    this.end = Objects.requireNonNull(end, "end");
    this.progress = Objects.requireNonNull(progress, "progress");
    this.cancel = Objects.requireNonNull(cancel, "cancel");
  }

  /**
   * {@return the job of a running import}
   *
   * @param end completes with the report
   * @param progress tells how far it has come
   * @param cancel asks it to end
   */
  @Internal
  public static ImportJob of(
      CompletableFuture<ImportReport> end, Supplier<ImportProgress> progress, Runnable cancel) {
    return new ImportJob(end, progress, cancel);
  }

  /**
   * Waits until the import has ended.
   *
   * @return how it went
   * @throws ConnectionException with {@link StandardErrorCode#CANCELLED} if the waiting thread is
   *     interrupted; the import goes on. With {@link StandardErrorCode#INTERNAL} if there is a
   *     defect
   */
  public ImportReport join() {
    try {
      return end.get();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw Failure.of(
              StandardErrorCode.CANCELLED, "The wait for the import was interrupted; it goes on.")
          .withRemedy("Cancel the import, or wait for it again.")
          .asException(interrupted);
    } catch (ExecutionException defect) {
      Throwable cause = defect.getCause() == null ? defect : defect.getCause();
      if (cause instanceof ConnectionException told) {
        throw told;
      }
      throw StandardFailures.internal(cause).asException(cause);
    } catch (CancellationException given) {
      throw StandardFailures.cancelled().asException(given);
    }
  }

  /**
   * {@return a future of the report} Each call gives another one; cancelling it doesn't cancel the
   * import.
   */
  public CompletableFuture<ImportReport> future() {
    return end.copy();
  }

  /** {@return how far the import has come} */
  public ImportProgress progress() {
    return progress.get();
  }

  /**
   * Asks the import to end at the next safe point. What was imported until then stays; the report's
   * status is CANCELLED, unless the import had ended already. Calling it again does nothing.
   */
  public void cancel() {
    cancel.run();
  }
}
