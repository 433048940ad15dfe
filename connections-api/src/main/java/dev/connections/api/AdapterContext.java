package dev.connections.api;

import java.time.Clock;

/**
 * What an adapter may use for its life: everything it needs from its surroundings. An adapter
 * reaches the outside only through this, so that limits, retries and cancellation are decided in
 * one place.
 *
 * <p>Safe for any thread.
 */
public interface AdapterContext {
  /** {@return the clock to tell time by} */
  Clock clock();

  /** {@return threads for the parts of one operation} */
  Parallel parallel();

  /**
   * {@return the way to make remote calls} An adapter asks once, when it is opened.
   *
   * @param limits what the source bears, from the configuration
   */
  RemoteCalls calls(CallLimits limits);

  /** {@return the tokens of this connection} */
  TokenStore tokens();

  /** {@return which addresses may be dialled} */
  EgressPolicy egress();

  /** {@return where the adapter tells figures about itself} */
  Events events();
}
