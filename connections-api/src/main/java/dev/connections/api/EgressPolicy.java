package dev.connections.api;

import java.net.InetAddress;
import java.util.List;

/**
 * Which addresses may be dialled. An adapter resolves a name here, once, and dials one of the
 * addresses it got: asking the system again might give another answer. Each redirect is checked
 * again.
 *
 * <p>Safe for any thread.
 */
public interface EgressPolicy {
  /**
   * {@return the addresses of a host, all of them allowed}
   *
   * @param host a name or a literal address
   * @param port the port that will be dialled
   * @throws ConnectionException with {@link StandardErrorCode#UNKNOWN_HOST} if the name has no
   *     address, {@link StandardErrorCode#EGRESS_REFUSED} if any of them isn't allowed, {@link
   *     StandardErrorCode#TIMEOUT} if no name server answers in time, or {@link
   *     StandardErrorCode#CANCELLED} if the thread is interrupted
   */
  List<InetAddress> resolve(String host, int port);

  /** {@return whether the host insists on encrypted transport} */
  boolean secureRequired();
}
