package dev.connections.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.connections.api.Configuration;
import dev.connections.api.ConfigurationSpec;
import dev.connections.api.ConfigurationValues;
import dev.connections.api.Field;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ServiceFieldsTest {
  private static final Field<String> ADDRESS = ServiceFields.address("url").label("Shop");
  private static final ConfigurationSpec SPEC =
      ConfigurationSpec.version(1).group("shop", "Shop", ADDRESS).build();

  private static Configuration configuration(String address) {
    return SPEC.bind(ConfigurationValues.empty().with("url", address));
  }

  @ParameterizedTest
  @CsvSource({
    "https://dev1.cloud.test, https://dev1.cloud.test",
    "dev1.cloud.test, https://dev1.cloud.test",
    "HTTP://localhost:8080/, HTTP://localhost:8080/"
  })
  void a_server_is_found_in_what_people_enter(String entered, String address) {
    Configuration entering = configuration(entered);
    assertThat(ServiceFields.address(entering, ADDRESS).orElseThrow()).hasToString(address);
    assertThat(ServiceFields.check(entering, ADDRESS, "https://dev1.cloud.test")).isEmpty();
  }

  /** What can't be dialled is told with the form, and isn't a defect when the connection opens. */
  @ParameterizedTest
  @CsvSource({
    "https://cloud.test:99999",
    "https://cloud.test:0",
    "https://..",
    "https://cloud..test",
    "https://cloud.test/path",
    "ftp://cloud.test",
    "https://ada@cloud.test"
  })
  void what_is_no_server_is_told_with_its_field(String entered) {
    Configuration entering = configuration(entered);
    assertThat(ServiceFields.address(entering, ADDRESS)).isEmpty();
    assertThat(ServiceFields.check(entering, ADDRESS, "https://dev1.cloud.test"))
        .singleElement()
        .satisfies(problem -> assertThat(problem.field()).contains("url"));
  }
}
