package dev.connections.filesystem.internal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.connections.api.Failure;
import dev.connections.api.StandardErrorCode;
import org.junit.jupiter.api.Test;

class FileFailuresTest {

  @Test
  void a_shown_name_neither_breaks_its_line_nor_turns_its_direction() {
    assertThat(FileFailures.shown("a\nb\u001B[31m\u2028c")).isEqualTo("a?b?[31m?c");
    assertThat(FileFailures.shown("in\u202Evsc.exe")).isEqualTo("in?vsc.exe");
    assertThat(FileFailures.shown("日本 é 😀.csv")).isEqualTo("日本 é 😀.csv");
  }

  @Test
  void a_shown_name_is_cut_and_stays_as_it_is_when_shown_again() {
    String shown = FileFailures.shown("x".repeat(500));
    assertThat(shown).hasSize(201).endsWith("…");
    assertThat(FileFailures.shown(shown)).isEqualTo(shown);
  }

  @Test
  void a_name_that_the_locale_cannot_express_is_told_from_a_missing_file() {
    Failure failure = FileFailures.missing("wei\uFFFD\uFFFD.csv");
    assertThat(failure.code()).isEqualTo(StandardErrorCode.NOT_FOUND);
    assertThat(failure.message()).contains("can't express");
    assertThat(failure.remedy().orElseThrow()).contains("LC_ALL");
    assertThat(FileFailures.missing("weiß.csv").message()).contains("doesn't exist");
  }
}
