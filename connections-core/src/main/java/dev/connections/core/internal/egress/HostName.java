package dev.connections.core.internal.egress;

import dev.connections.api.ConnectionException;
import dev.connections.api.Failure;
import dev.connections.api.StandardErrorCode;
import java.net.IDN;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A server as the user entered it: a name, or an address in a form that is read alike everywhere.
 *
 * @param ascii the name as it is looked up, or the address
 * @param literal the bytes, where it is an address
 */
record HostName(String ascii, Optional<byte[]> literal) {
  private static final int LONGEST = 253;
  private static final int LONGEST_SHOWN = 80;

  // Underscores aren't allowed in host names and are found in them all the same.
  private static final Pattern NAME =
      Pattern.compile("(?!-)[a-z0-9_-]{1,63}(?:\\.[a-z0-9_-]{1,63})*\\.?");

  /**
   * {@return the name}
   *
   * @throws ConnectionException if it is none, or an address in another form
   */
  static HostName of(String host) {
    String text = host.strip();
    boolean bracketed = text.startsWith("[") && text.endsWith("]");
    String inner = bracketed ? text.substring(1, text.length() - 1) : text;
    Optional<byte[]> literal = Literal.parse(inner);
    if (literal.isPresent() && (!bracketed || literal.get().length == 16)) {
      return new HostName(inner, literal);
    }
    String ascii = ascii(inner, host).toLowerCase(Locale.ROOT);
    // After the conversion: it turns wide digits and dots into plain ones.
    if (Literal.looksLikeOne(ascii)) {
      throw Failure.of(
              StandardErrorCode.EGRESS_REFUSED,
              "The address '"
                  + shown(host)
                  + "' is written in a way that systems read differently.")
          .withRemedy(
              "Write an IPv4 address as four numbers without leading zeros, such as 192.0.2.10,"
                  + " an IPv6 address without a zone, and the port in its own field.")
          .asException();
    }
    if (bracketed || ascii.length() > LONGEST || !NAME.matcher(ascii).matches()) {
      throw notAName(host);
    }
    return new HostName(ascii, Optional.empty());
  }

  /** {@return the name in a form that can be shown} */
  String shown() {
    return shown(ascii);
  }

  private static String ascii(String text, String host) {
    try {
      return text.chars().allMatch(c -> c < 128) ? text : IDN.toASCII(text);
    } catch (IllegalArgumentException notConvertible) {
      throw notAName(host);
    }
  }

  private static ConnectionException notAName(String host) {
    return Failure.of(
            StandardErrorCode.UNKNOWN_HOST, "'" + shown(host) + "' isn't the name of a server.")
        .withRemedy(
            "Enter the name or the address alone, without protocol, user, port or path, such as"
                + " db.example.com.")
        .asException();
  }

  /** Only letters, digits and a few signs: the text comes from anywhere and goes to logs. */
  private static String shown(String host) {
    String safe = host.replaceAll("[^\\p{L}\\p{N}.:_\\[\\] -]", "?");
    return safe.length() <= LONGEST_SHOWN ? safe : safe.substring(0, LONGEST_SHOWN) + "…";
  }
}
