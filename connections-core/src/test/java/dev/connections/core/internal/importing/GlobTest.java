package dev.connections.core.internal.importing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GlobTest {
  @ParameterizedTest
  @CsvSource({
    "sales, sales, true",
    "sales, SALES, true",
    "SALES, sales, true",
    "sales, sale, false",
    "sale, sales, false",
    "*, anything, true",
    "*, '', true",
    "'', '', true",
    "'', x, false",
    "?, x, true",
    "?, '', false",
    "?, xy, false",
    "?, 😀, true",
    "*?, '', false",
    "*?, x, true",
    "s*s, sales, true",
    "s*s, s, false",
    "s**s, sales, true",
    "*les, sales, true",
    "sa*, sales, true",
    "*a*b*c*, xxaxxbxxcxx, true",
    "*a*b*c*, xxaxxcxxbxx, false",
    "data/*, data/2024/01, true",
    "data/**, data/2024/01, true",
    "data/*, data, false",
    "a\\*b, a*b, true",
    "a\\*b, axb, false",
    "a\\, 'a\\', true",
    "straße, STRAßE, true",
    "[a-z], a, false",
    "a.b, axb, false",
  })
  void a_pattern_matches_what_it_says(String pattern, String name, boolean matches) {
    assertThat(Glob.of(pattern).matches(name)).isEqualTo(matches);
  }

  @Test
  void it_agrees_with_a_regular_expression_on_random_patterns() {
    Random random = new Random(42);
    for (int i = 0; i < 20_000; i++) {
      String pattern = text(random, "ab*?");
      String name = text(random, "ab");
      String regex = pattern.replaceAll("\\*+", "*").replace("*", ".*").replace('?', '.');
      assertThat(Glob.of(pattern).matches(name))
          .as("%s on %s", pattern, name)
          .isEqualTo(Pattern.matches(regex, name));
    }
  }

  /** A backtracking matcher wouldn't end before the sun does. */
  @Test
  void a_pattern_made_to_backtrack_ends() {
    String name = "a".repeat(10_000);
    assertThat(Glob.of("*a".repeat(400) + "*b").matches(name)).isFalse();
    assertThat(Glob.of("*" + "a".repeat(900) + "b").matches(name)).isFalse();
  }

  @Test
  void only_a_lone_star_matches_everything() {
    assertThat(Glob.of("*").matchesEverything()).isTrue();
    assertThat(Glob.of("***").matchesEverything()).isTrue();
    assertThat(Glob.of("*?").matchesEverything()).isFalse();
    assertThat(Glob.of("\\*").matchesEverything()).isFalse();
    assertThat(Glob.of("").matchesEverything()).isFalse();
  }

  private static String text(Random random, String alphabet) {
    StringBuilder text = new StringBuilder();
    for (int length = random.nextInt(9); length > 0; length--) {
      text.append(alphabet.charAt(random.nextInt(alphabet.length())));
    }
    return text.toString();
  }
}
