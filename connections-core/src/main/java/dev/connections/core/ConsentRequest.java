package dev.connections.core;

import java.net.URI;
import java.time.Instant;
import java.util.Objects;

/**
 * A consent that was begun.
 *
 * @param address where to send the browser of the person who consents; good for one visit, and not
 *     to be logged
 * @param until when it is too late to complete it
 */
public record ConsentRequest(URI address, Instant until) {
  /**
   * Checks that no part is null.
   *
   * @param address where to send the browser
   * @param until when it is too late
   */
  public ConsentRequest {
    Objects.requireNonNull(address, "address");
    Objects.requireNonNull(until, "until");
  }

  /** {@return until when it can be completed; not the address, by which somebody else could} */
  @Override
  public String toString() {
    return "ConsentRequest[until " + until + "]";
  }
}
