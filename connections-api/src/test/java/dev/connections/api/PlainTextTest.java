package dev.connections.api;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class PlainTextTest {
  @Test
  void line_breaks_escapes_and_marks_of_direction_are_replaced() {
    assertThat(PlainText.of("a\r\nb\u001b[31m\u202ec\u2028d", 100)).isEqualTo("a??b?[31m?c?d");
    assertThat(PlainText.isPlain("Verkäufe 𝄞")).isTrue();
    assertThat(PlainText.isPlain("a\tb")).isFalse();
  }

  @Test
  void a_long_text_is_cut_between_characters() {
    assertThat(PlainText.of("abcdef", 6)).isEqualTo("abcdef");
    assertThat(PlainText.of("abcdefg", 6)).isEqualTo("abcdef…");
    assertThat(PlainText.of("abc𝄞", 4)).isEqualTo("abc…");
  }
}
