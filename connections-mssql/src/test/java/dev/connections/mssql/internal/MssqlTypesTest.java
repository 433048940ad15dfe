package dev.connections.mssql.internal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.connections.api.DataType;
import dev.connections.api.TypeKind;
import dev.connections.mssql.internal.MssqlTypes.TypeRow;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every built-in type, as the catalog tells it: length in bytes, precision, scale. */
class MssqlTypesTest {
  /** The name, length, precision, scale; the kind; the native text; length or precision, scale. */
  private static final String ALL =
      """
      bit 1 1 0 | BOOLEAN | bit
      tinyint 1 3 0 | SMALLINT | tinyint
      smallint 2 5 0 | SMALLINT | smallint
      int 4 10 0 | INTEGER | int
      bigint 8 19 0 | BIGINT | bigint
      decimal 9 18 4 | DECIMAL | decimal(18,4) | 18 4
      numeric 5 9 0 | DECIMAL | numeric(9,0) | 9 0
      money 8 19 4 | DECIMAL | money | 19 4
      smallmoney 4 10 4 | DECIMAL | smallmoney | 10 4
      real 4 24 0 | FLOAT | real
      float 8 53 0 | DOUBLE | float
      char 10 0 0 | STRING | char(10) | 10
      varchar 50 0 0 | STRING | varchar(50) | 50
      text 16 0 0 | STRING | text
      nchar 20 0 0 | STRING | nchar(10) | 10
      nvarchar -1 0 0 | STRING | nvarchar(max)
      ntext 16 0 0 | STRING | ntext
      sysname 256 0 0 | STRING | sysname | 128
      binary 16 0 0 | BINARY | binary(16) | 16
      varbinary -1 0 0 | BINARY | varbinary(max)
      image 16 0 0 | BINARY | image
      timestamp 8 0 0 | BINARY | timestamp | 8
      rowversion 8 0 0 | BINARY | rowversion | 8
      date 3 10 0 | DATE | date
      time 5 16 7 | TIME | time(7) | 7
      datetime 8 23 3 | TIMESTAMP_NTZ | datetime | 3
      datetime2 8 27 7 | TIMESTAMP_NTZ | datetime2(7) | 7
      smalldatetime 4 16 0 | TIMESTAMP_NTZ | smalldatetime | 0
      datetimeoffset 10 34 7 | TIMESTAMP | datetimeoffset(7) | 7
      uniqueidentifier 16 0 0 | UUID | uniqueidentifier
      xml -1 0 0 | XML | xml
      json -1 0 0 | JSON | json
      sql_variant 8016 0 0 | VARIANT | sql_variant
      geometry -1 0 0 | GEOMETRY | geometry
      geography -1 0 0 | GEOMETRY | geography
      hierarchyid 892 0 0 | OTHER | hierarchyid
      """;

  private static Stream<List<String>> all() {
    return ALL.lines()
        .map(line -> Arrays.stream(line.split("\\|", -1)).map(String::strip).toList());
  }

  private static List<Integer> numbers(String text) {
    return Arrays.stream(text.split(" ", -1)).map(Integer::valueOf).toList();
  }

  @Test
  void every_type_stands_here() {
    assertThat(all().map(line -> line.get(0).split(" ", -1)[0]))
        .containsExactlyInAnyOrderElementsOf(MssqlTypes.KINDS.keySet());
  }

  @ParameterizedTest
  @MethodSource("all")
  void a_type_is_what_its_counterpart_says(List<String> line) {
    String[] name = line.get(0).split(" ", 2);
    List<Integer> told = numbers(name[1]);
    DataType type =
        MssqlTypes.of(
            new TypeRow(
                name[0],
                Optional.of("sys"),
                false,
                false,
                Optional.empty(),
                told.get(0),
                told.get(1),
                told.get(2)));

    assertThat(type.kind()).isEqualTo(TypeKind.valueOf(line.get(1)));
    assertThat(type.nativeType()).isEqualTo(line.get(2));
    List<Integer> sizes = line.size() > 3 ? numbers(line.get(3)) : List.of();
    boolean length = type.kind() == TypeKind.STRING || type.kind() == TypeKind.BINARY;
    assertThat(type.length())
        .isEqualTo(length && !sizes.isEmpty() ? OptionalInt.of(sizes.get(0)) : OptionalInt.empty());
    assertThat(type.precision())
        .isEqualTo(
            !length && !sizes.isEmpty() ? OptionalInt.of(sizes.get(0)) : OptionalInt.empty());
    assertThat(type.scale())
        .isEqualTo(sizes.size() > 1 ? OptionalInt.of(sizes.get(1)) : OptionalInt.empty());
  }
}
