package dev.connections.postgresql.internal;

import dev.connections.api.AdapterContext;
import dev.connections.api.Configuration;
import dev.connections.api.Failure;
import dev.connections.api.Secret;
import dev.connections.api.StandardErrorCode;
import dev.connections.jdbc.DatabaseDriver;
import dev.connections.jdbc.TlsMaterial;
import dev.connections.postgresql.internal.tls.ConfiguredTls;
import dev.connections.postgresql.internal.tls.HostCheck;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.UUID;
import org.postgresql.Driver;
import org.postgresql.PGProperty;

/** Opens connections with PostgreSQL's driver. */
final class PostgresDriver implements DatabaseDriver, AutoCloseable {
  private static final Driver DRIVER = new Driver();

  private final Configuration configuration;
  private final AdapterContext context;
  private final SslChoice ssl;
  private final String key = UUID.randomUUID().toString();

  PostgresDriver(Configuration configuration, AdapterContext context) {
    this.configuration = configuration;
    this.context = context;
    this.ssl = SslChoice.of(configuration.get(PostgresFields.SSL_MODE)).orElseThrow();
  }

  SslChoice ssl() {
    return ssl;
  }

  /** Made of validated fields alone; credentials aren't in it. */
  static String url(Configuration configuration) {
    return "jdbc:postgresql://"
        + PostgresUrl.bracketed(configuration.get(PostgresFields.HOST))
        + ":"
        + configuration.get(PostgresFields.PORT)
        + "/"
        + URLEncoder.encode(configuration.get(PostgresFields.DATABASE), StandardCharsets.UTF_8);
  }

  /** Refuses what the host's policy forbids, before a secret is touched. */
  void checkPolicy() {
    if (context.egress().secureRequired() && !ssl.required()) {
      throw Failure.of(
              StandardErrorCode.EGRESS_REFUSED,
              "This application allows encrypted connections only.")
          .withRemedy("Choose verify-full or another mode that requires encryption.")
          .withFields(PostgresFields.SSL_MODE)
          .asException();
    }
  }

  @Override
  public Connection connect(Dial dial) throws SQLException {
    checkPolicy();
    Connection made = DRIVER.connect(url(configuration), properties(dial));
    if (made == null) {
      throw new SQLException("the driver doesn't know its own URL");
    }
    return made;
  }

  private Properties properties(Dial dial) {
    Properties properties = new Properties();
    set(properties, PGProperty.USER, configuration.get(PostgresFields.USER));
    configuration
        .find(PostgresFields.PASSWORD)
        .ifPresent(password -> set(properties, PGProperty.PASSWORD, password.use(String::new)));
    set(properties, PGProperty.SOCKET_FACTORY, dial.socketFactory());
    set(properties, PGProperty.SOCKET_FACTORY_ARG, dial.socketFactoryArgument());
    String seconds = Long.toString(Math.max(1, dial.timeout().toSeconds()));
    set(properties, PGProperty.CONNECT_TIMEOUT, seconds);
    set(properties, PGProperty.SOCKET_TIMEOUT, seconds);
    set(properties, PGProperty.CANCEL_SIGNAL_TIMEOUT, "2");
    set(
        properties,
        PGProperty.APPLICATION_NAME,
        configuration.get(PostgresFields.APPLICATION_NAME));
    set(properties, PGProperty.TCP_KEEP_ALIVE, "true");
    // Without it the driver spends two statements on what the start of a session can say.
    set(properties, PGProperty.ASSUME_MIN_SERVER_VERSION, "12");
    set(properties, PGProperty.GSS_ENC_MODE, "disable");
    set(properties, PGProperty.LOG_SERVER_ERROR_DETAIL, "false");
    set(properties, PGProperty.SSL_MODE, ssl.spelling());
    if (ssl.encrypting()) {
      registerChannel();
      set(properties, PGProperty.SSL_FACTORY, ConfiguredTls.class.getName());
      set(properties, PGProperty.SSL_FACTORY_ARG, key);
      set(properties, PGProperty.SSL_HOSTNAME_VERIFIER, HostCheck.class.getName());
    }
    return properties;
  }

  private static void set(Properties properties, PGProperty property, String value) {
    properties.setProperty(property.getName(), value);
  }

  private void registerChannel() {
    try {
      Optional<String> own = configuration.find(PostgresFields.CLIENT_CERTIFICATE);
      Optional<String> root = configuration.find(PostgresFields.ROOT_CERTIFICATE);
      Optional<Secret> secret = configuration.find(PostgresFields.CLIENT_KEY);
      List<String> protocols =
          configuration.get(PostgresFields.MIN_TLS).equals("TLSv1.3")
              ? List.of("TLSv1.3")
              : List.of("TLSv1.2", "TLSv1.3");
      ConfiguredTls.register(
          key,
          new ConfiguredTls.Channel(
              TlsMaterial.context(
                  ssl.checksServer(),
                  root.isPresent() ? TlsMaterial.certificates(root.get()) : List.of(),
                  own.isPresent() ? TlsMaterial.certificates(own.get()) : List.of(),
                  secret.isPresent()
                      ? Optional.of(TlsMaterial.key(secret.get()))
                      : Optional.empty()),
              protocols));
    } catch (GeneralSecurityException e) {
      throw Failure.of(
              StandardErrorCode.INVALID_CONFIGURATION,
              "Certificate and key can't be used together.")
          .withRemedy("Enter the certificate that belongs to the key.")
          .withFields(PostgresFields.CLIENT_CERTIFICATE, PostgresFields.CLIENT_KEY)
          .asException(e);
    }
  }

  @Override
  public void close() {
    ConfiguredTls.forget(key);
  }
}
