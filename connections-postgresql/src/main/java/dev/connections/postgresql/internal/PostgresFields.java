package dev.connections.postgresql.internal;

import dev.connections.api.Configuration;
import dev.connections.api.ConfigurationProblem;
import dev.connections.api.ConfigurationSpec;
import dev.connections.api.Field;
import dev.connections.api.Secret;
import dev.connections.jdbc.TlsMaterial;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The fields of a PostgreSQL connection. */
final class PostgresFields {
  /** How the server is told who we are. */
  enum Authentication {
    /** By a password. */
    PASSWORD,
    /** By the client's certificate. */
    CERTIFICATE
  }

  static final Field<String> HOST =
      Field.text("host")
          .aliases("server")
          .label("Server")
          .help("Name or address of the server.")
          .example("db.example.com")
          .range(1, 253)
          .required()
          .destination();

  static final Field<Integer> PORT =
      Field.integer("port").label("Port").preset(5432).range(1, 65_535).destination();

  static final Field<String> DATABASE =
      Field.text("database")
          .label("Database")
          .help("One connection reads one database.")
          .example("sales")
          .range(1, 63)
          .required()
          .destination();

  static final Field<Authentication> AUTHENTICATION =
      Field.choice("authentication.type", Authentication.class)
          .label("Authentication")
          .preset(Authentication.PASSWORD);

  static final Field<String> USER =
      Field.text("authentication.username")
          .label("User name")
          .help("A login that may only read is enough.")
          .range(1, 63)
          .encrypted()
          .required();

  static final Field<Secret> PASSWORD =
      Field.secret("authentication.password")
          .label("Password")
          .range(1, 1_024)
          .required()
          .when(AUTHENTICATION, Authentication.PASSWORD);

  static final Field<String> SSL_MODE =
      Field.text("ssl.mode")
          .label("Encryption")
          .help(
              "verify-full encrypts and checks the server's certificate and name. require encrypts"
                  + " and checks neither. disable doesn't encrypt.")
          .suggestions(SslChoice.spellings())
          .preset(SslChoice.VERIFY_FULL.spelling())
          .destination();

  static final Field<String> ROOT_CERTIFICATE =
      Field.multilineText("ssl.root_certificate")
          .label("Trusted certificate")
          .help(
              "Certificate of the authority that signed the server's, in PEM. Left empty, those"
                  + " that Java trusts count.")
          .range(1, 1_000_000)
          .destination();

  static final Field<String> CLIENT_CERTIFICATE =
      Field.multilineText("ssl.client_certificate")
          .label("Client certificate")
          .help("Our certificate, in PEM, with those between it and the authority.")
          .range(1, 100_000);

  static final Field<Secret> CLIENT_KEY =
      Field.secret("ssl.client_key")
          .label("Client key")
          .help("The key of the client certificate: unencrypted PKCS #8, in PEM.")
          .range(1, 100_000);

  static final Field<String> MIN_TLS =
      Field.text("ssl.min_tls_version")
          .label("Oldest TLS version")
          .suggestions("TLSv1.2", "TLSv1.3")
          .preset("TLSv1.2");

  static final Field<Duration> CONNECT_TIMEOUT =
      Field.seconds("advanced.connection_timeout")
          .label("Connection time-out")
          .preset(Duration.ofSeconds(30))
          .range(1, 600);

  static final Field<Duration> COMMAND_TIMEOUT =
      Field.seconds("advanced.command_timeout")
          .label("Command time-out")
          .help("How long one request to the server may take.")
          .preset(Duration.ofSeconds(60))
          .range(1, 86_400);

  static final Field<String> APPLICATION_NAME =
      Field.text("advanced.application_name")
          .label("Application name")
          .help("What the server's administrator sees us as.")
          .preset("Connections")
          .range(1, 63);

  static final Field<Integer> POOL_SIZE =
      Field.integer("advanced.pool_size").label("Most connections").preset(10).range(1, 100);

  static final Field<Duration> IDLE_TIMEOUT =
      Field.seconds("advanced.idle_timeout")
          .label("Idle time-out")
          .help("After so long an unused connection is closed.")
          .preset(Duration.ofSeconds(30))
          .range(10, 3_600);

  static final Field<Boolean> PREVIEW =
      Field.flag("advanced.row_preview")
          .label("Show rows")
          .help("Whether the first rows of a table may be shown; metadata needs none.")
          .preset(false);

