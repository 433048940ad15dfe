package dev.connections.api;

/**
 * A machine-readable name for one kind of failure. {@link StandardErrorCode} holds those that are
 * common to all sources; a plugin adds its own by an enum that implements this interface.
 *
 * <p>Implementations are immutable and safe for any thread. Two codes are the same code if their
 * {@link #id()}s are equal.
 */
public interface ErrorCode {
  /**
   * {@return the stable, upper-case identifier, for example {@code WRONG_CREDENTIALS}; it is stored
   * and shown, and never changes once released}
   */
  String id();

  /** {@return what kind of failure this is} */
  Category category();

  /**
   * {@return whether the same call, made again a little later, may well succeed} Only such failures
   * are retried, and only in calls that may be repeated.
   */
  default boolean transientFailure() {
    return switch (category()) {
      case UNREACHABLE, TIMEOUT, THROTTLED, UNAVAILABLE -> true;
      default -> false;
    };
  }
}
