package dev.connections.mssql.internal;

import dev.connections.api.Configuration;
import dev.connections.api.ConfigurationValues;
import dev.connections.api.ConnectionException;
import dev.connections.api.ConnectionString;
import dev.connections.api.Field;
import dev.connections.api.Notice;
import dev.connections.api.Secret;
import dev.connections.jdbc.UrlFields;
import dev.connections.jdbc.UrlProperty;
import dev.connections.mssql.internal.MssqlFields.Authentication;
import dev.connections.mssql.internal.MssqlFields.AzureMode;
import dev.connections.mssql.internal.MssqlFields.WindowsScheme;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A connection as one line: the driver's URL. */
final class MssqlUrl implements ConnectionString {
  private static final Pattern START = Pattern.compile("(?i)jdbc:sqlserver:(//)?");

  /** Server, named instance and port, each perhaps missing. */
  private static final Pattern SERVER =
      Pattern.compile("(\\[[^\\]]*\\]|[^:\\\\\\[\\]]*)(?:\\\\([^:]*))?(?::(\\d+))?");

  private static final String NEEDS_TEXT =
      "It names a file. Paste the file's content into the field instead.";

  private static final String OURS = "What dials and encrypts is chosen by this adapter.";

  /** What the driver calls the ways of signing in, and what they are called here. */
  private static final Map<String, AzureMode> AZURE =
      Map.of(
          "activedirectorypassword", AzureMode.PASSWORD,
          "activedirectoryserviceprincipal", AzureMode.SERVICE_PRINCIPAL,
          "activedirectorymanagedidentity", AzureMode.MANAGED_IDENTITY,
          "activedirectorymsi", AzureMode.MANAGED_IDENTITY);

  private static final Map<String, WindowsScheme> SCHEMES =
      Map.of(
          "javakerberos", WindowsScheme.KERBEROS,
          "ntlm", WindowsScheme.NTLM,
          "nativeauthentication", WindowsScheme.NATIVE);

  private static final UrlFields FIELDS =
      UrlFields.none()
          .take(MssqlFields.SERVER, "serverName", "server")
          .take(MssqlFields.PORT, "portNumber", "port")
          .take(MssqlFields.DATABASE, "databaseName", "database")
          .take(MssqlFields.INSTANCE, "instanceName")
          .take(MssqlFields.USER, "user", "userName", "msiClientId")
          .take(MssqlFields.PASSWORD, "password")
          .take(MssqlFields.ACCESS_TOKEN, "accessToken")
          .take(MssqlFields.DOMAIN, "domain", "domainName", "realm")
          .take(MssqlFields.ENCRYPT, MssqlUrl::encrypted, "encrypt")
          .take(MssqlFields.TRUST, MssqlUrl::flag, "trustServerCertificate")
          .take(MssqlFields.CERTIFICATE_HOST, "hostNameInCertificate")
          .take(MssqlFields.CONNECT_TIMEOUT, MssqlUrl::seconds, "loginTimeout")
          .take(MssqlFields.COMMAND_TIMEOUT, MssqlUrl::seconds, "queryTimeout")
          .take(MssqlFields.APPLICATION_NAME, "applicationName")
          .take(MssqlFields.INTENT, MssqlUrl::intent, "applicationIntent")
          .take(MssqlFields.MULTI_SUBNET, MssqlUrl::flag, "multiSubnetFailover")
          .leave(NEEDS_TEXT, "trustStore", "clientCertificate", "clientKey")
          .leave(
              "Enter it where its store or key is entered.",
              "trustStorePassword",
              "clientKeyPassword")
          .leave(
              "Choose the kind of authentication yourself.",
              "authentication",
              "authenticationScheme")
          .leave("Choose the oldest version of TLS yourself.", "sslProtocol")
          .leave(
              OURS,
              "socketFactoryClass",
              "socketFactoryConstructorArg",
              "trustManagerClass",
              "trustManagerConstructorArg",
              "serverCertificate",
              "connectRetryCount",
              "socketTimeout");

  @Override
  public boolean recognizes(String text) {
    return START.matcher(text.strip()).lookingAt();
  }

