package dev.connections.api;

/**
 * The one way an adapter makes remote calls. Retry, backoff, limits, breaking and deadlines are
 * decided behind it; the adapter wraps each <em>round trip</em> and throws a {@link
 * ConnectionException} with a precise code.
 *
 * <p>Calls never nest: a token is taken before a call and replaced between two. Wrong credentials
 * are never tried again. Safe for any thread.
 */
public interface RemoteCalls {
  /**
   * Makes a round trip that may be repeated.
   *
   * @param name what the call is, for figures and logs, in a few words and without values
   * @param operation deadline and cancellation
   * @param call the round trip
   * @param <T> what it gives
   * @return what the call gave
   * @throws ConnectionException what the last attempt threw, or {@link StandardErrorCode#TIMEOUT},
   *     or {@link StandardErrorCode#CANCELLED}, or {@link StandardErrorCode#UNAVAILABLE} while the
   *     source is given a rest; {@link StandardErrorCode#INTERNAL} for any other exception of the
   *     call
   * @throws IllegalStateException if made within another call
   */
  <T> T read(String name, Operation operation, RemoteCall<T> call);

  /**
   * Makes a round trip that is tried once, because it changes something.
   *
   * @param name what the call is, for figures and logs, in a few words and without values
   * @param operation deadline and cancellation
   * @param call the round trip
   * @param <T> what it gives
   * @return what the call gave
   * @throws ConnectionException as {@link #read} does, after one attempt
   * @throws IllegalStateException if made within another call
   */
  <T> T write(String name, Operation operation, RemoteCall<T> call);

  /**
   * Takes note of what the source said of its limits.
   *
   * @param quota an allowance and how much of it is used
   */
  void observe(Quota quota);
}
