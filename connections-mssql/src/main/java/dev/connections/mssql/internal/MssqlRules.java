package dev.connections.mssql.internal;

import dev.connections.api.Configuration;
import dev.connections.api.ConfigurationProblem;
import dev.connections.api.Field;
import dev.connections.api.StandardErrorCode;
import dev.connections.mssql.internal.MssqlFields.Authentication;
import dev.connections.mssql.internal.MssqlFields.AzureMode;
import dev.connections.mssql.internal.MssqlFields.WindowsScheme;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** What must fit together in a configuration. Checked offline. */
final class MssqlRules {
  /** Names of servers that Microsoft runs: nobody else gets a certificate for them. */
  private static final Pattern AZURE =
      Pattern.compile(
          "(?i).+\\.(database\\.(windows\\.net|chinacloudapi\\.cn|usgovcloudapi\\.net)"
              + "|sql\\.azuresynapse\\.(net|azure\\.cn|usgovcloudapi\\.net)"
              + "|(database|datawarehouse)\\.fabric\\.microsoft\\.com)\\.?");

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

  /** What is looked up must be a name that an instance may have. */
  static List<ConfigurationProblem> instance(Configuration configuration) {
    boolean named =
        configuration
            .find(MssqlFields.INSTANCE)
            .filter(name -> name.matches("[\\p{Alpha}_&#][\\w&#$]*"))
            .isPresent();
    return named || !configuration.get(MssqlFields.FIND_PORT)
        ? List.of()
        : List.of(
            ConfigurationProblem.of(
                MssqlFields.INSTANCE,
                "To look up its port, the instance's name is needed: letters and digits alone.",
                "Enter it without the server's name, such as SQLEXPRESS; or enter the port."));
  }

  static List<ConfigurationProblem> encryption(Configuration configuration) {
    List<ConfigurationProblem> problems = new ArrayList<>();
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
    return problems;
  }

  /**
   * The identity of the machine belongs to the application, and the server itself says for which
   * service it wants a token. So it is shown only to servers that prove to be Microsoft's.
   */
  static List<ConfigurationProblem> machine(Configuration configuration) {
    if (configuration
        .find(MssqlFields.AZURE_MODE)
        .filter(AzureMode.MANAGED_IDENTITY::equals)
        .isEmpty()) {
      return List.of();
    }
    List<ConfigurationProblem> problems = new ArrayList<>();
    if (configuration.find(MssqlFields.TRUST).orElse(false)) {
      problems.add(
          toAzureAlone(MssqlFields.TRUST, "Switch it off, or choose another kind of identity."));
    }
    if (configuration.find(MssqlFields.TRUST_STORE).isPresent()) {
      problems.add(
          toAzureAlone(
              MssqlFields.TRUST_STORE, "Leave it empty, or choose another kind of identity."));
    }
    Optional<String> proven = configuration.find(MssqlFields.CERTIFICATE_HOST);
    if (!AZURE.matcher(proven.orElseGet(() -> configuration.get(MssqlFields.SERVER))).matches()) {
      problems.add(
          toAzureAlone(
              proven.isPresent() ? MssqlFields.CERTIFICATE_HOST : MssqlFields.SERVER,
              "Enter a name such as sales.database.windows.net, or choose another kind of"
                  + " identity."));
    }
    return problems;
  }

  private static ConfigurationProblem toAzureAlone(Field<?> field, String remedy) {
    return ConfigurationProblem.of(
        field,
        "The machine's identity is shown only to servers whose certificate proves that they are"
            + " Azure's.",
        remedy);
  }

  private static boolean isTrustStore(String text, Configuration configuration) {
    try {
      return !TrustedCertificates.of(text, configuration.find(MssqlFields.TRUST_STORE_PASSWORD))
          .isEmpty();
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