  @Override
  public Imported read(String text) {
    String line = text.strip();
    Matcher start = START.matcher(line);
    if (!start.lookingAt()) {
      throw malformed();
    }
    String rest = line.substring(start.end());
    int semicolon = rest.indexOf(';');
    Matcher server = SERVER.matcher(semicolon < 0 ? rest : rest.substring(0, semicolon));
    if (!server.matches()) {
      throw malformed();
    }
    try {
      List<UrlProperty> properties =
          semicolon < 0 ? new ArrayList<>() : UrlProperty.ofList(rest.substring(semicolon + 1));
      ConfigurationValues values = identity(server(server), properties);
      return FIELDS.read(looking(values, properties), properties, new ArrayList<Notice>());
    } catch (IllegalArgumentException e) {
      throw malformed(); // without the cause, whose message may hold a piece of the text
    }
  }

  private static ConnectionException malformed() {
    return UrlFields.malformed(
            "SQL Server", "jdbc:sqlserver://sql.example.com:1433;databaseName=sales")
        .withFields(MssqlFields.SERVER)
        .asException();
  }

  private static ConfigurationValues server(Matcher server) {
    ConfigurationValues values = ConfigurationValues.empty();
    values = with(values, MssqlFields.SERVER, server.group(1));
    values = with(values, MssqlFields.INSTANCE, server.group(2));
    return with(values, MssqlFields.PORT, server.group(3));
  }

  /** As the driver does it: an instance without a port is looked up. */
  private static ConfigurationValues looking(
      ConfigurationValues values, List<UrlProperty> properties) {
    boolean instance =
        values.find(MssqlFields.INSTANCE.path()).isPresent()
            || find(properties, "instanceName").isPresent();
    boolean port =
        values.find(MssqlFields.PORT.path()).isPresent()
            || find(properties, "portNumber").isPresent()
            || find(properties, "port").isPresent();
    return instance && !port ? values.with(MssqlFields.FIND_PORT.path(), true) : values;
  }

  private static ConfigurationValues with(
      ConfigurationValues values, Field<?> field, @org.jspecify.annotations.Nullable String value) {
    return value == null || value.isEmpty() ? values : UrlFields.with(values, field, value);
  }

  /** Several of the driver's properties together say how one signs in; what is known is taken. */
  private static ConfigurationValues identity(
      ConfigurationValues values, List<UrlProperty> properties) {
    ConfigurationValues read = values;
    Optional<AzureMode> azure =
        find(properties, "authentication").flatMap(name -> Optional.ofNullable(AZURE.get(name)));
    if (find(properties, "accessToken").isPresent()) {
      azure = Optional.of(AzureMode.ACCESS_TOKEN);
    }
    if (azure.isPresent()) {
      read = read.with(MssqlFields.AUTHENTICATION.path(), spelled(Authentication.AZURE_AD));
      read = read.with(MssqlFields.AZURE_MODE.path(), spelled(azure.get()));
      remove(properties, "authentication");
    } else if (find(properties, "integratedSecurity").filter("true"::equals).isPresent()) {
      String scheme = find(properties, "authenticationScheme").orElse("nativeauthentication");
      read = read.with(MssqlFields.AUTHENTICATION.path(), spelled(Authentication.WINDOWS_AUTH));
      if (SCHEMES.containsKey(scheme)) {
        read = read.with(MssqlFields.WINDOWS_SCHEME.path(), spelled(SCHEMES.get(scheme)));
        remove(properties, "authenticationScheme");
      }
    } else if (find(properties, "authentication").filter("sqlpassword"::equals).isPresent()) {
      remove(properties, "authentication");
    }
    remove(properties, "integratedSecurity");
    if (find(properties, "encrypt").filter("strict"::equals).isPresent()) {
      read = read.with(MssqlFields.STRICT.path(), true);
    }
    return read;
  }

  private static Optional<String> find(List<UrlProperty> properties, String name) {
    return properties.stream()
        .filter(property -> property.name().equalsIgnoreCase(name))
        .map(property -> property.value().toLowerCase(Locale.ROOT))
        .reduce((first, last) -> last);
  }

  private static void remove(List<UrlProperty> properties, String name) {
    properties.removeIf(property -> property.name().equalsIgnoreCase(name));
  }

  private static String spelled(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }

  private static Optional<Object> encrypted(String text) {
    return switch (text.toLowerCase(Locale.ROOT)) {
      case "true", "yes", "mandatory", "strict" -> Optional.of(true);
      case "false", "no", "optional" -> Optional.of(false);
      default -> Optional.empty();
    };
  }

