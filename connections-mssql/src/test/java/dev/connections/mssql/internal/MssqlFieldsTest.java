package dev.connections.mssql.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.connections.api.Configuration;
import dev.connections.api.ConfigurationProblem;
import dev.connections.api.ConfigurationValues;
import dev.connections.api.ConnectionException;
import dev.connections.api.ConnectionType;
import dev.connections.api.Secret;
import dev.connections.jdbc.DatabaseDriver;
import dev.connections.mssql.internal.tls.ServerTrust;
import dev.connections.mssql.tds.Certificates;
import dev.connections.testkit.TestAdapterContext;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Stored forms, and what the driver gets of them. */
class MssqlFieldsTest {
  /** As the earlier system stored it, secrets decrypted. */
  private static final Map<String, Object> STORED =
      Map.of(
          "server", "sql-server.example.com",
          "port", 1433,
          "database", "AdventureWorks",
          "authentication", Map.of("type", "sql_auth", "username", "u", "password", "secret-1"),
          "ssl", Map.of("enabled", true, "trust_server_certificate", false),
          "advanced",
              Map.of(
                  "connection_timeout", 30,
                  "command_timeout", 300,
                  "application_name", "Connections"),
          "cdc", Map.of("enabled", false, "tracking_tables", List.of()));

  private static ConfigurationValues values() {
    return Opened.values(1433).without("ssl.enabled");
  }

  private static List<String> problems(ConfigurationValues values) {
    return MssqlFields.SPEC.validate(values).stream().map(ConfigurationProblem::field).toList();
  }

  private static Properties properties(ConfigurationValues values) {
    Configuration configuration = MssqlFields.SPEC.bind(values);
    try (MssqlDriver driver =
        new MssqlDriver(configuration, TestAdapterContext.create(), Parts.STANDARD)) {
      return driver.properties(new DatabaseDriver.Dial(Duration.ofSeconds(7), "factory", "key"));
    }
  }

  @Test
  void what_is_stored_stays_valid() {
    Configuration bound = MssqlFields.SPEC.bind(ConfigurationValues.of(STORED));

    assertThat(bound.get(MssqlFields.SERVER)).isEqualTo("sql-server.example.com");
    assertThat(bound.get(MssqlFields.COMMAND_TIMEOUT)).isEqualTo(Duration.ofMinutes(5));
  }

  @Test
  void host_stands_for_server_and_defaults_are_those_of_the_stored_system() {
    Configuration bound =
        MssqlFields.SPEC.bind(
            ConfigurationValues.empty()
                .with("host", "db")
                .with("database", "d")
                .with("authentication.username", "u")
                .with("authentication.password", Secret.of("secret-1")));

    assertThat(bound.get(MssqlFields.SERVER)).isEqualTo("db");
    assertThat(bound.get(MssqlFields.PORT)).isEqualTo(1433);
    assertThat(bound.get(MssqlFields.CONNECT_TIMEOUT)).isEqualTo(Duration.ofSeconds(30));
    assertThat(bound.get(MssqlFields.COMMAND_TIMEOUT)).isEqualTo(Duration.ofMinutes(5));
    assertThat(bound.get(MssqlFields.ENCRYPT)).isTrue();
    assertThat(bound.get(MssqlFields.POOL_SIZE)).isEqualTo(4);
  }

  @ParameterizedTest
  @CsvSource({
    "MSSQL,",
    "AZURE_SQL_DATABASE, azure-sql-database",
    "AZURE_SQL_MANAGED_INSTANCE, azure-sql-managed-instance",
    "AWS_RDS_MSSQL, aws-rds",
    "GCP_CLOUD_SQL_MSSQL, gcp-cloud-sql",
  })
  void every_stored_name_is_known_with_its_preset(String name, String preset) {
    ConnectionType type = new MssqlProvider().type();

    assertThat(type.toString()).contains(name);
    if (preset != null) {
      assertThat(type.presets()).anyMatch(each -> each.id().equals(preset));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "sql_auth,     ,                  , authentication.username|authentication.password",
    "azure_ad,     ,                  , authentication.username|authentication.password",
    "azure_ad,     password,          , authentication.username|authentication.password",
    "azure_ad,     service_principal, , authentication.username|authentication.password",
    "azure_ad,     managed_identity,  , ''",
    "azure_ad,     access_token,      , authentication.access_token",
    "windows_auth, ,          kerberos, ''",
    "windows_auth, ,          native, ''",
    "windows_auth, ,          ntlm, authentication.username|authentication.password|authentication.domain",
  })
  void name_and_password_are_required_exactly_where_they_are_needed(
      String type, String mode, String scheme, String missing) {
    ConfigurationValues values =
        values()
            .without("authentication.username")
            .without("authentication.password")
            .with("server", "sql.database.windows.net")
            .with("authentication.type", type);
    if (mode != null) {
      values = values.with("authentication.mode", mode);
    }
    if (scheme != null) {
      values = values.with("authentication.scheme", scheme);
    }

    assertThat(String.join("|", problems(values))).isEqualTo(missing);
  }

