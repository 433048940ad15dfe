package dev.connections.simulators;

import java.net.URI;
import java.time.Duration;

/**
 * A service on a port of this machine. It listens on the loopback address alone, over plain HTTP.
 * Safe for use by several threads; what is changed counts for requests that arrive afterwards.
 */
public interface Simulator extends AutoCloseable {
  /**
   * Where the service listens.
   *
   * @return scheme, host and port, without a path
   */
  URI url();

  /**
   * What was asked so far.
   *
   * @return the record of requests, which goes on growing
   */
  RequestLog requests();

  /**
   * What goes wrong, and at which request.
   *
   * @return the plan of faults, empty at first
   */
  Faults faults();

  /**
   * Makes each answer wait, as a network and a busy service do.
   *
   * @param time how long every answer waits; zero at first
   */
  void latency(Duration time);

  /** Ends the service and every answer that still waits. Closing twice does nothing more. */
  @Override
  void close();
}
