package dev.connections.core;

import dev.connections.api.ConnectionException;
import dev.connections.api.Failure;
import dev.connections.api.StandardErrorCode;
import dev.connections.api.StandardFailures;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.function.Supplier;

/**
 * A rotation of keys that runs on another thread, while secrets are read and written. However it
 * ends, it ends in a report.
 *
 * <p>Safe for any thread.
 */
public final class RotationJob {
  private final CompletableFuture<RotationReport> end;
  private final Supplier<RotationProgress> progress;
  private final Runnable cancel;

  RotationJob(
      CompletableFuture<RotationReport> end, Supplier<RotationProgress> progress, Runnable cancel) {
    this.end = end;
    this.progress = progress;
    this.cancel = cancel;
  }

  /**
   * Waits until the rotation has ended.
   *
   * @return how it went
   * @throws ConnectionException with {@link StandardErrorCode#CANCELLED} if the waiting thread is
   *     interrupted; the rotation goes on. With {@link StandardErrorCode#INTERNAL} if there is a
   *     defect
   */
  public RotationReport join() {
    try {
      return end.get();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw Failure.of(
              StandardErrorCode.CANCELLED, "The wait for the rotation was interrupted; it goes on.")
          .withRemedy("Cancel the rotation, or wait for it again.")
          .asException(interrupted);
    } catch (ExecutionException defect) {
      throw StandardFailures.internal(defect).asException(defect);
    }
  }

  /**
   * {@return a future of the report} Each call gives another one; cancelling it doesn't cancel the
   * rotation.
   */
  public CompletableFuture<RotationReport> future() {
    return end.copy();
  }

  /**
   * {@return how far the rotation has come} What others write meanwhile isn't counted; {@link
   * SecretKeys#status} counts anew.
   */
  public RotationProgress progress() {
    return progress.get();
  }

  /**
   * Asks the rotation to end after the rows it is at. What is encrypted anew stays so. Calling it
   * again does nothing.
   */
  public void cancel() {
    cancel.run();
  }
}
