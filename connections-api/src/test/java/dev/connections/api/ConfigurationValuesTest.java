package dev.connections.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class ConfigurationValuesTest {
  private static final Map<String, Object> TREE =
      Map.of(
          "server",
          "s",
          "authentication",
          Map.of("type", "basic", "password", Secret.of("canary")),
          "formats",
          List.of("csv"),
          "advanced",
          Map.of("port", 7));

  @Test
  void a_tree_becomes_dotted_paths_and_a_tree_again() {
    ConfigurationValues values = ConfigurationValues.of(TREE);

    assertThat(values.paths())
        .containsExactlyInAnyOrder(
            "server", "authentication.type", "authentication.password", "formats", "advanced.port");
    assertThat(values.find("authentication.type")).contains("basic");
    assertThat(values.find("nothing")).isEmpty();
    assertThat(values.toTree()).isEqualTo(TREE);
  }

  @Test
  void the_text_of_values_never_shows_one() {
    assertThat(ConfigurationValues.of(TREE).toString())
        .contains("authentication.password")
        .doesNotContain("canary")
        .doesNotContain("basic");
  }

  @Test
  void nulls_of_json_are_as_if_they_were_not_there() {
    Map<String, Object> tree = new HashMap<>();
    tree.put("a", null);
    tree.put("b", Arrays.asList("x", null));

    ConfigurationValues values = ConfigurationValues.of(tree);

    assertThat(values.paths()).containsExactly("b");
    assertThat(values.find("b")).contains(List.of("x"));
  }

  @Test
  void what_json_does_not_have_is_refused_by_class_and_not_by_value() {
    assertThatThrownBy(() -> ConfigurationValues.of(Map.of("a", Optional.of("canary"))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("java.util.Optional")
        .hasMessageNotContaining("canary");
  }

  @Test
  void copies_leave_the_original_as_it_is() {
    ConfigurationValues values = ConfigurationValues.of(Map.of("a", 1, "b", 2));

    assertThat(values.with("a", 9).find("a")).contains(9);
    assertThat(values.with("c", Map.of("d", 3)).find("c.d")).contains(3);
    assertThat(values.without("a").paths()).containsExactly("b");
    assertThat(values.overlaidWith(ConfigurationValues.of(Map.of("b", 5))).find("b")).contains(5);
    assertThat(values).isEqualTo(ConfigurationValues.of(Map.of("a", 1, "b", 2)));
    assertThat(values).hasSameHashCodeAs(ConfigurationValues.of(Map.of("a", 1, "b", 2)));
    assertThat(values).isNotEqualTo(ConfigurationValues.empty()).isNotEqualTo("a");
  }

  @Test
  void objects_within_lists_are_kept_for_whoever_reports_them() {
    ConfigurationValues values =
        ConfigurationValues.of(Map.of("list", List.of(Map.of("name", "x"))));

    assertThat(values.find("list")).contains(List.of(Map.of("name", "x")));
  }

  @Test
  void a_value_above_another_does_not_lose_it() {
    ConfigurationValues values = ConfigurationValues.empty().with("a.b", 2).with("a", 1);

    assertThat(values.toTree()).isEqualTo(Map.of("a", 1, "a.b", 2));
    assertThat(ConfigurationValues.of(values.toTree())).isEqualTo(values);
  }
}
