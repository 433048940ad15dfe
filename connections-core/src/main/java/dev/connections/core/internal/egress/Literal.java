package dev.connections.core.internal.egress;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Addresses written as such. Only the forms that every system reads alike: a dotted quad without
 * leading zeros, and IPv6 without a zone. Java reads {@code 0177.0.0.1} as 177.0.0.1 and C as
 * 127.0.0.1, so a driver might dial what was never checked.
 */
final class Literal {
  private static final String OCTET = "(?:25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])";
  private static final Pattern QUAD = Pattern.compile(OCTET + "(?:\\." + OCTET + "){3}");
  private static final Pattern IPV6 = Pattern.compile("[0-9A-Fa-f:]{2,39}");

  /** What some system takes for a number: the last label decides. */
  private static final Pattern NUMERIC =
      Pattern.compile("(?:.*\\.)?(?:[0-9]+|0[xX][0-9A-Fa-f]*)\\.?");

  private Literal() {}

  /** {@return the bytes of an address, if the text is one in a form that is read alike} */
  static Optional<byte[]> parse(String text) {
    if (QUAD.matcher(text).matches()) {
      return Optional.of(quad(text));
    }
    int colon = text.lastIndexOf(':');
    if (colon < 0) {
      return Optional.empty();
    }
    String tail = text.substring(colon + 1);
    boolean quadAtEnd = QUAD.matcher(tail).matches();
    String plain = quadAtEnd ? text.substring(0, colon + 1) + inGroups(quad(tail)) : text;
    return IPV6.matcher(plain).matches() ? ipv6(plain) : Optional.empty();
  }

  /** {@return whether a text would be taken for an address by some system, in whatever form} */
  static boolean looksLikeOne(String text) {
    return text.indexOf(':') >= 0 || NUMERIC.matcher(text).matches();
  }

  private static byte[] quad(String text) {
    String[] parts = text.split("\\.", -1);
    byte[] bytes = new byte[4];
    for (int i = 0; i < 4; i++) {
      bytes[i] = (byte) Integer.parseInt(parts[i]);
    }
    return bytes;
  }

  private static String inGroups(byte[] quad) {
    return String.format(
        "%02x%02x:%02x%02x", quad[0] & 0xff, quad[1] & 0xff, quad[2] & 0xff, quad[3] & 0xff);
  }

  private static Optional<byte[]> ipv6(String text) {
    try {
      // With a colon in it, the text is never looked up as a name.
      byte[] bytes = InetAddress.getByName(text).getAddress();
      return Optional.of(bytes.length == 4 ? mapped(bytes) : bytes);
    } catch (UnknownHostException malformed) {
      return Optional.empty();
    }
  }

  /** Java gives the IPv4 address for a mapped one; what was written is kept. */
  private static byte[] mapped(byte[] ipv4) {
    byte[] bytes = new byte[16];
    bytes[10] = (byte) 0xff;
    bytes[11] = (byte) 0xff;
    System.arraycopy(ipv4, 0, bytes, 12, 4);
    return bytes;
  }
}
