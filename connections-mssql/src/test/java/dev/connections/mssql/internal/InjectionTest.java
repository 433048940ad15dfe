package dev.connections.mssql.internal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.connections.api.Configuration;
import dev.connections.api.ConfigurationSpec;
import dev.connections.api.ConfigurationValues;
import dev.connections.api.Secret;
import dev.connections.jdbc.DatabaseDriver;
import dev.connections.testkit.TestAdapterContext;
import java.time.Duration;
import java.util.List;
import java.util.Properties;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Whatever stands in a field, the driver gets the properties we chose, each with its own value. */
class InjectionTest {
  private static final List<String> ATTACKS =
      List.of(
          ";INIT=RUNSCRIPT FROM 'http://x/'",
          ";encrypt=false",
          ";trustServerCertificate=true",
          "};socketFactoryClass=org.evil.Factory",
          "&socketFactory=x",
          "{",
          "}",
          "\\evil",
          ",1434",
          ":1434",
          "\n",
          "\0",
          "=",
          "' or 1=1 --",
          "]; drop table x; --");

  private static final Set<String> ALLOWED =
      Set.of(
          "serverName",
          "portNumber",
          "databaseName",
          "applicationName",
          "applicationIntent",
          "multiSubnetFailover",
          "socketFactoryClass",
          "socketFactoryConstructorArg",
          "transparentNetworkIPResolution",
          "iPAddressPreference",
          "loginTimeout",
          "connectRetryCount",
          "socketTimeout",
          "responseBuffering",
          "encrypt",
          "trustServerCertificate",
          "trustManagerClass",
          "trustManagerConstructorArg",
          "user",
          "password");

  private final ConfigurationSpec spec = new MssqlProvider().configuration();
  private final Random random = new Random(42);

  @Test
  void no_field_adds_a_property_or_changes_another_ones() {
    int accepted = 0;
    for (int i = 0; i < 5_000; i++) {
      ConfigurationValues values = Opened.values(1433).without("ssl.enabled");
      for (String field :
          List.of(
              "server",
              "database",
              "authentication.username",
              "authentication.domain",
              "advanced.application_name",
              "advanced.instance_name",
              "ssl.host_name_in_certificate",
              "ssl.min_tls_version")) {
        if (random.nextInt(4) == 0) {
          values = values.with(field, text());
        }
      }
      values = values.with("authentication.password", Secret.of("x" + text()));
      if (spec.validate(values).isEmpty()) {
        accepted++;
        check(spec.bind(values));
      }
    }
    assertThat(accepted).isPositive();
  }

  private String text() {
    StringBuilder text = new StringBuilder();
    for (int i = random.nextInt(3); i >= 0; i--) {
      switch (random.nextInt(3)) {
        case 0 -> text.append(ATTACKS.get(random.nextInt(ATTACKS.size())));
        case 1 -> text.append("sales");
        default -> text.append((char) (1 + random.nextInt(0x24F)));
      }
    }
    return text.toString();
  }

  private static void check(Configuration configuration) {
    try (MssqlDriver driver =
        new MssqlDriver(configuration, TestAdapterContext.create(), Parts.STANDARD)) {
      Properties properties =
          driver.properties(new DatabaseDriver.Dial(Duration.ofSeconds(5), "factory", "key"));

      assertThat(properties.stringPropertyNames()).isSubsetOf(ALLOWED);
      assertThat(properties)
          .containsEntry("serverName", configuration.get(MssqlFields.SERVER))
          .containsEntry("databaseName", configuration.get(MssqlFields.DATABASE))
          .containsEntry("user", configuration.get(MssqlFields.USER))
          .containsEntry("encrypt", "true")
          .containsEntry("trustServerCertificate", "false")
          .containsEntry("socketFactoryConstructorArg", "key");
      assertThat(configuration.get(MssqlFields.SERVER)).matches("[A-Za-z0-9._:\\[\\]-]+");
    }
  }
}
