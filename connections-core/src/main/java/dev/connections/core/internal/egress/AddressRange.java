package dev.connections.core.internal.egress;

import java.util.Arrays;
import java.util.Optional;

/** A block of addresses that share their first bits. */
public final class AddressRange {
  private final byte[] network;
  private final int bits;

  private AddressRange(byte[] network, int bits) {
    this.network = network;
    this.bits = bits;
  }

  /**
   * {@return the range of a text}
   *
   * @param text network address, slash and number of bits
   * @throws IllegalArgumentException if it isn't written so, or has bits set behind the network's
   */
  public static AddressRange parse(String text) {
    int slash = text.indexOf('/');
    Optional<byte[]> address =
        slash < 0 ? Optional.empty() : Literal.parse(text.substring(0, slash));
    String length = text.substring(slash + 1);
    if (address.isEmpty() || !length.matches("[0-9]{1,3}")) {
      throw notARange(text);
    }
    int bits = Integer.parseInt(length);
    byte[] network = address.get();
    if (bits > network.length * 8 || !Arrays.equals(network, masked(network, bits))) {
      throw notARange(text);
    }
    return new AddressRange(network, bits);
  }

  private static IllegalArgumentException notARange(String text) {
    return new IllegalArgumentException(
        "Not a range of addresses: '"
            + text
            + "'. Write network address, slash and number of bits, such as 10.20.0.0/16.");
  }

  /** {@return how many bits its addresses share; the more, the narrower} */
  int bits() {
    return bits;
  }

  boolean contains(byte[] address) {
    return address.length == network.length && Arrays.equals(network, masked(address, bits));
  }

  private static byte[] masked(byte[] address, int bits) {
    byte[] masked = new byte[address.length];
    for (int i = 0; i < address.length; i++) {
      int keep = Math.min(8, Math.max(0, bits - i * 8));
      masked[i] = (byte) (address[i] & (0xff00 >> keep));
    }
    return masked;
  }
}
