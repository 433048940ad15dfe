package dev.connections.api;

import java.time.Duration;
import java.util.Objects;
import java.util.Optional;

/**
 * The one exception of this library. It carries a {@link Failure}; its message is the failure's
 * sentence.
 *
 * <p>The cause keeps the types and stack frames of what happened beneath and drops the messages,
 * because drivers put passwords and whole URLs into theirs. So a stack trace of this exception can
 * be logged as it is.
 */
public final class ConnectionException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient Failure failure;
  private final transient Optional<Duration> retryAfter;

  private ConnectionException(
      Failure failure, Optional<Duration> retryAfter, Optional<Throwable> cause) {
    super(
        failure.code().id() + ": " + failure.message(), cause.map(RedactedCause::of).orElse(null));
    this.failure = failure;
    this.retryAfter = retryAfter;
  }

  /**
   * {@return an exception for a failure}
   *
   * @param failure what went wrong
   */
  public static ConnectionException of(Failure failure) {
    return new ConnectionException(failure, Optional.empty(), Optional.empty());
  }

  /**
   * {@return an exception for a failure that has a cause}
   *
   * @param failure what went wrong
   * @param cause what happened beneath; its type and stack are kept, its message is dropped. A
   *     cause that is itself a {@code ConnectionException} is kept as it is
   */
  public static ConnectionException of(Failure failure, Throwable cause) {
    return new ConnectionException(failure, Optional.empty(), Optional.of(cause));
  }

  /**
   * {@return an exception with a code and a sentence}
   *
   * @param code which failure it is
   * @param message one sentence a user understands, without secrets and without foreign text
   */
  public static ConnectionException of(ErrorCode code, String message) {
    return of(Failure.of(code, message));
  }

  /**
   * {@return a copy that says how long the source asked us to wait}
   *
   * @param delay the time to wait before the next attempt; not negative
   * @throws IllegalArgumentException if the time is negative
   */
  public ConnectionException retryAfter(Duration delay) {
    if (delay.isNegative()) {
      throw new IllegalArgumentException("a negative time to wait: " + delay);
    }
    ConnectionException copy =
        new ConnectionException(failure, Optional.of(delay), Optional.ofNullable(getCause()));
    copy.setStackTrace(getStackTrace());
    return copy;
  }

  /** {@return what went wrong} */
  public Failure failure() {
    return failure;
  }

  /** {@return the failure's code} */
  public ErrorCode code() {
    return failure.code();
  }

  /** {@return the category of the failure's code} */
  public Category category() {
    return failure.code().category();
  }

  /** {@return how long the source asked us to wait, if it did} */
  public Optional<Duration> retryAfter() {
    return retryAfter;
  }

  /**
   * {@return whether this exception has the code}
   *
   * @param code the code to compare with, by its {@link ErrorCode#id()}
   */
  public boolean is(ErrorCode code) {
    return Objects.equals(failure.code().id(), code.id());
  }
}
