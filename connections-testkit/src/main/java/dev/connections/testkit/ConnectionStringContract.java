package dev.connections.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.connections.api.ConfigurationSpec;
import dev.connections.api.ConfigurationValues;
import dev.connections.api.ConnectionException;
import dev.connections.api.ConnectionString;
import dev.connections.api.Field;
import dev.connections.api.Secret;
import dev.connections.api.StandardErrorCode;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What holds for a type whose configurations can be written as one line. */
interface ConnectionStringContract extends AdapterUnderTest {
  @Test
  default void a_connection_string_says_where_and_no_secret() {
    ConnectionString string = string();
    ConfigurationSpec spec = provider().configuration();
    ConfigurationValues values = spec.canonical(goodConfiguration());

    String shown = string.show(spec.bind(values));

    assertThat(string.recognizes(shown)).as("what it shows is recognized").isTrue();
    ConfigurationValues read = spec.canonical(string.read(shown).values());
    for (Field<?> field : spec.fields()) {
      Optional<Object> value = values.find(field.path());
      if (field.isSecret()) {
        value
            .map(known -> known instanceof Secret secret ? secret.use(String::new) : known)
            .ifPresent(
                known ->
                    assertThat(shown).as("connection string").doesNotContain(known.toString()));
      } else if (field.isRequired() && field.isDestination()) {
        assertThat(read.find(field.path()).map(String::valueOf))
            .as("%s, shown and read again", field.path())
            .isEqualTo(value.map(String::valueOf));
      }
    }
  }

  @Test
  default void a_connection_string_is_shown_while_fields_are_missing() {
    ConnectionString string = string();
    ConfigurationSpec spec = provider().configuration();

    assertThat(string.show(spec.readLeniently(ConfigurationValues.empty()))).isNotBlank();
  }

  @Test
  default void what_is_no_connection_string_is_refused_without_being_repeated() {
    ConnectionString string = string();
    String text = "gopher://canary-5d1e77aa";

    assertThat(string.recognizes(text)).isFalse();
    ConnectionException refused =
        AdapterTrial.failureOf("reading what is no connection string", () -> string.read(text));
    assertThat(refused.code().id()).isEqualTo(StandardErrorCode.INVALID_CONFIGURATION.id());
    assertThat(refused.failure().remedy()).as("remedy").isPresent();
    Canary.of("what was pasted", "canary-5d1e77aa")
        .assertAbsentFrom("the refusal", refused.failure() + " " + refused);
  }

  private ConnectionString string() {
    Optional<ConnectionString> offered = provider().connectionString();
    assumeTrue(offered.isPresent(), "the type has no connection string");
    return offered.orElseThrow();
  }
}
