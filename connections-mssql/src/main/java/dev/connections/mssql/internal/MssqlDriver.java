package dev.connections.mssql.internal;

import com.microsoft.sqlserver.jdbc.SQLServerDriver;
import dev.connections.api.AdapterContext;
import dev.connections.api.Configuration;
import dev.connections.api.Failure;
import dev.connections.api.StandardErrorCode;
import dev.connections.jdbc.DatabaseDriver;
import dev.connections.jdbc.RoutedSocketFactory;
import dev.connections.jdbc.TlsMaterial;
import dev.connections.mssql.internal.MssqlFields.Authentication;
import dev.connections.mssql.internal.MssqlFields.AzureMode;
import dev.connections.mssql.internal.tls.ServerTrust;
import java.security.GeneralSecurityException;
import java.security.cert.Certificate;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.UUID;
import javax.net.ssl.X509TrustManager;

/** Opens connections with SQL Server's driver. */
final class MssqlDriver implements DatabaseDriver, AutoCloseable {
  private static final SQLServerDriver DRIVER = new SQLServerDriver();

  /** Everything is in properties: there is no URL that a value could break out of. */
  private static final String URL = "jdbc:sqlserver://";

  private final Configuration configuration;
  private final AdapterContext context;
  private final Parts parts;
  private final String key = UUID.randomUUID().toString();
  private boolean closed;

  MssqlDriver(Configuration configuration, AdapterContext context, Parts parts) {
    this.configuration = configuration;
    this.context = context;
    this.parts = parts;
  }

  /** Where the server listens now: an instance may choose another port whenever it starts. */
  int port(RoutedSocketFactory way) {
    return configuration.get(MssqlFields.FIND_PORT)
        ? parts.browser().find(configuration.get(MssqlFields.INSTANCE), way)
        : configuration.get(MssqlFields.PORT);
  }

  boolean encrypting() {
    return configuration.get(MssqlFields.ENCRYPT);
  }

  boolean strict() {
    return configuration.find(MssqlFields.STRICT).orElse(false);
  }

  @Override
  public boolean streamsInTransactions() {
    return false; // the driver reads a result as it is used, whatever the transaction
  }

  /** Refuses what the host's policy forbids, before a secret is touched. */
  void checkPolicy() {
    if (context.egress().secureRequired() && !encrypting()) {
      throw Failure.of(
              StandardErrorCode.EGRESS_REFUSED,
              "This application allows encrypted connections only.")
          .withRemedy("Switch encryption on.")
          .withFields(MssqlFields.ENCRYPT)
          .asException();
    }
  }

  @Override
  public Connection connect(Dial dial) throws SQLException {
    checkPolicy();
    OptionalLibraries.check(configuration, context.egress());
    checkTokensStaySecret();
    Properties properties = properties(dial);
    if (configuration.get(MssqlFields.FIND_PORT)) {
      int port = port(new RoutedSocketFactory(dial.socketFactoryArgument()));
      set(properties, "portNumber", Integer.toString(port));
    }
    try (ClientCertificate own = ClientCertificate.of(configuration)) {
      own.addTo(properties);
      Connection made = DRIVER.connect(URL, properties);
      if (made == null) {
        throw new SQLException("the driver doesn't know its own URL");
      }
      return ready(made);
    } catch (SQLException e) {
      Optional<Failure> precise = SignInFailure.of(e, configuration, parts.signInFailures());
      if (precise.isPresent()) {
        throw precise.get().asException(e);
      }
      throw e;
    }
  }

  /** Reading the catalog mustn't wait for, or lose against, others who change it. */
  private static Connection ready(Connection made) throws SQLException {
    try {
      made.setTransactionIsolation(Connection.TRANSACTION_READ_UNCOMMITTED);
      return made;
    } catch (SQLException | RuntimeException e) {
      made.close();
      throw e;
    }
  }

  /** A token lets in whoever has read it on its way. */
  private void checkTokensStaySecret() {
    if (configuration.get(MssqlFields.AUTHENTICATION) == Authentication.AZURE_AD && !encrypting()) {
      throw Failure.of(
              StandardErrorCode.TLS_REFUSED,
              "An identity of Microsoft Entra signs in on an encrypted channel alone.")
          .withRemedy("Switch encryption on.")
          .withFields(MssqlFields.ENCRYPT)
          .asException();
    }
  }

