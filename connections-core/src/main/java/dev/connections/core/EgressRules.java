package dev.connections.core;

import dev.connections.api.Internal;
import dev.connections.core.internal.egress.AddressRange;
import java.util.ArrayList;
import java.util.List;

/**
 * Which addresses connections may dial, as the host decides it. What users enter as a server's name
 * is resolved once, and <em>every</em> address it has must be allowed.
 *
 * <p>The default suits an application whose users connect to databases in their own network: public
 * addresses, private ranges and this machine are allowed. A host that many tenants share should
 * {@linkplain #withoutLoopback refuse loopback} and {@linkplain #withoutPrivateRanges private
 * ranges}, since to it they mean the host's own surroundings.
 *
 * <p>Never allowed, whatever the rules say: the unspecified address, link-local addresses (cloud
 * metadata services among them), the metadata addresses of clouds outside that range, multicast and
 * broadcast, and ranges that no host can have. IPv4 addresses hidden in IPv6 ones (mapped,
 * compatible, NAT64, 6to4, ISATAP) are judged as what they lead to.
 *
 * <p>Otherwise, where an address is in an allowed and in a denied range, the narrower one decides,
 * and denied wins between equals. So denying {@code 0.0.0.0/0} and {@code ::/0} and allowing {@code
 * 10.20.0.0/16} opens that network only.
 *
 * <p>Immutable. Made by {@link #defaults} and completed by the {@code with…} methods.
 *
 * @param loopback whether this machine may be dialled
 * @param privateRanges whether addresses of private networks may be dialled, those that providers
 *     share among their customers included
 * @param allowed ranges that may be dialled, such as {@code 10.20.0.0/16} or {@code fd00::/8}
 * @param denied ranges that may not be dialled
 * @param secureRequired whether adapters must insist on encrypted transport
 */
public record EgressRules(
    boolean loopback,
    boolean privateRanges,
    List<String> allowed,
    List<String> denied,
    boolean secureRequired) {

  /**
   * Checks the ranges; {@link #defaults} is the way to make rules.
   *
   * @param loopback whether this machine may be dialled
   * @param privateRanges whether addresses of private networks may be dialled
   * @param allowed ranges that may be dialled
   * @param denied ranges that may not be dialled
   * @param secureRequired whether adapters must insist on encrypted transport
   * @throws IllegalArgumentException if a range isn't written as network address, slash and number
   *     of bits
   */
  @Internal
  public EgressRules {
    allowed = List.copyOf(allowed);
    denied = List.copyOf(denied);
    allowed.forEach(AddressRange::parse);
    denied.forEach(AddressRange::parse);
  }

  /** {@return rules that allow public and private addresses and this machine} */
  public static EgressRules defaults() {
    return new EgressRules(true, true, List.of(), List.of(), false);
  }

  /** {@return a copy that refuses this machine} */
  public EgressRules withoutLoopback() {
    return new EgressRules(false, privateRanges, allowed, denied, secureRequired);
  }

  /** {@return a copy that refuses addresses of private networks} */
  public EgressRules withoutPrivateRanges() {
    return new EgressRules(loopback, false, allowed, denied, secureRequired);
  }

  /**
   * {@return a copy that allows one more range}
   *
   * @param range network address, slash and number of bits, for example {@code 10.20.0.0/16}
   * @throws IllegalArgumentException if it isn't written so
   */
  public EgressRules withAllowed(String range) {
    return new EgressRules(loopback, privateRanges, and(allowed, range), denied, secureRequired);
  }

  /**
   * {@return a copy that denies one more range}
   *
   * @param range network address, slash and number of bits, for example {@code 10.20.0.0/16}
   * @throws IllegalArgumentException if it isn't written so
   */
  public EgressRules withDenied(String range) {
    return new EgressRules(loopback, privateRanges, allowed, and(denied, range), secureRequired);
  }

  /** {@return a copy that has adapters insist on encrypted transport} */
  public EgressRules withSecureRequired() {
    return new EgressRules(loopback, privateRanges, allowed, denied, true);
  }

  private static List<String> and(List<String> ranges, String range) {
    List<String> longer = new ArrayList<>(ranges);
    longer.add(range);
    return longer;
  }
}
