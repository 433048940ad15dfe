package dev.connections.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.connections.api.Configuration;
import dev.connections.api.ConfigurationProblem;
import dev.connections.api.ConfigurationSpec;
import dev.connections.api.ConfigurationValues;
import dev.connections.api.Field;
import dev.connections.api.Secret;
import dev.connections.api.StandardErrorCode;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DatabaseFormTest {
  private static final Field<String> HOST = DatabaseForm.host("host", "server");
  private static final Field<Integer> PORT = DatabaseForm.port(1000);
  private static final Field<String> DATABASE = DatabaseForm.database(10);
  private static final Field<String> USER = DatabaseForm.user(10).required();
  private static final Field<Secret> PASSWORD = DatabaseForm.password();
  private static final Field<String> CERTIFICATE = DatabaseForm.clientCertificate();
  private static final Field<Secret> KEY = DatabaseForm.clientKey();
  private static final Field<String> TLS = DatabaseForm.oldestTls();
  private static final Field<Duration> CONNECT = DatabaseForm.connectTimeout();
  private static final Field<Duration> COMMAND = DatabaseForm.commandTimeout(Duration.ofSeconds(7));
  private static final Field<String> APPLICATION = DatabaseForm.applicationName(20);
  private static final Field<Integer> POOL = DatabaseForm.poolSize(3);
  private static final Field<Duration> IDLE = DatabaseForm.idleTimeout();
  private static final Field<Boolean> ROWS = DatabaseForm.rowPreview();

  private static final ConfigurationSpec SPEC =
      ConfigurationSpec.version(1)
          .group("all", "All", HOST, PORT, DATABASE, USER, PASSWORD, CERTIFICATE, KEY, TLS)
          .group("more", "More", CONNECT, COMMAND, APPLICATION, POOL, IDLE, ROWS)
          .rule(DatabaseRules.hostNames("Enter a name.", List.of(HOST)))
          .rule(DatabaseRules.withoutControls(List.of(DATABASE, USER, APPLICATION)))
          .rule(DatabaseRules.tlsVersion(TLS))
          .rule(DatabaseRules.clientCertificate(CERTIFICATE, KEY))
          .build();

  private static ConfigurationValues values() {
    return ConfigurationValues.empty()
        .with("server", "db.example.com")
        .with("database", "sales")
        .with("authentication.username", "ada")
        .with("authentication.password", Secret.of("s3cret"));
  }

  private static Stream<String> problems(ConfigurationValues values) {
    return SPEC.validate(values).stream().map(ConfigurationProblem::field);
  }

  @Test
  void a_form_has_defaults_and_finds_the_server_under_its_other_name() {
    Configuration read = SPEC.bind(values());
    DatabaseSettings settings =
        new DatabaseFields(HOST, PORT, DATABASE, TLS, USER, PASSWORD, CONNECT, COMMAND, POOL, IDLE)
            .settings(
                "Toolkit",
                read,
                ErrorTable.read(ToolkitServer.class, "/sql-queries/toolkit/errors.txt"));

    assertThat(settings.host()).isEqualTo("db.example.com");
    assertThat(settings.port()).isEqualTo(1000);
    assertThat(settings.callTimeout()).isEqualTo(Duration.ofSeconds(7));
    assertThat(settings.poolSize()).isEqualTo(3);
    assertThat(settings.fields())
        .containsEntry(StandardErrorCode.WRONG_CREDENTIALS.id(), List.of(USER, PASSWORD))
        .containsEntry(DatabaseErrorCode.UNKNOWN_DATABASE.id(), List.of(DATABASE));
    assertThat(read.get(ROWS)).isFalse();
    assertThat(read.get(APPLICATION)).isEqualTo("Connections");
  }

  @ParameterizedTest
  @ValueSource(strings = {"db.example.com", "10.0.0.1", "::1", "[fe80::1]", "db_1", "localhost."})
  void a_name_or_an_address_is_a_host(String host) {
    assertThat(problems(values().with("server", host))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"db/x", "db:1?a=b", "db;INIT=x", "a b", "db\n", "db}", "-db", "db&x=y"})
  void anything_else_is_not(String host) {
    assertThat(problems(values().with("server", host))).containsExactly("host");
  }

  @Test
  void control_characters_and_unknown_versions_are_named() {
    assertThat(
            problems(
                values()
                    .with("database", "a\nb")
                    .with("authentication.username", "a\u0085b")
                    .with("ssl.min_tls_version", "SSLv3")))
        .containsExactlyInAnyOrder("database", "authentication.username", "ssl.min_tls_version");
  }

  @Test
  void a_certificate_and_its_key_go_together_and_are_readable() {
    assertThat(problems(values().with("ssl.client_certificate", "no certificate")))
        .containsExactlyInAnyOrder("ssl.client_certificate", "ssl.client_key");
    assertThat(problems(values().with("ssl.client_key", Secret.of("no key"))))
        .containsExactlyInAnyOrder("ssl.client_certificate", "ssl.client_key");
    assertThat(SPEC.validate(values().with("ssl.client_key", Secret.of("no key"))).toString())
        .doesNotContain("no key");
  }
}
