package dev.connections.postgresql.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.connections.api.Configuration;
import dev.connections.api.ConfigurationProblem;
import dev.connections.api.ConfigurationValues;
import dev.connections.api.ConnectionException;
import dev.connections.api.ConnectionString.Imported;
import dev.connections.api.Secret;
import dev.connections.api.StandardErrorCode;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PostgresUrlTest {
  private static final String CANARY = "canary-7c1f";

  private final PostgresUrl url = new PostgresUrl();

  private static Configuration bound(Imported imported) {
    return PostgresFields.SPEC.bind(imported.values());
  }

  @Test
  void the_drivers_url_fills_the_fields() {
    Imported imported =
        url.read(
            "jdbc:postgresql://db.example.com:6432/sales?user=ada&password=canary-7c1f%26x"
                + "&sslmode=verify-ca&connectTimeout=7&socketTimeout=90&ApplicationName=Shop");

    assertThat(imported.left()).isEmpty();
    Configuration read = bound(imported);
    assertThat(read.get(PostgresFields.HOST)).isEqualTo("db.example.com");
    assertThat(read.get(PostgresFields.PORT)).isEqualTo(6432);
    assertThat(read.get(PostgresFields.DATABASE)).isEqualTo("sales");
    assertThat(read.get(PostgresFields.USER)).isEqualTo("ada");
    assertThat(read.get(PostgresFields.PASSWORD).<String>use(String::new)).isEqualTo(CANARY + "&x");
    assertThat(read.get(PostgresFields.SSL_MODE)).isEqualTo("verify-ca");
    assertThat(read.get(PostgresFields.CONNECT_TIMEOUT)).isEqualTo(Duration.ofSeconds(7));
    assertThat(read.get(PostgresFields.COMMAND_TIMEOUT)).isEqualTo(Duration.ofSeconds(90));
    assertThat(read.get(PostgresFields.APPLICATION_NAME)).isEqualTo("Shop");
    assertThat(imported.toString()).doesNotContain(CANARY);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "postgresql://ada:canary-7c1f%40@[::1]:5432/sales?application_name=x",
        "postgres://ada:canary-7c1f%40@[::1]/sales"
      })
  void the_uri_of_postgresqls_own_tools_is_read_too(String text) {
    Configuration read = bound(url.read(text));

    assertThat(read.get(PostgresFields.HOST)).isEqualTo("[::1]");
    assertThat(read.get(PostgresFields.PORT)).isEqualTo(5432);
    assertThat(read.get(PostgresFields.USER)).isEqualTo("ada");
    assertThat(read.get(PostgresFields.PASSWORD).<String>use(String::new)).isEqualTo(CANARY + "@");
  }

  @Test
  void without_a_server_it_is_the_database_of_this_machine() {
    ConfigurationValues values = url.read("jdbc:postgresql:sales").values();

    assertThat(values.find("host")).contains("localhost");
    assertThat(values.find("database")).contains("sales");
  }

  @Test
  void what_has_no_field_is_told_and_nothing_of_its_value() {
    Imported imported =
        url.read(
            "jdbc:postgresql://a:1,b:2/sales?sslrootcert=/canary-7c1f.pem&prepareThreshold=3"
                + "&socketFactory=canary-7c1f&sslmode=allow&connectTimeout=0");

    assertThat(imported.values().find("host")).contains("a");
    assertThat(imported.left())
        .extracting(notice -> notice.message().replaceAll("[^']*'([^']*)'.*", "$1"))
        .containsExactly(
            "host",
            "sslrootcert",
            "prepareThreshold",
            "socketFactory",
            "sslmode",
            "connectTimeout");
    assertThat(imported.left()).allSatisfy(notice -> assertThat(notice.remedy()).isPresent());
    assertThat(imported.left().toString()).doesNotContain(CANARY);
  }

  @Test
  void encryption_never_becomes_weaker_than_the_url_says() {
    assertThat(url.read("jdbc:postgresql://a/b?ssl=true").values().find("ssl.mode"))
        .contains("verify-full");
    assertThat(
            url.read("jdbc:postgresql://a/b?sslmode=require&ssl=false").values().find("ssl.mode"))
        .contains("require");
    assertThat(
            bound(url.read("jdbc:postgresql://a/b?user=u&password=p")).get(PostgresFields.SSL_MODE))
        .isEqualTo("verify-full");
  }

  @Test
  void values_that_no_field_allows_are_told_by_the_validation() {
    ConfigurationValues values =
        url.read("jdbc:postgresql://h:port/d;INIT=x?user=u&password=p").values();

    assertThat(PostgresFields.SPEC.validate(values))
        .extracting(ConfigurationProblem::field)
        .contains("port");
    assertThat(PostgresFields.SPEC.validate(values.with("port", 1)))
        .extracting(ConfigurationProblem::field)
        .containsExactly("database");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "jdbc:sqlserver://canary-7c1f",
        "canary-7c1f",
        "jdbc:postgresql://ada:p@canary-7c1f@host/db",
        "jdbc:postgresql://host/db?password=%zz-canary-7c1f",
        "jdbc:postgresql://[canary-7c1f/db"
      })
  void what_isnt_a_url_is_refused_without_a_word_of_it(String text) {
    ConnectionException refused =
        catchThrowableOfType(ConnectionException.class, () -> url.read(text));

    assertThat(refused.code()).isEqualTo(StandardErrorCode.INVALID_CONFIGURATION);
    assertThat(refused).hasNoCause();
    assertThat(refused.toString()).doesNotContain(CANARY);
  }

  @Test
  void a_connection_is_shown_as_a_url_with_its_password_masked() {
    ConfigurationValues values =
        ConfigurationValues.empty()
            .with("host", "::1")
            .with("database", "my sales")
            .with("authentication.username", "ada & co")
            .with("authentication.password", Secret.of(CANARY));

    assertThat(url.show(PostgresFields.SPEC.readLeniently(values)))
        .isEqualTo(
            "jdbc:postgresql://[::1]:5432/my%20sales?sslmode=verify-full&user=ada%20%26%20co"
                + "&password="
                + Secret.MASK);
    assertThat(url.show(PostgresFields.SPEC.readLeniently(ConfigurationValues.empty())))
        .isEqualTo("jdbc:postgresql://<host>:5432/<database>?sslmode=verify-full");
  }
}
