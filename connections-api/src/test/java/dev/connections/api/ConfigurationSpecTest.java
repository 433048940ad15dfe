package dev.connections.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class ConfigurationSpecTest {
  private enum Mode {
    BASIC,
    TOKEN
  }

  private static final Field<String> SERVER =
      Field.text("server").label("Server").aliases("host").required().destination();
  private static final Field<Integer> PORT =
      Field.integer("port").label("Port").preset(1433).range(1, 65_535).example("1433");
  private static final Field<Mode> MODE =
      Field.choice("authentication.type", Mode.class).preset(Mode.BASIC);
  private static final Field<String> USER =
      Field.text("authentication.username").encrypted().when(MODE, Mode.BASIC).required();
  private static final Field<Secret> PASSWORD =
      Field.secret("authentication.password").label("Password").when(MODE, Mode.BASIC).required();
  private static final Field<Secret> TOKEN =
      Field.secret("authentication.token").when(MODE, Mode.TOKEN).required();
  private static final Field<String> DATABASE = Field.text("database");

  private static final ConfigurationSpec SPEC =
      ConfigurationSpec.version(2)
          .group("connection", "Connection", SERVER, PORT, DATABASE)
          .group("authentication", "Authentication", MODE, USER, PASSWORD, TOKEN)
          .rule(
              configuration ->
                  configuration.get(SERVER).equals("forbidden")
                      ? List.of(ConfigurationProblem.of(SERVER, "Not this one.", "Take another."))
                      : List.of())
          .build();

  private static final ConfigurationValues GOOD =
      ConfigurationValues.empty()
          .with("server", "s")
          .with("authentication.username", "u")
          .with("authentication.password", "p");

  @Test
  void a_good_configuration_has_no_problem_and_reads_typed() {
    assertThat(SPEC.validate(GOOD)).isEmpty();

    Configuration configuration = SPEC.bind(GOOD.with("port", "7"));

    assertThat(configuration.get(SERVER)).isEqualTo("s");
    assertThat(configuration.get(PORT)).isEqualTo(7);
    assertThat(configuration.get(MODE)).isEqualTo(Mode.BASIC);
    assertThat(configuration.get(PASSWORD)).isEqualTo(Secret.of("p"));
    assertThat(configuration.find(DATABASE)).isEmpty();
    assertThat(configuration.find(TOKEN)).isEmpty();
    assertThat(configuration.toString()).doesNotContain("p=").contains("port");
  }

  @Test
  void presets_stand_where_nothing_is_stored() {
    assertThat(SPEC.bind(GOOD).get(PORT)).isEqualTo(1433);
  }

  @Test
  void all_problems_are_told_at_once() {
    List<ConfigurationProblem> problems =
        SPEC.validate(ConfigurationValues.of(Map.of("port", 0, "sever", "s")));

    assertThat(problems)
        .extracting(ConfigurationProblem::field)
        .containsExactly(
            "server", "port", "authentication.username", "authentication.password", "sever");
    assertThat(problems)
        .extracting(ConfigurationProblem::code)
        .contains(StandardErrorCode.MISSING_SECRET, StandardErrorCode.INVALID_CONFIGURATION);
    assertThat(problems).allSatisfy(problem -> assertThat(problem.message()).endsWith("."));
  }

  @Test
  void one_exception_names_every_field() {
    ConnectionException refused =
        catchThrowableOfType(
            ConnectionException.class, () -> SPEC.bind(ConfigurationValues.empty()));

    assertThat(refused.failure().fields())
        .containsExactly("server", "authentication.username", "authentication.password");
    assertThat(refused.failure().message())
        .isEqualTo("Server is required. 2 more fields need attention.");
    assertThat(refused.failure().remedy()).isPresent();
  }

  @Test
  void the_sentence_counts_the_further_fields() {
    ConfigurationProblem problem = ConfigurationProblem.of(SERVER, "First.", "Do.");

    assertThat(ConfigurationSpec.invalid(List.of(problem)).message()).isEqualTo("First.");
    assertThat(ConfigurationSpec.invalid(List.of(problem, problem)).message())
        .isEqualTo("First. One more field needs attention.");
  }

  @Test
  void an_unknown_field_is_told_with_the_nearest_known_one() {
    assertThat(SPEC.validate(GOOD.with("prot", 1)))
        .singleElement()
        .satisfies(
            problem -> {
              assertThat(problem.field()).isEqualTo("prot");
              assertThat(problem.message()).contains("unknown field, prot");
              assertThat(problem.remedy().orElseThrow()).contains("Did you mean port?");
            });
    assertThat(SPEC.validate(GOOD.with("completely.else", 1)))
        .singleElement()
        .satisfies(problem -> assertThat(problem.remedy()).contains("Remove the field."));
    assertThat(SPEC.validate(GOOD.with("x".repeat(5_000) + "\n", 1)))
        .singleElement()
        .satisfies(
            problem -> assertThat(problem.message()).hasSizeLessThan(140).doesNotContain("\n"));
  }

  @Test
  void a_problem_never_tells_the_value() {
    List<ConfigurationProblem> problems =
        SPEC.validate(
            GOOD.with("port", "canary").with("authentication.type", "canary").with("x", "canary"));

    assertThat(problems).hasSize(3);
    assertThat(problems.toString()).doesNotContain("canary");
  }

  @Test
  void an_alias_is_read_as_the_field_and_the_fields_own_path_wins() {
    ConfigurationValues byAlias = GOOD.without("server").with("host", "h");

    assertThat(SPEC.bind(byAlias).get(SERVER)).isEqualTo("h");
    assertThat(SPEC.bind(byAlias.with("server", "s")).get(SERVER)).isEqualTo("s");
    assertThat(SPEC.canonical(byAlias).paths()).contains("server").doesNotContain("host");
    assertThat(SPEC.field("host")).contains(SERVER);
  }

  @Test
  void a_field_that_does_not_apply_is_neither_required_nor_read() {
    ConfigurationValues token =
        GOOD.with("authentication.type", "token").with("authentication.token", "t");

    Configuration configuration = SPEC.bind(token);

    assertThat(configuration.find(PASSWORD)).isEmpty();
    assertThat(configuration.get(TOKEN)).isEqualTo(Secret.of("t"));
    assertThatThrownBy(() -> configuration.get(PASSWORD))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("authentication.password");
  }

  @Test
  void an_empty_form_field_is_a_missing_value() {
    assertThat(SPEC.validate(GOOD.with("server", "  ").with("authentication.password", "")))
        .extracting(ConfigurationProblem::message)
        .containsExactly("Server is required.", "Password is required.");
    assertThat(SPEC.validate(GOOD.with("authentication.password", Secret.of(""))))
        .extracting(ConfigurationProblem::code)
        .containsExactly(StandardErrorCode.MISSING_SECRET);
  }

  @Test
  void rules_are_asked_only_once_every_field_is_well_formed() {
    assertThat(SPEC.validate(GOOD.with("server", "forbidden")))
        .extracting(ConfigurationProblem::message)
        .containsExactly("Not this one.");
    assertThat(SPEC.validate(GOOD.with("server", "forbidden").with("port", 0)))
        .extracting(ConfigurationProblem::field)
        .containsExactly("port");
  }

  @Test
  void a_field_of_another_spec_is_a_mistake_of_the_program() {
    Configuration configuration = SPEC.bind(GOOD);

    assertThatThrownBy(() -> configuration.find(Field.text("other")))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> configuration.find(Field.text("port")))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void a_spec_with_two_fields_at_one_path_is_refused() {
    assertThatThrownBy(
            () ->
                ConfigurationSpec.version(1)
                    .group("a", "A", Field.text("host"), Field.text("server").aliases("host"))
                    .build())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("two fields at host");
  }

  @Test
  void a_condition_on_a_field_outside_the_spec_is_refused() {
    assertThatThrownBy(() -> ConfigurationSpec.version(1).group("a", "A", TOKEN).build())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("authentication.type");
    assertThatThrownBy(() -> ConfigurationSpec.version(0))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void the_spec_lists_its_groups_and_fields_in_order() {
    assertThat(SPEC.version()).isEqualTo(2);
    assertThat(SPEC.groups())
        .extracting(FieldGroup::id)
        .containsExactly("connection", "authentication");
    assertThat(SPEC.fields())
        .extracting(Field::path)
        .startsWith("server", "port", "database", "authentication.type");
  }

  @Test
  void whatever_is_stored_validation_answers_with_problems_and_never_throws() {
    Random random = new Random(42);
    Object[] pool = {
      "",
      " ",
      "x",
      "basic",
      "TOKEN",
      0,
      1,
      -1,
      70_000,
      1.5,
      1e300,
      true,
      List.of(),
      List.of("a"),
      List.of(Map.of("a", 1)),
      Secret.of(""),
      Secret.of("s"),
      "\0",
      "\uD800"
    };
    String[] paths = {
      "server",
      "host",
      "port",
      "authentication.type",
      "authentication.username",
      "authentication.password",
      "authentication.token",
      "database",
      "x",
      "a.b.c",
      ""
    };
    for (int round = 0; round < 5_000; round++) {
      Map<String, Object> tree = new HashMap<>();
      for (int i = random.nextInt(6); i >= 0; i--) {
        tree.put(paths[random.nextInt(paths.length)], pool[random.nextInt(pool.length)]);
      }
      ConfigurationValues values = ConfigurationValues.of(tree);
      List<ConfigurationProblem> problems = SPEC.validate(values);
      if (problems.isEmpty()) {
        assertThat(SPEC.bind(values).get(SERVER)).isNotBlank();
      } else {
        assertThatThrownBy(() -> SPEC.bind(values)).isInstanceOf(ConnectionException.class);
      }
    }
  }

  @Test
  void what_applies_and_is_well_formed_can_be_read_from_a_configuration_with_problems() {
    ConfigurationValues values =
        ConfigurationValues.empty()
            .with("host", "db.example.com")
            .with("port", "many")
            .with("authentication.token", "t0ken")
            .with("unknown", "x");
    Configuration lenient = SPEC.readLeniently(values);
    assertThat(lenient.find(SERVER)).contains("db.example.com");
    assertThat(lenient.find(PORT)).contains(1433);
    assertThat(lenient.find(TOKEN)).isEmpty();
    assertThat(lenient.find(USER)).isEmpty();
  }

  @Test
  void a_condition_is_decided_by_the_specs_own_field_and_not_by_an_earlier_copy_of_it() {
    Field<Boolean> bare = Field.flag("detailed");
    Field<String> detail = Field.text("detail").required().when(bare, true);
    ConfigurationSpec spec =
        ConfigurationSpec.version(1).group("all", "All", detail, bare.preset(true)).build();
    assertThat(spec.validate(ConfigurationValues.empty()))
        .extracting(ConfigurationProblem::field)
        .containsExactly("detail");
  }

  @Test
  void a_circle_of_conditions_holds_for_none_of_its_fields_in_either_order() {
    Field<Boolean> first = Field.flag("first");
    Field<Boolean> second = Field.flag("second").required().when(first, true);
    Field<Boolean> circular = first.required().when(second, true);
    for (List<Field<?>> order :
        List.<List<Field<?>>>of(List.of(circular, second), List.of(second, circular))) {
      ConfigurationSpec spec =
          ConfigurationSpec.version(1).group("all", "All", order.get(0), order.get(1)).build();
      assertThat(spec.validate(ConfigurationValues.empty().with("first", true))).isEmpty();
      assertThat(spec.validate(ConfigurationValues.empty())).isEmpty();
    }
  }

  @Test
  void a_rule_that_throws_is_a_defect_whose_text_is_not_shown() {
    ConfigurationSpec spec =
        ConfigurationSpec.version(1)
            .group("all", "All", Field.text("name"))
            .rule(
                configuration -> {
                  throw new IllegalStateException("foreign text");
                })
            .build();
    ConnectionException thrown =
        catchThrowableOfType(
            ConnectionException.class, () -> spec.validate(ConfigurationValues.empty()));
    assertThat(thrown.code()).isEqualTo(StandardErrorCode.INTERNAL);
    assertThat(thrown).hasMessageNotContaining("foreign text");
  }
}
