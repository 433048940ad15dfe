package dev.connections.filesystem.internal.adapter;

import static org.assertj.core.api.Assertions.assertThat;

import dev.connections.api.DataType;
import dev.connections.api.TypeKind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CommonTypeTest {
  @ParameterizedTest
  @CsvSource({
    "TINYINT, BIGINT, BIGINT",
    "SMALLINT, INTEGER, INTEGER",
    "INTEGER, DOUBLE, DOUBLE",
    "FLOAT, DOUBLE, DOUBLE",
    "DATE, DATE, DATE",
    "DATE, INTEGER, STRING",
    "BOOLEAN, STRING, STRING"
  })
  void the_common_type_of_two_holds_the_values_of_both(
      TypeKind one, TypeKind other, TypeKind common) {
    DataType a = DataType.of(one, "a");
    DataType b = DataType.of(other, "b");

    assertThat(CommonType.of(a, b).kind()).isEqualTo(common);
    assertThat(CommonType.of(b, a).kind()).isEqualTo(common);
    assertThat(CommonType.of(a, b).nativeType()).isEqualTo("a | b");
    assertThat(CommonType.of(a, a)).isEqualTo(a);
  }

  @Test
  void decimals_keep_their_digits_on_both_sides_of_the_point() {
    DataType price = DataType.decimal(10, 2, "d");

    assertThat(CommonType.of(price, DataType.decimal(8, 4, "d")))
        .isEqualTo(DataType.decimal(12, 4, "d"));
    assertThat(CommonType.of(price, DataType.of(TypeKind.INTEGER, "d")))
        .isEqualTo(DataType.decimal(12, 2, "d"));
    assertThat(CommonType.of(DataType.decimal(38, 0, "d"), DataType.decimal(38, 38, "d")).kind())
        .isEqualTo(TypeKind.DOUBLE);
    assertThat(CommonType.of(price, DataType.of(TypeKind.DOUBLE, "x")).kind())
        .isEqualTo(TypeKind.DOUBLE);
  }

  @Test
  void a_length_is_known_only_if_both_have_one() {
    DataType five = DataType.of(TypeKind.STRING, "s").withLength(5);

    assertThat(CommonType.of(five, DataType.of(TypeKind.STRING, "s").withLength(9)).length())
        .hasValue(9);
    assertThat(CommonType.of(five, DataType.of(TypeKind.STRING, "s")).length()).isEmpty();
  }
}