  private static Optional<Object> flag(String text) {
    return switch (text.toLowerCase(Locale.ROOT)) {
      case "true", "yes" -> Optional.of(true);
      case "false", "no" -> Optional.of(false);
      default -> Optional.empty();
    };
  }

  private static Optional<Object> intent(String text) {
    return switch (text.toLowerCase(Locale.ROOT)) {
      case "readonly" -> Optional.of(spelled(MssqlFields.Intent.READ_ONLY));
      case "readwrite" -> Optional.of(spelled(MssqlFields.Intent.READ_WRITE));
      default -> Optional.empty();
    };
  }

  /** Zero and less mean without end to the driver, which nothing is here. */
  private static Optional<Object> seconds(String text) {
    return text.matches("[1-9]\\d{0,8}") ? Optional.of(Integer.parseInt(text)) : Optional.empty();
  }

  @Override
  public String show(Configuration configuration) {
    StringBuilder line =
        new StringBuilder("jdbc:sqlserver://")
            .append(configuration.find(MssqlFields.SERVER).map(MssqlUrl::host).orElse("<server>"));
    if (configuration.get(MssqlFields.FIND_PORT)) {
      line.append('\\').append(configuration.find(MssqlFields.INSTANCE).orElse("<instance>"));
    } else {
      line.append(':').append(configuration.get(MssqlFields.PORT));
    }
    add(line, "databaseName", configuration.find(MssqlFields.DATABASE).orElse("<database>"));
    boolean strict = configuration.find(MssqlFields.STRICT).orElse(false);
    add(
        line,
        "encrypt",
        strict ? "strict" : Boolean.toString(configuration.get(MssqlFields.ENCRYPT)));
    if (configuration.find(MssqlFields.TRUST).orElse(false)) {
      add(line, "trustServerCertificate", "true");
    }
    configuration
        .find(MssqlFields.CERTIFICATE_HOST)
        .ifPresent(name -> add(line, "hostNameInCertificate", name));
    identity(line, configuration);
    add(line, "applicationName", configuration.get(MssqlFields.APPLICATION_NAME));
    if (configuration.get(MssqlFields.INTENT) == MssqlFields.Intent.READ_ONLY) {
      add(line, "applicationIntent", "ReadOnly");
    }
    if (configuration.get(MssqlFields.MULTI_SUBNET)) {
      add(line, "multiSubnetFailover", "true");
    }
    return line.toString();
  }

  private static void identity(StringBuilder line, Configuration configuration) {
    configuration
        .find(MssqlFields.AZURE_MODE)
        .filter(mode -> mode != AzureMode.ACCESS_TOKEN)
        .ifPresent(
            mode ->
                add(
                    line,
                    "authentication",
                    switch (mode) {
                      case PASSWORD -> "ActiveDirectoryPassword";
                      case SERVICE_PRINCIPAL -> "ActiveDirectoryServicePrincipal";
                      default -> "ActiveDirectoryManagedIdentity";
                    }));
    configuration
        .find(MssqlFields.WINDOWS_SCHEME)
        .ifPresent(
            scheme -> {
              add(line, "integratedSecurity", "true");
              add(
                  line,
                  "authenticationScheme",
                  switch (scheme) {
                    case KERBEROS -> "JavaKerberos";
                    case NTLM -> "NTLM";
                    case NATIVE -> "NativeAuthentication";
                  });
            });
    configuration.find(MssqlFields.DOMAIN).ifPresent(domain -> add(line, "domain", domain));
    configuration.find(MssqlFields.USER).ifPresent(user -> add(line, "user", user));
    configuration
        .find(MssqlFields.PASSWORD)
        .ifPresent(password -> add(line, "password", Secret.MASK));
    configuration
        .find(MssqlFields.ACCESS_TOKEN)
        .ifPresent(token -> add(line, "accessToken", Secret.MASK));
  }

  private static String host(String text) {
    return text.contains(":") && !text.startsWith("[") ? "[" + text + "]" : text;
  }

  /** Between braces nothing ends the value but a closing brace, and two of them are one. */
  private static void add(StringBuilder line, String name, String value) {
    boolean plain = value.matches("[^;{}=\\s][^;{}]*");
    line.append(';')
        .append(name)
        .append('=')
        .append(plain ? value : "{" + value.replace("}", "}}") + "}");
  }
}