  static final ConfigurationSpec SPEC =
      ConfigurationSpec.version(1)
          .group("server", "Server", HOST, PORT, DATABASE)
          .group("authentication", "Authentication", AUTHENTICATION, USER, PASSWORD)
          .group(
              "ssl",
              "Encryption",
              SSL_MODE,
              ROOT_CERTIFICATE,
              CLIENT_CERTIFICATE,
              CLIENT_KEY,
              MIN_TLS)
          .group(
              "advanced",
              "Advanced",
              CONNECT_TIMEOUT,
              COMMAND_TIMEOUT,
              APPLICATION_NAME,
              POOL_SIZE,
              IDLE_TIMEOUT,
              PREVIEW)
          .rule(PostgresFields::names)
          .rule(PostgresFields::encryption)
          .rule(PostgresFields::certificates)
          .build();

  private PostgresFields() {}

  /** What ends up in a URL or in the protocol holds nothing that could end it early. */
  private static List<ConfigurationProblem> names(Configuration configuration) {
    List<ConfigurationProblem> problems = new ArrayList<>();
    String host = configuration.get(HOST);
    boolean address = host.matches("\\[?[0-9A-Fa-f:]*:[0-9A-Fa-f:.]+\\]?");
    if (!address && !host.matches("[A-Za-z0-9]([A-Za-z0-9._-]*[A-Za-z0-9.])?")) {
      problems.add(
          ConfigurationProblem.of(
              HOST,
              "Server holds a character that no host name has.",
              "Enter only the name or address, such as db.example.com; the port has its own"
                  + " field."));
    }
    if (configuration.get(DATABASE).matches("(?s).*[?&;/\\\\@#{}%\\p{Cntrl}].*")) {
      problems.add(
          ConfigurationProblem.of(
              DATABASE,
              "Database holds a character that isn't allowed here.",
              "Enter only its name, without ? & ; / \\ @ # { } %."));
    }
    for (Field<String> text : List.of(USER, APPLICATION_NAME)) {
      if (configuration.get(text).matches("(?s).*\\p{Cntrl}.*")) {
        problems.add(
            ConfigurationProblem.of(
                text, text.label() + " holds a control character.", "Enter it again."));
      }
    }
    return problems;
  }

  private static List<ConfigurationProblem> encryption(Configuration configuration) {
    List<ConfigurationProblem> problems = new ArrayList<>();
    Optional<SslChoice> mode = SslChoice.of(configuration.get(SSL_MODE));
    if (mode.isEmpty()) {
      problems.add(
          ConfigurationProblem.of(
              SSL_MODE,
              "Encryption has none of its values.",
              "Choose one of " + String.join(", ", SslChoice.spellings()) + "."));
    }
    if (!List.of("TLSv1.2", "TLSv1.3").contains(configuration.get(MIN_TLS))) {
      problems.add(
          ConfigurationProblem.of(
              MIN_TLS, "Oldest TLS version has none of its values.", "Choose TLSv1.2 or TLSv1.3."));
    }
    if (configuration.get(AUTHENTICATION) == Authentication.CERTIFICATE) {
      if (mode.equals(Optional.of(SslChoice.DISABLE))) {
        problems.add(
            ConfigurationProblem.of(
                SSL_MODE,
                "A certificate can't sign in on a channel that isn't encrypted.",
                "Choose verify-full."));
      }
      if (configuration.find(CLIENT_CERTIFICATE).isEmpty()) {
        problems.add(
            ConfigurationProblem.of(
                CLIENT_CERTIFICATE, "Client certificate is missing.", "Enter it in PEM."));
      }
    }
    return problems;
  }

  private static List<ConfigurationProblem> certificates(Configuration configuration) {
    List<ConfigurationProblem> problems = new ArrayList<>();
    for (Field<String> pem : List.of(ROOT_CERTIFICATE, CLIENT_CERTIFICATE)) {
      configuration
          .find(pem)
          .filter(text -> !isCertificate(text))
          .ifPresent(
              text ->
                  problems.add(
                      ConfigurationProblem.of(
                          pem,
                          pem.label() + " isn't a certificate in PEM.",
                          "Paste the file's text, beginning with -----BEGIN CERTIFICATE-----.")));
    }
    if (configuration.find(CLIENT_KEY).isPresent()
        && !configuration.get(CLIENT_KEY).use(PostgresFields::isKey)) {
      problems.add(
          ConfigurationProblem.of(
              CLIENT_KEY,
              "Client key isn't an unencrypted PKCS #8 key in PEM.",
              "Convert it: openssl pkcs8 -topk8 -nocrypt."));
    }
    if (configuration.find(CLIENT_KEY).isPresent()
        != configuration.find(CLIENT_CERTIFICATE).isPresent()) {
      problems.add(
          ConfigurationProblem.of(
              configuration.find(CLIENT_KEY).isPresent() ? CLIENT_CERTIFICATE : CLIENT_KEY,
              "A client certificate and its key go together.",
              "Enter both or neither."));
    }
    return problems;
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
}
