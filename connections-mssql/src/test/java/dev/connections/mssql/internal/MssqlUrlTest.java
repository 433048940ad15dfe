package dev.connections.mssql.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.connections.api.ConfigurationValues;
import dev.connections.api.ConnectionException;
import dev.connections.api.ConnectionString.Imported;
import dev.connections.api.Secret;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MssqlUrlTest {
  private final MssqlUrl url = new MssqlUrl();

  @Test
  void an_existing_url_becomes_typed_fields() {
    Imported read =
        url.read(
            "jdbc:sqlserver://sql.example.com\\SALES:1444;databaseName=shop;user=reader"
                + ";password={p;w}}d};encrypt=strict;hostNameInCertificate=*.example.com"
                + ";applicationIntent=ReadOnly;loginTimeout=12;multiSubnetFailover=true");

    ConfigurationValues values = read.values();
    assertThat(values.find("server")).contains("sql.example.com");
    assertThat(values.find("port")).contains("1444");
    assertThat(values.find("advanced.instance_name")).contains("SALES");
    assertThat(values.find("advanced.find_port")).isEmpty();
    assertThat(values.find("database")).contains("shop");
    assertThat(values.find("authentication.username")).contains("reader");
    assertThat(values.find("authentication.password")).contains(Secret.of("p;w}d"));
    assertThat(values.find("ssl.enabled")).contains(true);
    assertThat(values.find("ssl.strict")).contains(true);
    assertThat(values.find("ssl.host_name_in_certificate")).contains("*.example.com");
    assertThat(values.find("advanced.application_intent")).contains("read_only");
    assertThat(values.find("advanced.connection_timeout")).contains(12);
    assertThat(values.find("advanced.multi_subnet_failover")).contains(true);
    assertThat(read.left()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "jdbc:sqlserver://h\\SALES;databaseName=d;user=u;password=p",
        "jdbc:sqlserver://h;instanceName=SALES;databaseName=d;user=u;password=p"
      })
  void an_instance_without_a_port_is_looked_up_and_shown_so(String text) {
    ConfigurationValues values = url.read(text).values();

    assertThat(values.find("advanced.instance_name")).contains("SALES");
    assertThat(values.find("advanced.find_port")).contains(true);
    assertThat(url.show(MssqlFields.SPEC.bind(values)))
        .startsWith("jdbc:sqlserver://h\\SALES;databaseName=d;");
  }

  @ParameterizedTest
  @CsvSource({
    "authentication=ActiveDirectoryPassword,         azure_ad,     authentication.mode, password",
    "authentication=ActiveDirectoryServicePrincipal, azure_ad,     authentication.mode, service_principal",
    "authentication=ActiveDirectoryMSI,              azure_ad,     authentication.mode, managed_identity",
    "accessToken=abcdefghijk,                        azure_ad,     authentication.mode, access_token",
    "integratedSecurity=true,                        windows_auth, authentication.scheme, native",
    "integratedSecurity=true;authenticationScheme=JavaKerberos, windows_auth, authentication.scheme, kerberos",
    "integratedSecurity=true;authenticationScheme=NTLM, windows_auth, authentication.scheme, ntlm",
  })
  void ways_of_signing_in_are_recognized(String properties, String type, String field, String how) {
    Imported read = url.read("jdbc:sqlserver://h;databaseName=d;" + properties);

    assertThat(read.values().find("authentication.type")).contains(type);
    assertThat(read.values().find(field)).contains(how);
    assertThat(read.left()).isEmpty();
  }

  @Test
  void what_has_no_field_is_told_by_name_and_never_by_value() {
    Imported read =
        url.read(
            "jdbc:sqlserver://h;databaseName=d;trustStore=/secret/path;packetSize=4096"
                + ";authentication=ActiveDirectoryInteractive;loginTimeout=0;socketFactoryClass=x.Y");

    assertThat(read.left()).hasSize(5);
    assertThat(read.left().toString())
        .contains("trustStore", "packetSize", "authentication", "loginTimeout")
        .doesNotContain("/secret/path", "4096", "x.Y");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "jdbc:postgresql://h/d",
        "jdbc:sqlserver://h;password={secret-9911",
        "jdbc:sqlserver://h:port;x",
        "jdbc:sqlserver://a@secret-9911:1:2",
      })
  void what_cannot_be_read_is_refused_without_being_repeated(String text) {
    assertThatThrownBy(() -> url.read(text))
        .isInstanceOf(ConnectionException.class)
        .hasMessageNotContaining("secret-9911");
  }

  @Test
  void the_line_shows_everything_but_secrets_and_is_read_again_as_it_was() {
    ConfigurationValues values =
        Opened.values(1444)
            .with("database", "a;b}c = d")
            .with("authentication.username", "{odd")
            .with("advanced.application_intent", "read_only");

    String shown = url.show(MssqlFields.SPEC.bind(values));
    ConfigurationValues read = url.read(shown).values();

    assertThat(shown)
        .startsWith("jdbc:sqlserver://localhost:1444;databaseName={a;b}}c = d};encrypt=false")
        .contains(";password=******")
        .doesNotContain("geheim");
    assertThat(read.find("database")).contains("a;b}c = d");
    assertThat(read.find("authentication.username")).contains("{odd");
    assertThat(read.find("advanced.application_intent")).contains("read_only");
  }

  @ParameterizedTest
  @CsvSource({
    "service_principal, ;authentication=ActiveDirectoryServicePrincipal;",
    "managed_identity,  ;authentication=ActiveDirectoryManagedIdentity;",
    "password,          ;authentication=ActiveDirectoryPassword;",
    "access_token,      ;accessToken=******;",
  })
  void identities_of_azure_are_shown(String mode, String part) {
    ConfigurationValues values =
        Opened.values(1433)
            .with("server", "sales.database.windows.net")
            .with("ssl.enabled", true)
            .with("authentication.type", "azure_ad")
            .with("authentication.mode", mode)
            .with("authentication.access_token", Secret.of("token-77771"));

    assertThat(url.show(MssqlFields.SPEC.bind(values))).contains(part).doesNotContain("token-7");
  }
}