  /** Made of validated fields alone; a user can't add one. */
  Properties properties(Dial dial) {
    Properties properties = new Properties();
    set(properties, "serverName", configuration.get(MssqlFields.SERVER));
    set(properties, "portNumber", Integer.toString(configuration.get(MssqlFields.PORT)));
    set(properties, "databaseName", configuration.get(MssqlFields.DATABASE));
    set(properties, "applicationName", configuration.get(MssqlFields.APPLICATION_NAME));
    set(
        properties,
        "applicationIntent",
        configuration.get(MssqlFields.INTENT) == MssqlFields.Intent.READ_ONLY
            ? "ReadOnly"
            : "ReadWrite");
    set(
        properties,
        "multiSubnetFailover",
        Boolean.toString(configuration.get(MssqlFields.MULTI_SUBNET)));
    set(properties, "socketFactoryClass", RoutedSocketFactory.class.getName());
    set(properties, "socketFactoryConstructorArg", dial.socketFactoryArgument());
    set(properties, "transparentNetworkIPResolution", "false"); // addresses are chosen by us
    set(properties, "iPAddressPreference", "UsePlatformDefault");
    set(properties, "loginTimeout", Long.toString(Math.max(1, dial.timeout().toSeconds())));
    set(properties, "connectRetryCount", "0"); // repeating is the host's business
    set(properties, "socketTimeout", Long.toString(Math.max(1, dial.timeout().toMillis())));
    set(properties, "responseBuffering", "adaptive");
    encrypt(properties);
    identify(properties);
    return properties;
  }

  private static void set(Properties properties, String name, String value) {
    properties.setProperty(name, value);
  }

  private void encrypt(Properties properties) {
    set(properties, "encrypt", strict() ? "strict" : Boolean.toString(encrypting()));
    set(properties, "trustServerCertificate", "false"); // what is trusted is checked by us
    if (encrypting()) {
      register();
      set(properties, "trustManagerClass", ServerTrust.class.getName());
      set(properties, "trustManagerConstructorArg", key);
    }
  }

  /** What is made known after the end would stay known for ever. */
  private synchronized void register() {
    if (closed) {
      throw Failure.of(StandardErrorCode.CANCELLED, "The connection was closed.").asException();
    }
    boolean trusting = configuration.find(MssqlFields.TRUST).orElse(false);
    ServerTrust.register(
        key,
        new ServerTrust.Demands(
            trusting ? Optional.empty() : Optional.of(authorities()),
            configuration
                .find(MssqlFields.CERTIFICATE_HOST)
                .orElseGet(() -> configuration.get(MssqlFields.SERVER)),
            configuration.get(MssqlFields.MIN_TLS).equals("TLSv1.3")));
  }

  private X509TrustManager authorities() {
    try {
      Optional<String> text = configuration.find(MssqlFields.TRUST_STORE);
      List<Certificate> trusted =
          text.isEmpty()
              ? List.of()
              : TrustedCertificates.of(
                  text.get(), configuration.find(MssqlFields.TRUST_STORE_PASSWORD));
      return (X509TrustManager) TlsMaterial.trust(trusted)[0];
    } catch (GeneralSecurityException e) {
      throw Failure.of(
              StandardErrorCode.INVALID_CONFIGURATION, "The trusted certificates can't be used.")
          .withRemedy("Enter them again.")
          .withFields(MssqlFields.TRUST_STORE)
          .asException(e);
    }
  }

  private void identify(Properties properties) {
    Authentication type = configuration.get(MssqlFields.AUTHENTICATION);
    switch (type) {
      case SQL_AUTH -> nameAndPassword(properties);
      case WINDOWS_AUTH -> identifyToWindows(properties);
      case AZURE_AD -> identifyToAzure(properties, configuration.get(MssqlFields.AZURE_MODE));
    }
  }

  private void identifyToWindows(Properties properties) {
    set(properties, "integratedSecurity", "true");
    Optional<String> domain = configuration.find(MssqlFields.DOMAIN);
    switch (configuration.get(MssqlFields.WINDOWS_SCHEME)) {
      case KERBEROS -> {
        set(properties, "authenticationScheme", "JavaKerberos");
        domain.ifPresent(realm -> set(properties, "realm", realm));
        nameAndPassword(properties);
      }
      case NTLM -> {
        set(properties, "authenticationScheme", "NTLM");
        domain.ifPresent(name -> set(properties, "domain", name));
        nameAndPassword(properties);
      }
      case NATIVE -> set(properties, "authenticationScheme", "NativeAuthentication");
    }
  }

  private void identifyToAzure(Properties properties, AzureMode mode) {
    switch (mode) {
      case PASSWORD -> {
        set(properties, "authentication", "ActiveDirectoryPassword");
        nameAndPassword(properties);
      }
      case SERVICE_PRINCIPAL -> {
        set(properties, "authentication", "ActiveDirectoryServicePrincipal");
        nameAndPassword(properties);
      }
      case MANAGED_IDENTITY -> {
        set(properties, "authentication", "ActiveDirectoryManagedIdentity");
        configuration
            .find(MssqlFields.USER)
            .ifPresent(identity -> set(properties, "msiClientId", identity));
      }
      case ACCESS_TOKEN ->
          set(
              properties,
              "accessToken",
              configuration.get(MssqlFields.ACCESS_TOKEN).use(String::new));
    }
  }

  private void nameAndPassword(Properties properties) {
    configuration.find(MssqlFields.USER).ifPresent(user -> set(properties, "user", user));
    configuration
        .find(MssqlFields.PASSWORD)
        .ifPresent(password -> set(properties, "password", password.use(String::new)));
  }

  @Override
  public synchronized void close() {
    closed = true;
    ServerTrust.forget(key);
  }
}
