package dev.connections.postgresql.internal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.connections.api.Configuration;
import dev.connections.api.ConfigurationSpec;
import dev.connections.api.ConfigurationValues;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.postgresql.Driver;

/** Whatever stands in a field, the driver gets the three parts of the address and nothing else. */
class InjectionTest {
  private static final List<String> ATTACKS =
      List.of(
          ";INIT=RUNSCRIPT FROM 'http://x/'",
          "?socketFactory=org.evil.Factory",
          "&socketFactoryArg=http://x/",
          "%26loggerFile=/tmp/x",
          "%3FsslFactory=x",
          "/other?user=postgres",
          "a,b:1",
          "a@b",
          "#x",
          "}",
          "{",
          "\\",
          "\n",
          "\0",
          "user=x&password=y",
          "://evil.example.com/",
          "db?autosave=always");

  private final ConfigurationSpec spec = new PostgresProvider().configuration();
  private final Random random = new Random(42);

  @Test
  void no_field_adds_a_property_or_another_address() {
    int accepted = 0;
    for (int i = 0; i < 5_000; i++) {
      ConfigurationValues values = PostgresServer.values("sales", 5432);
      for (String field :
          List.of(
              "host",
              "database",
              "authentication.username",
              "advanced.application_name",
              "ssl.mode")) {
        if (random.nextInt(3) == 0) {
          values = values.with(field, text());
        }
      }
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
        default -> text.append((char) random.nextInt(0x250));
      }
    }
    return text.toString();
  }

  private static void check(Configuration configuration) {
    Properties parsed = Driver.parseURL(PostgresDriver.url(configuration), new Properties());

    assertThat(parsed).isNotNull();
    List<String> names = new ArrayList<>(parsed.stringPropertyNames());
    assertThat(names).containsExactlyInAnyOrder("PGHOST", "PGPORT", "PGDBNAME");
    assertThat(parsed.getProperty("PGDBNAME"))
        .isEqualTo(configuration.get(PostgresFields.DATABASE));
    assertThat(parsed.getProperty("PGHOST")).isEqualTo(configuration.get(PostgresFields.HOST));
    assertThat(parsed.getProperty("PGPORT")).isEqualTo("5432");
  }
}