  @ParameterizedTest
  @CsvSource({
    "server,                       sql.example.com",
    "server,                       database.windows.net.example.com",
    "server,                       evildatabase.windows.net",
    "ssl.host_name_in_certificate, sql.example.com",
    "ssl.trust_server_certificate, true",
    "ssl.trust_store,              any",
  })
  void the_machines_identity_is_shown_to_none_but_azure(String field, String value) {
    ConfigurationValues azure =
        values()
            .without("authentication.username")
            .without("authentication.password")
            .with("server", "sales.public.ab12.database.windows.net")
            .with("authentication.type", "azure_ad")
            .with("authentication.mode", "managed_identity");
    assertThat(problems(azure)).isEmpty();

    Object wrong =
        switch (field) {
          case "ssl.trust_server_certificate" -> true;
          case "ssl.trust_store" -> Certificates.authorityPem();
          default -> value;
        };
    assertThat(problems(azure.with(field, wrong))).containsExactly(field);
  }

  @ParameterizedTest
  @CsvSource({
    "azure_ad,     authentication.mode,   password,          authentication, ActiveDirectoryPassword",
    "azure_ad,     authentication.mode,   service_principal, authentication, ActiveDirectoryServicePrincipal",
    "azure_ad,     authentication.mode,   managed_identity,  authentication, ActiveDirectoryManagedIdentity",
    "azure_ad,     authentication.mode,   managed_identity,  msiClientId, reader",
    "azure_ad,     authentication.mode,   access_token,      accessToken, token-4711",
    "windows_auth, authentication.scheme, kerberos,          authenticationScheme, JavaKerberos",
    "windows_auth, authentication.scheme, kerberos,          realm, CORP",
    "windows_auth, authentication.scheme, ntlm,              authenticationScheme, NTLM",
    "windows_auth, authentication.scheme, ntlm,              domain, CORP",
    "windows_auth, authentication.scheme, native,            authenticationScheme, NativeAuthentication",
    "windows_auth, authentication.scheme, native,            integratedSecurity, true",
  })
  void each_way_of_signing_in_is_the_drivers_own(
      String type, String field, String how, String property, String value) {
    Properties properties =
        properties(
            values()
                .with("server", "sql.database.windows.net")
                .with("authentication.type", type)
                .with(field, how)
                .with("authentication.domain", "CORP")
                .with("authentication.access_token", Secret.of("token-4711")));

    assertThat(properties).containsEntry(property, value);
  }

  @Test
  void what_a_closed_connection_demands_is_forgotten_for_good() {
    Configuration configuration = MssqlFields.SPEC.bind(values());
    DatabaseDriver.Dial dial = new DatabaseDriver.Dial(Duration.ofSeconds(7), "factory", "key");
    MssqlDriver driver =
        new MssqlDriver(configuration, TestAdapterContext.create(), Parts.STANDARD);
    String key = driver.properties(dial).getProperty("trustManagerConstructorArg");
    assertThatCode(() -> new ServerTrust(key)).doesNotThrowAnyException();
    driver.close();

    assertThatThrownBy(() -> driver.properties(dial)).isInstanceOf(ConnectionException.class);
    assertThatThrownBy(() -> new ServerTrust(key)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void encryption_is_asked_for_as_configured() {
    assertThat(properties(values())).containsEntry("encrypt", "true");
    assertThat(properties(values().with("ssl.strict", true))).containsEntry("encrypt", "strict");
    assertThat(properties(values().with("ssl.enabled", false)))
        .containsEntry("encrypt", "false")
        .doesNotContainKey("trustManagerClass");
    assertThat(properties(values().with("advanced.application_intent", "read_only")))
        .containsEntry("applicationIntent", "ReadOnly")
        .containsEntry("loginTimeout", "7");
  }

  @ParameterizedTest
  @CsvSource({
    "ssl.min_tls_version, TLSv1.1",
    "ssl.trust_store,     /etc/ssl/store.p12",
    "ssl.trust_store,     bm90IGEgc3RvcmU=",
    "ssl.client_certificate, nonsense",
    "server,              a;b",
    "server,              a\\b",
    "ssl.host_name_in_certificate, a b",
  })
  void what_cannot_be_meant_is_refused_offline(String field, String value) {
    assertThat(problems(values().with(field, value)))
        .contains(field.replace("client_certificate", "client_key"));
  }

  @Test
  void strict_encryption_and_trusting_anybody_exclude_each_other() {
    assertThat(
            problems(values().with("ssl.strict", true).with("ssl.trust_server_certificate", true)))
        .containsExactly("ssl.trust_server_certificate");
  }

  @ParameterizedTest
  @ValueSource(strings = {"Orders", "a.b.c", "[a.b", "", "."})
  void captured_tables_are_named_with_their_schema(String name) {
    assertThat(
            problems(values().with("cdc.enabled", true).with("cdc.tracking_tables", List.of(name))))
        .containsExactly("cdc.tracking_tables");
  }

  @Test
  void a_name_with_a_dot_stands_in_brackets() {
    assertThat(Names.parse("[a.b].[c]]d]").orElseThrow().table()).isEqualTo("c]d");
    assertThat(Names.parse("Sales.Orders").orElseThrow().display()).isEqualTo("Sales.Orders");
  }
}
