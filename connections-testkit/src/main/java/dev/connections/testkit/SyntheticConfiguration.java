package dev.connections.testkit;

import dev.connections.api.ConfigurationProblem;
import dev.connections.api.ConfigurationSpec;
import dev.connections.api.ConfigurationValues;
import dev.connections.api.Field;
import dev.connections.api.Secret;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** The fields of a synthetic connection, and how they were spelled in version 1. */
final class SyntheticConfiguration {
  /** How one signs in. */
  enum Authentication {
    BASIC,
    TOKEN
  }

  static final Field<String> HOST =
      Field.text("host")
          .label("Host")
          .help("The synthetic source answers under one name only.")
          .example("synthetic.example.com")
          .aliases("server")
          .required()
          .destination();

  static final Field<Integer> PORT =
      Field.integer("port").label("Port").preset(4711).range(1, 65535).destination();

  static final Field<Authentication> AUTHENTICATION =
      Field.choice("authentication.type", Authentication.class)
          .label("Sign in with")
          .preset(Authentication.BASIC);

  static final Field<String> USERNAME =
      Field.text("authentication.username")
          .label("User name")
          .required()
          .encrypted()
          .when(AUTHENTICATION, Authentication.BASIC);

  static final Field<Secret> PASSWORD =
      Field.secret("authentication.password")
          .label("Password")
          .required()
          .when(AUTHENTICATION, Authentication.BASIC);

  static final Field<Secret> TOKEN =
      Field.secret("authentication.token")
          .label("Token")
          .required()
          .when(AUTHENTICATION, Authentication.TOKEN);

  static final Field<Integer> SCHEMAS =
      Field.integer("advanced.schemas").label("Schemas").preset(2).range(0, 10_000);

  static final Field<Integer> TABLES =
      Field.integer("advanced.tables")
          .label("Tables")
          .help("How many tables each schema has.")
          .preset(25)
          .range(0, 1_000_000);

  static final Field<Integer> COLUMNS =
      Field.integer("advanced.columns")
          .label("Columns")
          .help("How many columns each table has.")
          .preset(8)
          .range(1, 10_000);

  static final Field<Integer> PARALLEL =
      Field.integer("advanced.parallel").label("Calls at once").preset(4).range(1, 64);

  static final Field<Duration> CONNECTION_TIMEOUT =
      Field.seconds("advanced.connection_timeout")
          .label("Connection timeout")
          .preset(Duration.ofSeconds(30))
          .range(1, 3600);

  static final Field<Duration> COMMAND_TIMEOUT =
      Field.seconds("advanced.command_timeout")
          .label("Command timeout")
          .preset(Duration.ofSeconds(60))
          .range(1, 3600);

  static final Field<Boolean> ALLOW_STATEMENTS =
      Field.flag("advanced.allow_statements").label("Allow statements").preset(false);

  private static final long MOST_TABLES = 50_000_000;

  static final ConfigurationSpec SPEC =
      ConfigurationSpec.version(2)
          .group("server", "Server", HOST, PORT)
          .group("authentication", "Sign in", AUTHENTICATION, USERNAME, PASSWORD, TOKEN)
          .group(
              "advanced",
              "Advanced",
              SCHEMAS,
              TABLES,
              COLUMNS,
              PARALLEL,
              CONNECTION_TIMEOUT,
              COMMAND_TIMEOUT,
              ALLOW_STATEMENTS)
          .rule(
              configuration ->
                  (long) configuration.get(SCHEMAS) * configuration.get(TABLES) <= MOST_TABLES
                      ? List.of()
                      : List.of(
                          ConfigurationProblem.of(
                              TABLES,
                              "Tables times Schemas must be 50 million at most.",
                              "Make one of the two smaller.")))
          .build();

  private SyntheticConfiguration() {}

  /** Version 1 had the credentials at the top: {@code login}, {@code pass} and {@code token}. */
  static ConfigurationValues migrate(int version, ConfigurationValues values) {
    if (version >= 2) {
      return values;
    }
    ConfigurationValues moved = move(values, "login", USERNAME.path());
    moved = move(moved, "pass", PASSWORD.path());
    return move(moved, "token", TOKEN.path());
  }

  private static ConfigurationValues move(ConfigurationValues values, String from, String to) {
    Optional<Object> value = values.find(from);
    return value.isEmpty() ? values : values.without(from).with(to, value.get());
  }
}
