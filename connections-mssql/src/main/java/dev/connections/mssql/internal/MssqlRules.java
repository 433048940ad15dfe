package dev.connections.mssql.internal;

import dev.connections.api.Configuration;
import dev.connections.api.ConfigurationProblem;
import dev.connections.api.Field;
import dev.connections.api.StandardErrorCode;
import dev.connections.jdbc.TlsMaterial;
import dev.connections.mssql.internal.MssqlFields.Authentication;
import dev.connections.mssql.internal.MssqlFields.AzureMode;
import dev.connections.mssql.internal.MssqlFields.WindowsScheme;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What must fit together in a configuration. Checked offline. */
final class MssqlRules {
  private MssqlRules() {}

  /** How much of user name and password a way of signing in needs. */
  enum Identity {
    /** Both. */
    BOTH,
    /** Both or neither. */
    PAIR,
    /** A name at most: it chooses one of several identities. */
    NAME,
    /** Neither. */
    NEITHER
  }

  static Identity needed(Configuration configuration) {
    Authentication type = configuration.get(MssqlFields.AUTHENTICATION);
    if (type == Authentication.WINDOWS_AUTH) {
      return switch (configuration.get(MssqlFields.WINDOWS_SCHEME)) {
        case KERBEROS -> Identity.PAIR;
        case NTLM -> Identity.BOTH;
        case NATIVE -> Identity.NEITHER;
      };
    }
    if (type == Authentication.AZURE_AD) {
      AzureMode mode = configuration.get(MssqlFields.AZURE_MODE);
      return switch (mode) {
        case PASSWORD, SERVICE_PRINCIPAL -> Identity.BOTH;
        case MANAGED_IDENTITY -> Identity.NAME;
        case ACCESS_TOKEN -> Identity.NEITHER;
      };
    }
    // A server that knows the certificate asks for no password; the driver sends none then.
    return configuration.find(MssqlFields.CLIENT_CERTIFICATE).isPresent()
        ? Identity.PAIR
        : Identity.BOTH;
  }

  static List<ConfigurationProblem> identity(Configuration configuration) {
    List<ConfigurationProblem> problems = new ArrayList<>();
    Identity needed = needed(configuration);
    boolean named = configuration.find(MssqlFields.USER).isPresent();
    boolean proven = configuration.find(MssqlFields.PASSWORD).isPresent();
    boolean pair = needed == Identity.BOTH || (needed == Identity.PAIR && (named || proven));
    if (pair && !named) {
      problems.add(missing(MssqlFields.USER, StandardErrorCode.INVALID_CONFIGURATION));
    }
    if (pair && !proven) {
      problems.add(missing(MssqlFields.PASSWORD, StandardErrorCode.MISSING_SECRET));
    }
    if (configuration
            .find(MssqlFields.WINDOWS_SCHEME)
            .filter(WindowsScheme.NTLM::equals)
            .isPresent()
        && configuration.find(MssqlFields.DOMAIN).isEmpty()) {
      problems.add(missing(MssqlFields.DOMAIN, StandardErrorCode.INVALID_CONFIGURATION));
    }
    return problems;
  }

  private static ConfigurationProblem missing(Field<?> field, StandardErrorCode code) {
    return new ConfigurationProblem(
        field.path(),
        code,
        field.label() + " is missing.",
        Optional.of("Enter it, or choose another kind of authentication."));
  }

  /** What ends up in the protocol holds nothing that could end it early. */
  static List<ConfigurationProblem> names(Configuration configuration) {
    List<ConfigurationProblem> problems = new ArrayList<>();
    for (Field<String> host : List.of(MssqlFields.SERVER, MssqlFields.CERTIFICATE_HOST)) {
      configuration
          .find(host)
          .filter(text -> !isHost(text))
          .ifPresent(
              text ->
                  problems.add(
                      ConfigurationProblem.of(
                          host,
                          host.label() + " holds a character that no host name has.",
                          "Enter only the name or address, such as sql.example.com; port and"
                              + " instance have their own fields.")));
    }
    for (Field<String> text :
        List.of(
            MssqlFields.DATABASE,
            MssqlFields.USER,
            MssqlFields.DOMAIN,
            MssqlFields.INSTANCE,
            MssqlFields.APPLICATION_NAME)) {
      if (configuration.find(text).filter(MssqlRules::holdsControl).isPresent()) {
        problems.add(
            ConfigurationProblem.of(
                text, text.label() + " holds a control character.", "Enter it again."));
      }
    }
    return problems;
  }

