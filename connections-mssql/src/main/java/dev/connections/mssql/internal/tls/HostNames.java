package dev.connections.mssql.internal.tls;

import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import javax.naming.InvalidNameException;
import javax.naming.ldap.LdapName;
import javax.naming.ldap.Rdn;

/** The names that a certificate is for. */
final class HostNames {
  private static final int DNS_NAME = 2;
  private static final int ADDRESS = 7;

  private HostNames() {}

  /**
   * Whether a certificate is for a host; the subject's name counts only where no other is given.
   */
  static boolean match(X509Certificate certificate, String host)
      throws CertificateParsingException {
    Collection<List<?>> names =
        Optional.ofNullable(certificate.getSubjectAlternativeNames()).orElse(List.of());
    boolean alternatives = false;
    for (List<?> name : names) {
      Object kind = name.get(0);
      if (kind.equals(DNS_NAME) || kind.equals(ADDRESS)) {
        alternatives |= kind.equals(DNS_NAME);
        if (matches(String.valueOf(name.get(1)), host)) {
          return true;
        }
      }
    }
    return !alternatives && commonName(certificate).filter(name -> matches(name, host)).isPresent();
  }

  private static Optional<String> commonName(X509Certificate certificate) {
    try {
      for (Rdn part : new LdapName(certificate.getSubjectX500Principal().getName()).getRdns()) {
        if (part.getType().equalsIgnoreCase("CN")) {
          return Optional.of(String.valueOf(part.getValue()));
        }
      }
      return Optional.empty();
    } catch (InvalidNameException e) {
      return Optional.empty();
    }
  }

  /** A star stands for one whole label, the first, and never for a whole domain. */
  private static boolean matches(String name, String host) {
    String pattern = plain(name);
    String asked = plain(host);
    if (pattern.equals(asked)) {
      return true;
    }
    int dot = asked.indexOf('.');
    return pattern.startsWith("*.")
        && pattern.indexOf('.', 2) > 0
        && dot > 0
        && asked.substring(dot).equals(pattern.substring(1));
  }

  private static String plain(String name) {
    String lower = name.toLowerCase(Locale.ROOT).replaceAll("[\\[\\]]", "");
    return lower.endsWith(".") ? lower.substring(0, lower.length() - 1) : lower;
  }
}
