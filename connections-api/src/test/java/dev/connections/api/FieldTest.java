package dev.connections.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class FieldTest {
  private enum Mode {
    SQL_AUTH,
    WINDOWS_AUTH
  }

  private static final Field<Integer> PORT = Field.integer("port").range(1, 65_535);

  @Test
  void a_field_tells_all_that_a_form_needs() {
    Field<String> server =
        Field.text("server")
            .label("Server")
            .help("The name of the machine.")
            .example("sql.example.com")
            .suggestions("localhost")
            .aliases("host")
            .required()
            .destination()
            .range(1, 253);

    assertThat(server.path()).isEqualTo("server");
    assertThat(server.kind()).isEqualTo(Field.Kind.TEXT);
    assertThat(server.label()).isEqualTo("Server");
    assertThat(server.help()).contains("The name of the machine.");
    assertThat(server.example()).contains("sql.example.com");
    assertThat(server.suggestions()).containsExactly("localhost");
    assertThat(server.aliases()).containsExactly("host");
    assertThat(server.isRequired()).isTrue();
    assertThat(server.isDestination()).isTrue();
    assertThat(server.least()).hasValue(1);
    assertThat(server.most()).hasValue(253);
    assertThat(server.protection()).isEqualTo(Field.Protection.NONE);
    assertThat(server.preset()).isEmpty();
    assertThat(server.storedPreset()).isEmpty();
    assertThat(server.choices()).isEmpty();
    assertThat(server.conditions()).isEmpty();
    assertThat(server).hasToString("server");
  }

  @Test
  void a_label_is_made_from_the_path_where_none_is_given() {
    assertThat(Field.integer("advanced.connection_timeout").label())
        .isEqualTo("Connection timeout");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "Port", "a..b", ".a", "a.", "a b", "1a", "a-b"})
  void a_path_is_dotted_lower_case_names(String path) {
    assertThatThrownBy(() -> Field.text(path)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void a_whole_number_is_read_from_every_form_that_json_gives() throws ValueProblem {
    for (Object stored :
        List.of(
            1433,
            1433L,
            (short) 1433,
            1433.0,
            1433.0f,
            "1433",
            " 1433 ",
            new BigDecimal("1433.00"),
            BigInteger.valueOf(1433))) {
      assertThat(PORT.read(stored)).as("%s", stored.getClass()).isEqualTo(1433);
    }
  }

  @Test
  void what_is_no_whole_number_within_the_range_is_refused() {
    for (Object stored :
        List.of(
            0,
            65_536,
            -1,
            1.5,
            "x",
            "",
            "1e3",
            true,
            List.of(1),
            Double.NaN,
            new BigDecimal("1e999999999"),
            BigInteger.TEN.pow(40),
            Long.MAX_VALUE)) {
      assertThatThrownBy(() -> PORT.read(stored)).as("%s", stored).isInstanceOf(ValueProblem.class);
    }
  }

  @Test
  void a_refusal_never_tells_the_value() {
    assertThatThrownBy(() -> PORT.read("canary"))
        .isInstanceOf(ValueProblem.class)
        .hasMessageNotContaining("canary");
  }

  @Test
  void a_flag_is_true_or_false_in_json_or_as_text() throws ValueProblem {
    Field<Boolean> flag = Field.flag("ssl.enabled").preset(true);

    assertThat(flag.read(true)).isTrue();
    assertThat(flag.read("False")).isFalse();
    assertThat(flag.read(" TRUE ")).isTrue();
    assertThat(flag.storedPreset()).contains(true);
    assertThatThrownBy(() -> flag.read("yes")).isInstanceOf(ValueProblem.class);
    assertThatThrownBy(() -> flag.read(1)).isInstanceOf(ValueProblem.class);
  }

  @Test
  void a_choice_is_stored_in_lower_case_and_read_in_any() throws ValueProblem {
    Field<Mode> mode = Field.choice("authentication.type", Mode.class).preset(Mode.SQL_AUTH);

    assertThat(mode.choices()).containsExactly("sql_auth", "windows_auth");
    assertThat(mode.storedPreset()).contains("sql_auth");
    assertThat(mode.read("Windows_Auth ")).isEqualTo(Mode.WINDOWS_AUTH);
    assertThatThrownBy(() -> mode.read("kerberos"))
        .isInstanceOf(ValueProblem.class)
        .hasMessage("one of sql_auth, windows_auth");
    assertThatThrownBy(() -> mode.read(1)).isInstanceOf(ValueProblem.class);
  }

  @Test
  void seconds_are_read_as_a_duration() throws ValueProblem {
    Field<Duration> timeout =
        Field.seconds("advanced.timeout").preset(Duration.ofMinutes(5)).range(1, 3_600);

    assertThat(timeout.read(30)).isEqualTo(Duration.ofSeconds(30));
    assertThat(timeout.storedPreset()).contains(300L);
    assertThatThrownBy(() -> timeout.read(0))
        .isInstanceOf(ValueProblem.class)
        .hasMessage("a number of seconds between 1 and 3600");
  }

  @Test
  void a_moment_needs_an_offset() throws ValueProblem {
    Field<Instant> expires = Field.instant("authentication.expires_at");

    assertThat(expires.read("2025-12-31T23:59:59Z"))
        .isEqualTo(Instant.parse("2025-12-31T23:59:59Z"));
    assertThat(expires.read("2026-01-01T01:59:59+02:00"))
        .isEqualTo(Instant.parse("2025-12-31T23:59:59Z"));
    assertThat(expires.preset(Instant.EPOCH).storedPreset()).contains("1970-01-01T00:00:00Z");
    assertThatThrownBy(() -> expires.read("2025-12-31T23:59:59")).isInstanceOf(ValueProblem.class);
    assertThatThrownBy(() -> expires.read(7)).isInstanceOf(ValueProblem.class);
  }

  @Test
  void texts_may_be_limited_to_a_set() throws ValueProblem {
    Field<List<String>> formats =
        Field.texts("supported_formats").allowed("csv", "json").range(0, 2);

    assertThat(formats.preset()).contains(List.of());
    assertThat(formats.choices()).containsExactly("csv", "json");
    assertThat(formats.read(List.of("CSV", " json"))).containsExactly("csv", "json");
    for (Object stored : List.of("csv", List.of("xml"), List.of(1), List.of("csv", "csv", "csv"))) {
      assertThatThrownBy(() -> formats.read(stored)).isInstanceOf(ValueProblem.class);
    }
    assertThat(Field.texts("names").read(List.of("Any"))).containsExactly("Any");
    assertThatThrownBy(() -> PORT.allowed("x")).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void text_has_no_nul_and_a_bounded_length() throws ValueProblem {
    Field<String> text = Field.multilineText("certificate").range(1, 3);

    assertThat(text.kind()).isEqualTo(Field.Kind.MULTILINE_TEXT);
    assertThat(text.read("a\nb")).isEqualTo("a\nb");
    assertThat(text.read(12)).isEqualTo("12");
    for (Object stored : Arrays.asList("a\0", "abcd", true, List.of())) {
      assertThatThrownBy(() -> text.read(stored)).isInstanceOf(ValueProblem.class);
    }
    assertThatThrownBy(() -> text.range(2, 1)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void a_secret_is_write_only_and_stays_so() throws ValueProblem {
    Field<Secret> password = Field.secret("authentication.password").encrypted().range(0, 8);

    assertThat(password.isSecret()).isTrue();
    assertThat(password.protection()).isEqualTo(Field.Protection.WRITE_ONLY);
    assertThat(password.read("s3cret")).isEqualTo(Secret.of("s3cret"));
    assertThat(password.read(Secret.of("s3cret"))).isEqualTo(Secret.of("s3cret"));
    assertThat(password.preset(Secret.of("x")).storedPreset()).contains("******");
    assertThatThrownBy(() -> password.read(7)).isInstanceOf(ValueProblem.class);
    assertThatThrownBy(() -> password.read("much too long")).isInstanceOf(ValueProblem.class);
    assertThat(Field.text("user").encrypted().protection()).isEqualTo(Field.Protection.ENCRYPTED);
    assertThat(Field.text("user").encrypted().isSecret()).isFalse();
  }

  @Test
  void a_condition_names_the_stored_spelling_of_its_values() {
    Field<Mode> mode = Field.choice("authentication.type", Mode.class);
    Field<Secret> password =
        Field.secret("authentication.password").when(mode, Mode.SQL_AUTH).when(PORT, 1, 2);

    assertThat(password.conditions())
        .containsExactly(
            new Field.Condition(mode, List.of("sql_auth")),
            new Field.Condition(PORT, List.of("1", "2")));
    assertThatThrownBy(() -> password.when(mode)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void fields_are_equal_by_path_and_kind() {
    assertThat(Field.text("a"))
        .isEqualTo(Field.text("a").required())
        .hasSameHashCodeAs(Field.text("a"))
        .isNotEqualTo(Field.integer("a"))
        .isNotEqualTo(Field.text("b"))
        .isNotEqualTo("a");
  }
}
