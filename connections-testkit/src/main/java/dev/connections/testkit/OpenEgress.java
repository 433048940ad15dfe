package dev.connections.testkit;

import dev.connections.api.EgressPolicy;
import dev.connections.api.Failure;
import dev.connections.api.StandardErrorCode;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;

/** Allows every address: the servers of tests are on this machine. */
final class OpenEgress implements EgressPolicy {
  @Override
  public List<InetAddress> resolve(String host, int port) {
    try {
      return List.of(InetAddress.getAllByName(host));
    } catch (UnknownHostException unknown) {
      throw Failure.of(
              StandardErrorCode.UNKNOWN_HOST, "The host name '" + host + "' has no address.")
          .withRemedy("Check the name for typing errors.")
          .asException(unknown);
    }
  }

  @Override
  public boolean secureRequired() {
    return false;
  }
}
