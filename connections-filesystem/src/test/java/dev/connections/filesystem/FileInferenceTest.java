package dev.connections.filesystem;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class FileInferenceTest {

  @Test
  void its_values_have_stable_names() {
    TextDialect dialect =
        new TextDialect(
            ';',
            Optional.of('"'),
            Optional.of('\\'),
            true,
            Optional.of('#'),
            2,
            true,
            TextDialect.Newline.LF);
    FileInference inference =
        new FileInference(
            "csv",
            Optional.of("UTF-8"),
            Optional.of(dialect),
            "none",
            0.5,
            10,
            2,
            1,
            true,
            List.of("look"));
    assertThat(inference.id()).isEqualTo("file_inference");
    assertThat(inference.values())
        .containsExactly(
            Map.entry("format", "csv"),
            Map.entry("charset", "UTF-8"),
            Map.entry("dialect", dialect.values()),
            Map.entry("compression", "none"),
            Map.entry("confidence", 0.5),
            Map.entry("sampled_bytes", 10L),
            Map.entry("sampled_rows", 2L),
            Map.entry("sampled_parts", 1),
            Map.entry("complete", true),
            Map.entry("warnings", List.of("look")));
    assertThat(dialect.values())
        .containsExactly(
            Map.entry("delimiter", ";"),
            Map.entry("quote", "\""),
            Map.entry("escape", "\\"),
            Map.entry("header", true),
            Map.entry("comment", "#"),
            Map.entry("skipped_lines", 2),
            Map.entry("decimal_comma", true),
            Map.entry("newline", "LF"));
  }

  @Test
  void a_columns_values_have_stable_names_too() {
    ColumnInference inference = new ColumnInference(1, 5, 2, OptionalInt.of(7));
    assertThat(inference.id()).isEqualTo("column_inference");
    assertThat(inference.values())
        .containsExactly(
            Map.entry("confidence", 1.0),
            Map.entry("seen", 5L),
            Map.entry("nulls", 2L),
            Map.entry("longest", 7));
  }

  @Test
  void a_confidence_lies_between_zero_and_one() {
    assertThatThrownBy(() -> new ColumnInference(1.1, 0, 0, OptionalInt.empty()))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(
            () ->
                new FileInference(
                    "csv",
                    Optional.empty(),
                    Optional.empty(),
                    "none",
                    Double.NaN,
                    0,
                    0,
                    1,
                    true,
                    List.of()))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
