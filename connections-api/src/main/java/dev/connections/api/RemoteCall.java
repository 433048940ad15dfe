package dev.connections.api;

/**
 * One round trip to the source.
 *
 * @param <T> what it gives
 */
@FunctionalInterface
public interface RemoteCall<T> {
  /**
   * Makes the round trip once.
   *
   * @param attempt its time-out, its number and its cancellation
   * @return what the source answered
   * @throws Exception a {@link ConnectionException} with a precise code; anything else counts as a
   *     defect of the adapter
   */
  T attempt(Attempt attempt) throws Exception;
}
