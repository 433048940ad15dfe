package dev.connections.filesystem.internal.paths;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.connections.api.ConnectionException;
import dev.connections.api.StandardErrorCode;
import java.util.regex.PatternSyntaxException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NamePatternTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "*.csv | a.csv | true",
        "*.csv | x/y/a.csv | true",
        "*.csv | a.csv.gz | false",
        "**/*.csv | a.csv | true",
        "**/*.csv | x/y/a.csv | true",
        "sales/*.csv | sales/a.csv | true",
        "sales/*.csv | x/sales/a.csv | true",
        "sales/*.csv | sales/x/a.csv | false",
        "sales/**.csv | sales/x/a.csv | true",
        "sales/**/a.csv | sales/a.csv | true",
        "?.csv | a.csv | true",
        "?.csv | ab.csv | false",
        "[a-c].csv | b.csv | true",
        "[a-c].csv | d.csv | false",
        "[!a-c].csv | d.csv | true",
        "[^a-c].csv | b.csv | false",
        "[]a].csv | ].csv | true",
        "[a-].csv | -.csv | true",
        "x[!a]y | x/y | false",
        "a.{csv,tsv} | a.tsv | true",
        "a.{csv,tsv} | a.json | false",
        "a,b}.csv | a,b}.csv | true",
        "a\\*.csv | a*.csv | true",
        "a\\*.csv | ab.csv | false",
        "a+(1).csv | a+(1).csv | true",
        "[ä-ö].csv | é.csv | true",
        "regex:.*/a[0-9]+\\.csv | x/a12.csv | true",
        "regex:a[0-9]+\\.csv | x/a12.csv | false"
      })
  void globs_and_regular_expressions_match_paths(String pattern, String path, boolean expected) {
    assertThat(NamePattern.of(pattern).matches(path)).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(strings = {"{a", "[a", "{a{b}}", "a\\", "[a/b]", "regex:(a", "regex:[", "regex:*"})
  void what_is_no_pattern_is_refused(String pattern) {
    assertThatThrownBy(() -> NamePattern.of(pattern)).isInstanceOf(PatternSyntaxException.class);
  }

  @Test
  void a_pattern_that_is_too_long_or_nested_too_deeply_is_refused() {
    assertThatThrownBy(() -> NamePattern.of("a".repeat(1_001)))
        .isInstanceOf(PatternSyntaxException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"regex:(.*a){25}", "*a*a*a*a*a*a*a*a*a*a*a*a*b"})
  void a_pattern_that_backtracks_for_ever_is_stopped_and_named(String pattern) {
    NamePattern endless = NamePattern.of(pattern);

    assertThatThrownBy(() -> endless.matches("a".repeat(60) + "!"))
        .isInstanceOfSatisfying(
            ConnectionException.class,
            e -> {
              assertThat(e.is(StandardErrorCode.INVALID_CONFIGURATION)).isTrue();
              assertThat(e.failure().fields()).containsExactly("advanced.pattern");
              assertThat(e.failure().remedy()).isPresent();
            });
  }

  @Test
  void a_pattern_that_exhausts_the_stack_is_stopped_and_named() {
    NamePattern deep = NamePattern.of("regex:(a|b|c)*d");

    assertThatThrownBy(() -> deep.matches("abc".repeat(100_000)))
        .isInstanceOfSatisfying(
            ConnectionException.class,
            e -> assertThat(e.failure().fields()).containsExactly("advanced.pattern"));
  }
}
