package dev.connections.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.connections.api.Secret;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class CanaryTest {
  private static final String AWKWARD = "p\"ss\\w&rd <ä> %1";

  static Stream<Canary> canaries() {
    return Stream.of(Canary.create("made"), Canary.of("given", AWKWARD));
  }

  @ParameterizedTest
  @MethodSource("canaries")
  void it_is_found_in_every_form_in_which_secrets_leak(Canary canary) {
    String value = canary.value();
    byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
    List<String> leaks =
        List.of(
            value,
            value.toUpperCase(Locale.ROOT),
            URLEncoder.encode(value, StandardCharsets.UTF_8),
            URLEncoder.encode(value, StandardCharsets.UTF_8).replace("+", "%20"),
            value.replace("\\", "\\\\").replace("\"", "\\\""),
            value.replace("&", "&amp;").replace("<", "&lt;").replace("\"", "&quot;"),
            base64(value),
            base64("a:" + value + "!"),
            base64("ab:" + value),
            base64("abc:" + value),
            Base64.getUrlEncoder().encodeToString(bytes),
            HexFormat.of().formatHex(bytes),
            HexFormat.of().withUpperCase().formatHex(bytes),
            Arrays.toString(bytes),
            Arrays.toString(value.toCharArray()));

    assertThat(leaks).allSatisfy(leak -> assertThat(canary.findIn("x" + leak + "y")).isPresent());
  }

  private static String base64(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void it_is_not_found_where_it_is_not() {
    Canary canary = Canary.create("password");

    assertThat(canary.findIn("nothing " + Canary.create("other").value())).isEmpty();
    assertThatCode(() -> canary.assertAbsentFrom("a log", "nothing")).doesNotThrowAnyException();
  }

  @Test
  void a_find_is_told_without_the_value() {
    Canary canary = Canary.create("password");

    assertThatThrownBy(() -> canary.assertAbsentFrom("a log", "x" + canary.value()))
        .isInstanceOf(AssertionError.class)
        .hasMessage("the secret 'password' stands in a log, as it is")
        .satisfies(error -> assertThat(canary.findIn(error.getMessage())).isEmpty());
    assertThat(canary).hasToString("Canary[password]");
  }

  @Test
  void each_has_a_value_of_its_own_which_is_also_a_secret() {
    Canary canary = Canary.create("password");

    assertThat(canary.value()).isNotEqualTo(Canary.create("password").value());
    assertThat(canary.secret()).isEqualTo(Secret.of(canary.value()));
    assertThat(canary.name()).isEqualTo("password");
  }

  @Test
  void a_short_value_is_refused_without_being_told() {
    assertThatThrownBy(() -> Canary.of("password", "12345"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageNotContaining("12345");
  }

  @Test
  void the_form_is_told() {
    Canary canary = Canary.of("password", AWKWARD);

    assertThat(canary.findIn(base64(AWKWARD))).isEqualTo(Optional.of("in Base64, shifted by 0"));
  }
}
