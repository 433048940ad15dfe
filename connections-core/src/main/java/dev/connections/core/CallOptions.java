package dev.connections.core;

import dev.connections.api.Internal;
import dev.connections.api.ProgressListener;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;

/**
 * How one call is made: how long it may take, how it can be taken back, and who hears of its
 * progress.
 *
 * <p>Immutable. Made by {@link #defaults} and completed by the {@code with…} methods.
 *
 * @param timeout how long the call may take; without it the default of its kind: 30 s for a test,
 *     60 s for browsing, 24 h for an import
 * @param cancelToken takes the call back
 * @param progress hears how far the call has come
 */
public record CallOptions(
    Optional<Duration> timeout, CancelToken cancelToken, ProgressListener progress) {

  /**
   * Checks the bounds; {@link #defaults} is the way to make one.
   *
   * @param timeout positive
   * @param cancelToken takes the call back
   * @param progress hears how far the call has come
   * @throws IllegalArgumentException if the time isn't positive
   */
  @Internal
  public CallOptions {
    Objects.requireNonNull(cancelToken, "cancelToken");
    Objects.requireNonNull(progress, "progress");
    if (timeout.map(time -> time.isZero() || time.isNegative()).orElse(false)) {
      throw new IllegalArgumentException("a time-out must be positive");
    }
  }

  /** {@return options with the usual time, which nobody cancels and nobody listens to} */
  public static CallOptions defaults() {
    // A token of its own: with a shared one, a single cancel() would end the calls of everybody.
    return new CallOptions(Optional.empty(), new CancelToken(), ProgressListener.NONE);
  }

  /**
   * {@return a copy with a time-out}
   *
   * @param time how long the call may take, from its begin to its end; positive
   * @throws IllegalArgumentException if the time isn't positive
   */
  public CallOptions withTimeout(Duration time) {
    return new CallOptions(Optional.of(time), cancelToken, progress);
  }

  /**
   * {@return a copy with a token}
   *
   * @param token takes the call back
   */
  public CallOptions withCancelToken(CancelToken token) {
    return new CallOptions(timeout, token, progress);
  }

  /**
   * {@return a copy with a listener}
   *
   * @param listener hears how far the call has come; called from any thread
   */
  public CallOptions withProgress(ProgressListener listener) {
    return new CallOptions(timeout, cancelToken, listener);
  }
}
