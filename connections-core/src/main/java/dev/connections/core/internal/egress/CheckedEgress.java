package dev.connections.core.internal.egress;

import dev.connections.api.ConnectionException;
import dev.connections.api.EgressPolicy;
import dev.connections.api.Failure;
import dev.connections.api.StandardErrorCode;
import dev.connections.core.EgressRules;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Resolves names once and checks every address against the host's rules. */
public final class CheckedEgress implements EgressPolicy {
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final EgressRules rules;
  private final List<AddressRange> allowed;
  private final List<AddressRange> denied;
  private final NameLookup names;

  /**
   * Makes a policy that asks the system for names.
   *
   * @param rules what the host allows
   */
  public CheckedEgress(EgressRules rules) {
    this(rules, InetAddress::getAllByName, PATIENCE);
  }

  CheckedEgress(EgressRules rules, NameLookup.Resolver resolver, Duration patience) {
    this.rules = rules;
    this.allowed = rules.allowed().stream().map(AddressRange::parse).toList();
    this.denied = rules.denied().stream().map(AddressRange::parse).toList();
    this.names = new NameLookup(resolver, patience);
  }

  @Override
  public List<InetAddress> resolve(String host, int port) {
    HostName name = HostName.of(host);
    List<InetAddress> addresses =
        name.literal()
            .map(bytes -> List.of(address(name, bytes)))
            .orElseGet(() -> names.lookUp(name.ascii()));
    for (InetAddress address : addresses) {
      check(name, address.getAddress());
    }
    return addresses;
  }

  @Override
  public boolean secureRequired() {
    return rules.secureRequired();
  }

  private static InetAddress address(HostName name, byte[] bytes) {
    try {
      return InetAddress.getByAddress(name.ascii(), bytes);
    } catch (UnknownHostException wrongLength) {
      throw new IllegalStateException("no address: " + name.ascii(), wrongLength);
    }
  }

  private void check(HostName name, byte[] address) {
    Optional<byte[]> inner = AddressKind.leadsTo(address);
    // Both must be allowed: a rule may name the one or the other.
    for (byte[] bytes : inner.map(ipv4 -> List.of(address, ipv4)).orElse(List.of(address))) {
      AddressKind kind = AddressKind.of(bytes);
      if (!allows(kind, bytes)) {
        throw refused(name, kind);
      }
    }
  }

  private boolean allows(AddressKind kind, byte[] address) {
    boolean never =
        switch (kind) {
          case METADATA, LINK_LOCAL, UNSPECIFIED, RESERVED -> true;
          case LOOPBACK, PRIVATE, PUBLIC -> false;
        };
    if (never) {
      return false;
    }
    int widthDenied = narrowest(denied, address);
    int widthAllowed = narrowest(allowed, address);
    if (widthDenied >= 0 || widthAllowed >= 0) {
      return widthAllowed > widthDenied;
    }
    return switch (kind) {
      case LOOPBACK -> rules.loopback();
      case PRIVATE -> rules.privateRanges();
      default -> true;
    };
  }

  private static int narrowest(List<AddressRange> ranges, byte[] address) {
    return ranges.stream()
        .filter(range -> range.contains(address))
        .mapToInt(AddressRange::bits)
        .max()
        .orElse(-1);
  }

  private static ConnectionException refused(HostName name, AddressKind kind) {
    String remedy =
        switch (kind) {
          case LOOPBACK, PRIVATE, PUBLIC ->
              "Enter a server that this application may reach, or ask its operator to allow this"
                  + " one.";
          default -> "Enter the address of a server; addresses of this kind are never dialled.";
        };
    return Failure.of(
            StandardErrorCode.EGRESS_REFUSED,
            "The address of '" + name.shown() + "' may not be dialled: it is " + kind.words() + ".")
        .withRemedy(remedy)
        .asException();
  }
}
