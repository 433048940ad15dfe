package dev.connections.http;

import dev.connections.api.ConnectionException;
import dev.connections.api.EgressPolicy;
import dev.connections.api.Failure;
import dev.connections.api.StandardErrorCode;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Optional;
import okhttp3.Dns;

/**
 * The only way a name becomes an address: the host's egress policy resolves it once and checks
 * every address, and the client dials what it gave.
 *
 * <p>The client asks for a name on the thread that makes the call and doesn't say the port, so the
 * target is left here for the length of the call.
 */
final class CheckedNames implements Dns {
  /** A thread makes one call at a time. */
  private static final ThreadLocal<Target> TARGET = new ThreadLocal<>();

  private final EgressPolicy egress;
  private final Optional<Target> proxy;

  CheckedNames(EgressPolicy egress, Optional<ProxySettings> proxy) {
    this.egress = egress;
    this.proxy = proxy.map(settings -> new Target(false, settings.host(), settings.port()));
  }

  /** A refusal, in the only type that the client lets through from here. */
  static final class Refused extends UnknownHostException {
    private static final long serialVersionUID = 1L;

    Refused(ConnectionException refusal) {
      initCause(refusal);
    }
  }

  /**
   * Says what this thread is about to dial, and checks what the client doesn't ask for: addresses
   * that are written as such, and what lies behind a proxy.
   */
  void expect(Target next) {
    TARGET.set(next);
    if (!next.secure() && egress.secureRequired()) {
      throw plain(next);
    }
    if (proxy.isPresent()) {
      proxy.filter(Target::literal).ifPresent(own -> egress.resolve(own.host(), own.port()));
      behindProxy(next);
    } else if (next.literal()) {
      checked(next);
    }
  }

  void forget() {
    TARGET.remove();
  }

  /** The proxy resolves the name itself; what this machine knows of it is checked all the same. */
  private void behindProxy(Target next) {
    try {
      checked(next);
    } catch (ConnectionException unresolved) {
      if (!next.secure() || !unresolved.is(StandardErrorCode.UNKNOWN_HOST)) {
        throw unresolved;
      }
    }
  }

  @Override
  public List<InetAddress> lookup(String name) throws UnknownHostException {
    try {
      if (proxy.isPresent()) {
        return egress.resolve(name, proxy.get().port());
      }
      return checked(Optional.ofNullable(TARGET.get()).orElseThrow());
    } catch (ConnectionException refusal) {
      throw new Refused(refusal);
    }
  }

  /** Without encryption nothing leaves this machine, whatever the policy: a password would too. */
  private List<InetAddress> checked(Target next) {
    List<InetAddress> addresses = egress.resolve(next.host(), next.port());
    if (!next.secure() && !addresses.stream().allMatch(InetAddress::isLoopbackAddress)) {
      throw plain(next);
    }
    return addresses;
  }

  private static ConnectionException plain(Target next) {
    return Failure.of(
            StandardErrorCode.EGRESS_REFUSED,
            "The channel to " + next.shown() + " wouldn't be encrypted.")
        .withRemedy("Enter an address that begins with https.")
        .asException();
  }
}
