package dev.connections.postgresql.internal;

import dev.connections.api.Configuration;
import dev.connections.api.ConfigurationValues;
import dev.connections.api.ConnectionException;
import dev.connections.api.ConnectionString;
import dev.connections.api.Notice;
import dev.connections.api.Secret;
import dev.connections.jdbc.UrlFields;
import dev.connections.jdbc.UrlProperty;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A connection as one line: the driver's URL, or the URI that PostgreSQL's own tools take. */
final class PostgresUrl implements ConnectionString {
  private static final Pattern START =
      Pattern.compile("(?i)(jdbc:postgresql|postgresql|postgres):(//)?");

  /** Login, servers, database and properties, each perhaps missing. */
  private static final Pattern PARTS =
      Pattern.compile("(?:([^@/?]*)@)?([^/?@]*)(?:/([^?]*))?(?:\\?(.*))?", Pattern.DOTALL);

  private static final Pattern SERVER = Pattern.compile("(\\[[^\\]]*\\]|[^:\\[\\]]*)(?::(.*))?");

  private static final String NEEDS_TEXT =
      "It names a file. Paste the file's text into the field instead.";

  private static final UrlFields FIELDS =
      UrlFields.none()
          .take(PostgresFields.USER, "user")
          .take(PostgresFields.PASSWORD, "password")
          .take(PostgresFields.HOST, "host", "PGHOST")
          .take(PostgresFields.PORT, "port", "PGPORT")
          .take(PostgresFields.DATABASE, "dbname", "PGDBNAME")
          .take(PostgresFields.SSL_MODE, PostgresUrl::mode, "sslmode")
          .take(PostgresFields.SSL_MODE, PostgresUrl::encrypted, "ssl")
          .take(PostgresFields.MIN_TLS, "ssl_min_protocol_version")
          .take(
              PostgresFields.CONNECT_TIMEOUT,
              PostgresUrl::some,
              "connectTimeout",
              "loginTimeout",
              "connect_timeout")
          .take(PostgresFields.COMMAND_TIMEOUT, PostgresUrl::some, "socketTimeout")
          .take(PostgresFields.APPLICATION_NAME, "ApplicationName", "application_name")
          .leave(NEEDS_TEXT, "sslrootcert", "sslcert", "sslkey")
          .leave("Enter a key that has no password of its own.", "sslpassword")
          .leave(
              "What dials and encrypts is chosen by this adapter.",
              "socketFactory",
              "socketFactoryArg",
              "sslfactory",
              "sslfactoryarg",
              "sslhostnameverifier",
              "gssEncMode");

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
    // Without slashes the driver takes what stands there for the database of this machine.
    Matcher parts =
        PARTS.matcher(start.group(2) == null ? "/" + rest.replaceFirst("^/", "") : rest);
    if (!parts.matches()) {
      throw malformed();
    }
    try {
      List<Notice> left = new ArrayList<>();
      ConfigurationValues values =
          database(server(login(parts.group(1)), parts.group(2), left), parts.group(3));
      List<UrlProperty> properties =
          UrlProperty.ofQuery(Optional.ofNullable(parts.group(4)).orElse(""));
      if (properties.stream().anyMatch(property -> property.name().equals("sslmode"))) {
        properties.removeIf(property -> property.name().equals("ssl")); // as the driver has it
      }
      return FIELDS.read(values, properties, left);
    } catch (IllegalArgumentException e) {
      throw malformed(); // without the cause, whose message holds a piece of the text
    }
  }

  private static ConnectionException malformed() {
    return UrlFields.malformed("PostgreSQL", "jdbc:postgresql://db.example.com:5432/sales")
        .withFields(PostgresFields.HOST)
        .asException();
  }

  private static ConfigurationValues login(String text) {
    ConfigurationValues values = ConfigurationValues.empty();
    if (text == null || text.isEmpty()) {
      return values;
    }
    String[] parts = text.split(":", 2);
    values = UrlFields.with(values, PostgresFields.USER, UrlProperty.decoded(parts[0]));
    return parts.length == 1
        ? values
        : UrlFields.with(values, PostgresFields.PASSWORD, UrlProperty.decoded(parts[1]));
  }

  /** One connection reads one server: of several the first is taken, and the others are told. */
  private static ConfigurationValues server(
      ConfigurationValues values, String servers, List<Notice> left) {
    String[] all = servers.split(",", -1);
    if (all.length > 1) {
      left.add(
          UrlFields.left(
              "host",
              "The URL names "
                  + all.length
                  + " servers; the first was taken. Add a connection for another one."));
    }
    Matcher server = SERVER.matcher(all[0]);
    if (!server.matches()) {
      throw new IllegalArgumentException();
    }
    String host = server.group(1).isEmpty() ? "localhost" : UrlProperty.decoded(server.group(1));
    ConfigurationValues read = values.with(PostgresFields.HOST.path(), host);
    String port = server.group(2);
    return port == null || port.isEmpty() ? read : read.with(PostgresFields.PORT.path(), port);
  }

  private static ConfigurationValues database(ConfigurationValues values, String name) {
    return name == null || name.isEmpty()
        ? values
        : values.with(PostgresFields.DATABASE.path(), UrlProperty.decoded(name));
  }

  /** The driver's own {@code allow} encrypts only where it must; nothing here is weaker. */
  private static Optional<Object> mode(String text) {
    String mode = text.toLowerCase(Locale.ROOT);
    return SslChoice.of(mode).map(SslChoice::spelling);
  }

  private static Optional<Object> encrypted(String text) {
    return switch (text.toLowerCase(Locale.ROOT)) {
      case "", "true" -> Optional.of(SslChoice.VERIFY_FULL.spelling());
      case "false" -> Optional.of(SslChoice.DISABLE.spelling());
      default -> Optional.empty();
    };
  }

  /** Zero means without end to the driver, which nothing is here. */
  private static Optional<Object> some(String seconds) {
    return seconds.equals("0") ? Optional.empty() : Optional.of(seconds);
  }

  @Override
  public String show(Configuration configuration) {
    String host = configuration.find(PostgresFields.HOST).orElse("<host>");
    StringBuilder line =
        new StringBuilder("jdbc:postgresql://")
            .append(bracketed(host))
            .append(':')
            .append(configuration.get(PostgresFields.PORT))
            .append('/')
            .append(
                configuration.find(PostgresFields.DATABASE).map(this::encoded).orElse("<database>"))
            .append("?sslmode=")
            .append(encoded(configuration.get(PostgresFields.SSL_MODE)));
    configuration
        .find(PostgresFields.USER)
        .ifPresent(user -> line.append("&user=").append(encoded(user)));
    configuration
        .find(PostgresFields.PASSWORD)
        .ifPresent(password -> line.append("&password=").append(Secret.MASK));
    return line.toString();
  }

  static String bracketed(String host) {
    String plain = host.replaceAll("[\\[\\]]", "");
    return plain.contains(":") ? "[" + plain + "]" : plain;
  }

  private String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }
}
