package dev.connections.filesystem.internal.adapter;

import static org.assertj.core.api.Assertions.assertThat;

import dev.connections.api.ConfigurationProblem;
import dev.connections.api.ConfigurationValues;
import dev.connections.api.ConnectionAdapterProvider;
import dev.connections.api.Field;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FilesProviderTest {
  @Test
  void the_service_loader_finds_the_provider() {
    assertThat(ServiceLoader.load(ConnectionAdapterProvider.class))
        .hasAtLeastOneElementOfType(FilesProvider.class);
    assertThat(new FilesProvider().type().isNamed("FileSystem")).isTrue();
    assertThat(new FilesProvider().type().id()).isEqualTo("filesystem");
  }

  @Test
  void every_field_explains_itself() {
    assertThat(new FilesProvider().configuration().fields())
        .allSatisfy(
            field -> {
              assertThat(field.help()).as(field.path()).isPresent();
              assertThat(field.isSecret()).isFalse();
            })
        .extracting(Field::path)
        .contains(
            "type",
            "base_path",
            "authentication.type",
            "supported_formats",
            "advanced.recursive",
            "advanced.pattern");
  }

  @Test
  void a_configuration_as_users_have_stored_it_is_valid() {
    ConfigurationValues stored =
        ConfigurationValues.of(
            Map.of(
                "type", "local",
                "base_path", "/data/imports",
                "authentication", Map.of("type", "none"),
                "supported_formats", List.of("csv", "json", "parquet", "avro", "xml"),
                "advanced", Map.of("recursive", true, "pattern", "*.csv")));

    assertThat(problems(stored)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "file:///data",
        "jar:file:///data/x.zip!/",
        "s3://bucket/prefix",
        "azb://?endpoint=x"
      })
  void uris_of_file_systems_are_valid(String uri) {
    assertThat(problems(uri(uri))).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "uri | /data/imports | no scheme",
        "uri | https://example.com/files | web address",
        "uri | sftp://ada:secret@example.com/files | password",
        "uri | file:///with space | isn't a URI",
        "local | s3://bucket/prefix | URI",
        "local | '' | required"
      })
  void a_directory_that_cannot_be_one_is_a_problem_of_its_field(
      String type, String path, String message) {
    ConfigurationValues values =
        ConfigurationValues.empty().with("type", type).with("base_path", path);

    assertThat(problems(values))
        .singleElement()
        .satisfies(
            problem -> {
              assertThat(problem.field()).isEqualTo("base_path");
              assertThat(problem.message()).contains(message).doesNotContain("secret");
              assertThat(problem.remedy()).isPresent();
            });
  }

  @Test
  void a_path_with_a_nul_is_a_problem() {
    assertThat(problems(ConfigurationValues.empty().with("base_path", "a\0b"))).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"regex:(", "[a", "{a"})
  void a_pattern_that_is_none_is_a_problem_of_its_field(String pattern) {
    ConfigurationValues values =
        ConfigurationValues.empty().with("base_path", "/data").with("advanced.pattern", pattern);

    assertThat(problems(values))
        .extracting(ConfigurationProblem::field)
        .containsExactly("advanced.pattern");
  }

  private static ConfigurationValues uri(String uri) {
    return ConfigurationValues.empty().with("type", "uri").with("base_path", uri);
  }

  private static List<ConfigurationProblem> problems(ConfigurationValues values) {
    return new FilesProvider().configuration().validate(values);
  }
}
