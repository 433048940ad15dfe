package dev.connections.core.internal.egress;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What an address is for, by its bytes: the flags of {@code InetAddress} miss half of these. The
 * ranges are those of IANA's registries of special-purpose addresses, and the metadata addresses
 * that cloud providers document.
 */
enum AddressKind {
  /** Metadata services, which hand out the machine's own credentials. */
  METADATA(
      "a metadata service of a cloud",
      "168.63.129.16/32",
      "192.0.0.192/32",
      "100.100.100.200/32",
      "fd00:ec2::254/128",
      "fd20:ce::254/128"),
  LINK_LOCAL("a link-local address", "169.254.0.0/16", "fe80::/10"),
  UNSPECIFIED("the unspecified address", "0.0.0.0/8", "::/128"),
  LOOPBACK("this machine", "127.0.0.0/8", "::1/128"),
  PRIVATE(
      "an address of a private network",
      "10.0.0.0/8",
      "172.16.0.0/12",
      "192.168.0.0/16",
      "100.64.0.0/10",
      "198.18.0.0/15",
      "fc00::/7",
      "fec0::/10"),
  /** Nothing that can be dialled, or not what it seems. */
  RESERVED(
      "a reserved address",
      "192.0.0.0/24",
      "192.0.2.0/24",
      "192.88.99.0/24",
      "198.51.100.0/24",
      "203.0.113.0/24",
      "224.0.0.0/4",
      "240.0.0.0/4",
      "ff00::/8",
      "100::/64",
      "2001::/23",
      "2001:db8::/32",
      "3fff::/20",
      "5f00::/16",
      "64:ff9b:1::/48"),
  PUBLIC("a public address");

  private static final AddressRange COMPATIBLE = AddressRange.parse("::/96");
  private static final AddressRange MAPPED = AddressRange.parse("::ffff:0:0/96");
  private static final AddressRange TRANSLATED = AddressRange.parse("::ffff:0:0:0/96");
  private static final AddressRange NAT64 = AddressRange.parse("64:ff9b::/96");
  private static final AddressRange SIX_TO_FOUR = AddressRange.parse("2002::/16");

  private final String words;

  @SuppressWarnings("ImmutableEnumChecker") // neither the list nor a range can change
  private final List<AddressRange> ranges;

  AddressKind(String words, String... ranges) {
    this.words = words;
    this.ranges = Stream.of(ranges).map(AddressRange::parse).toList();
  }

  /** {@return what it is, for a sentence} */
  String words() {
    return words;
  }

  /** {@return the kind of an address, which is not one that leads to another} */
  static AddressKind of(byte[] address) {
    for (AddressKind kind : values()) {
      if (kind.ranges.stream().anyMatch(range -> range.contains(address))) {
        return kind;
      }
    }
    return PUBLIC;
  }

  /** {@return the IPv4 address that an IPv6 one leads to, if it leads to one} */
  static Optional<byte[]> leadsTo(byte[] address) {
    if (address.length != 16 || of(address) == UNSPECIFIED || of(address) == LOOPBACK) {
      return Optional.empty();
    }
    if (COMPATIBLE.contains(address)
        || MAPPED.contains(address)
        || TRANSLATED.contains(address)
        || NAT64.contains(address)
        || isIsatap(address)) {
      return Optional.of(Arrays.copyOfRange(address, 12, 16));
    }
    return SIX_TO_FOUR.contains(address)
        ? Optional.of(Arrays.copyOfRange(address, 2, 6))
        : Optional.empty();
  }

  private static boolean isIsatap(byte[] address) {
    return (address[8] & 0xfd) == 0
        && address[9] == 0
        && address[10] == 0x5e
        && address[11] == (byte) 0xfe;
  }
}
