package dev.connections.filesystem.internal.listing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.connections.api.TypeKind;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PartitionKeyTest {
  @ParameterizedTest
  @CsvSource({
    "2024, INTEGER",
    "01, INTEGER",
    "-5, INTEGER",
    "1234567890, BIGINT",
    "1234567890123456789, STRING",
    "-, STRING",
    "2024-02-29, DATE",
    "2023-02-29, STRING",
    "1.5, STRING",
    "de, STRING"
  })
  void a_value_looks_like_a_type(String value, TypeKind kind) {
    assertThat(PartitionKey.kindOf(value)).isEqualTo(kind);
  }

  @Test
  void values_of_two_types_are_the_wider_number_or_text() {
    assertThat(PartitionKey.common(TypeKind.INTEGER, TypeKind.BIGINT)).isEqualTo(TypeKind.BIGINT);
    assertThat(PartitionKey.common(TypeKind.DATE, TypeKind.INTEGER)).isEqualTo(TypeKind.STRING);
    assertThat(PartitionKey.common(TypeKind.DATE, TypeKind.DATE)).isEqualTo(TypeKind.DATE);
  }

  @Test
  void a_directory_s_name_is_a_pair_with_its_escapes_resolved() {
    assertThat(PartitionKey.Pair.of("at=10%3A30+x"))
        .contains(new PartitionKey.Pair("at", Optional.of("10:30+x")));
    assertThat(PartitionKey.Pair.of("share=50%"))
        .contains(new PartitionKey.Pair("share", Optional.of("50%")));
    assertThat(PartitionKey.Pair.of("day="))
        .contains(new PartitionKey.Pair("day", Optional.empty()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"plain", "=value", ""})
  void other_names_are_no_pairs(String name) {
    assertThat(PartitionKey.Pair.of(name)).isEmpty();
  }
}
