package dev.connections.postgresql.internal;

import dev.connections.api.Configuration;
import dev.connections.api.ConfigurationProblem;
import dev.connections.api.ConfigurationSpec;
import dev.connections.api.Field;
import dev.connections.api.Secret;
import dev.connections.jdbc.DatabaseForm;
import dev.connections.jdbc.DatabaseRules;
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

  static final Field<String> HOST = DatabaseForm.host("host", "server").example("db.example.com");

  static final Field<Integer> PORT = DatabaseForm.port(5432);

  static final Field<String> DATABASE = DatabaseForm.database(63).example("sales");

  static final Field<Authentication> AUTHENTICATION =
      Field.choice("authentication.type", Authentication.class)
          .label("Authentication")
          .preset(Authentication.PASSWORD);

  static final Field<String> USER = DatabaseForm.user(63).required();

  static final Field<Secret> PASSWORD =
      DatabaseForm.password().required().when(AUTHENTICATION, Authentication.PASSWORD);

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
      DatabaseForm.clientCertificate()
          .help("Our certificate, in PEM, with those between it and the authority.")
          .range(1, 100_000);

  static final Field<Secret> CLIENT_KEY = DatabaseForm.clientKey();

  static final Field<String> MIN_TLS = DatabaseForm.oldestTls();

  static final Field<Duration> CONNECT_TIMEOUT = DatabaseForm.connectTimeout();

  static final Field<Duration> COMMAND_TIMEOUT =
      DatabaseForm.commandTimeout(Duration.ofSeconds(60));

  static final Field<String> APPLICATION_NAME = DatabaseForm.applicationName(63);

  static final Field<Integer> POOL_SIZE = DatabaseForm.poolSize(10);

  static final Field<Duration> IDLE_TIMEOUT = DatabaseForm.idleTimeout();

  static final Field<Boolean> PREVIEW = DatabaseForm.rowPreview();

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
          .rule(
              DatabaseRules.hostNames(
                  "Enter only the name or address, such as db.example.com; the port has its own"
                      + " field.",
                  List.of(HOST)))
          .rule(PostgresFields::database)
          .rule(DatabaseRules.withoutControls(List.of(USER, APPLICATION_NAME)))
          .rule(PostgresFields::encryption)
          .rule(DatabaseRules.tlsVersion(MIN_TLS))
          .rule(PostgresFields::signingInByCertificate)
          .rule(DatabaseRules.certificates(List.of(ROOT_CERTIFICATE)))
          .rule(DatabaseRules.clientCertificate(CLIENT_CERTIFICATE, CLIENT_KEY))
          .build();

  private PostgresFields() {}

  /** What ends up in a URL holds nothing that could end it early. */
  private static List<ConfigurationProblem> database(Configuration configuration) {
    return configuration.get(DATABASE).matches("(?s).*[?&;/\\\\@#{}%\\p{Cntrl}].*")
        ? List.of(
            ConfigurationProblem.of(
                DATABASE,
                "Database holds a character that isn't allowed here.",
                "Enter only its name, without ? & ; / \\ @ # { } %."))
        : List.of();
  }

  private static List<ConfigurationProblem> encryption(Configuration configuration) {
    return SslChoice.of(configuration.get(SSL_MODE)).isPresent()
        ? List.of()
        : List.of(
            ConfigurationProblem.of(
                SSL_MODE,
                "Encryption has none of its values.",
                "Choose one of " + String.join(", ", SslChoice.spellings()) + "."));
  }

  private static List<ConfigurationProblem> signingInByCertificate(Configuration configuration) {
    List<ConfigurationProblem> problems = new ArrayList<>();
    if (configuration.get(AUTHENTICATION) != Authentication.CERTIFICATE) {
      return problems;
    }
    if (SslChoice.of(configuration.get(SSL_MODE)).equals(Optional.of(SslChoice.DISABLE))) {
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
    return problems;
  }
}