  private static boolean holdsControl(String text) {
    return text.codePoints().anyMatch(Character::isISOControl);
  }

  private static boolean isHost(String text) {
    return text.matches("\\[?[0-9A-Fa-f:]*:[0-9A-Fa-f:.]+\\]?")
        || text.matches("[A-Za-z0-9]([A-Za-z0-9._-]*[A-Za-z0-9.])?");
  }

  static List<ConfigurationProblem> encryption(Configuration configuration) {
    List<ConfigurationProblem> problems = new ArrayList<>();
    if (configuration
        .find(MssqlFields.MIN_TLS)
        .filter(text -> !List.of("TLSv1.2", "TLSv1.3").contains(text))
        .isPresent()) {
      problems.add(
          ConfigurationProblem.of(
              MssqlFields.MIN_TLS,
              "Oldest TLS version has none of its values.",
              "Choose TLSv1.2 or TLSv1.3."));
    }
    if (configuration.find(MssqlFields.STRICT).orElse(false)
        && configuration.find(MssqlFields.TRUST).orElse(false)) {
      problems.add(
          ConfigurationProblem.of(
              MssqlFields.TRUST,
              "Strict encryption always checks the server's certificate.",
              "Switch one of both off."));
    }
    configuration
        .find(MssqlFields.TRUST_STORE)
        .filter(text -> !isTrustStore(text, configuration))
        .ifPresent(
            text ->
                problems.add(
                    ConfigurationProblem.of(
                        MssqlFields.TRUST_STORE,
                        "Trusted certificates are neither PEM nor a trust store in Base64, or the"
                            + " store's password is wrong.",
                        "Paste the certificate's text, beginning with -----BEGIN CERTIFICATE-----,"
                            + " or the store in Base64 (base64 -w0 store.p12); not a path.")));
    clientCertificate(configuration, problems);
    return problems;
  }

  private static boolean isTrustStore(String text, Configuration configuration) {
    try {
      return !TrustedCertificates.of(text, configuration.find(MssqlFields.TRUST_STORE_PASSWORD))
          .isEmpty();
    } catch (GeneralSecurityException e) {
      return false;
    }
  }

  private static void clientCertificate(
      Configuration configuration, List<ConfigurationProblem> problems) {
    boolean certificate = configuration.find(MssqlFields.CLIENT_CERTIFICATE).isPresent();
    boolean key = configuration.find(MssqlFields.CLIENT_KEY).isPresent();
    if (certificate != key) {
      problems.add(
          ConfigurationProblem.of(
              key ? MssqlFields.CLIENT_CERTIFICATE : MssqlFields.CLIENT_KEY,
              "A client certificate and its key go together.",
              "Enter both or neither."));
      return;
    }
    if (certificate && !isCertificate(configuration.get(MssqlFields.CLIENT_CERTIFICATE))) {
      problems.add(
          ConfigurationProblem.of(
              MssqlFields.CLIENT_CERTIFICATE,
              "Client certificate isn't a certificate in PEM.",
              "Paste the file's text, beginning with -----BEGIN CERTIFICATE-----."));
    }
    if (key && !configuration.get(MssqlFields.CLIENT_KEY).use(MssqlRules::isKey)) {
      problems.add(
          ConfigurationProblem.of(
              MssqlFields.CLIENT_KEY,
              "Client key isn't an unencrypted PKCS #8 key in PEM.",
              "Convert it: openssl pkcs8 -topk8 -nocrypt."));
    }
  }

  private static boolean isCertificate(String pem) {
    try {
      return !TlsMaterial.certificates(pem).isEmpty();
    } catch (GeneralSecurityException e) {
      return false;
    }
  }

  private static boolean isKey(char[] pem) {
    try {
      return !TlsMaterial.key(pem).getAlgorithm().isEmpty();
    } catch (GeneralSecurityException e) {
      return false;
    }
  }

  static List<ConfigurationProblem> trackingTables(Configuration configuration) {
    List<ConfigurationProblem> problems = new ArrayList<>();
    List<String> wrong =
        configuration.find(MssqlFields.CDC_TABLES).orElse(List.of()).stream()
            .filter(name -> Names.parse(name).isEmpty())
            .toList();
    if (!wrong.isEmpty()) {
      problems.add(
          ConfigurationProblem.of(
              MssqlFields.CDC_TABLES,
              wrong.size() == 1
                  ? "One of the captured tables has no name of the form schema.table."
                  : wrong.size() + " of the captured tables have no name of the form schema.table.",
              "Write Sales.Orders, or [Sales].[Orders] where a name holds a dot."));
    }
    return problems;
  }
}
