package dev.connections.servicenow.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.connections.api.DataType;
import dev.connections.api.TypeKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FieldTypesTest {
  private static final Path MAP = Path.of("../../shared/fixtures/servicenow/type-map.tsv");

  private final FieldTypes types =
      new FieldTypes(Map.of("u_amount", "decimal", "u_odd", "no_such_scalar"));

  private DataType of(String type, int length, String attributes) {
    OptionalInt known = length > 0 ? OptionalInt.of(length) : OptionalInt.empty();
    return types.of(
        new DictionaryRow("", "t", "c", "", type, known, "", "", attributes, "", "", 0));
  }

  @ParameterizedTest
  @CsvSource({
    "boolean, 40, '', BOOLEAN, , ,",
    "integer, 40, '', INTEGER, , ,",
    "longint, 40, '', BIGINT, , ,",
    "float, 40, '', DOUBLE, , ,",
    "glide_date, 40, '', DATE, , ,",
    "glide_date_time, 40, '', TIMESTAMP, , ,",
    "glide_duration, 40, '', STRING, 40, ,",
    "reference, 32, '', STRING, 32, ,",
    "string, 4000, '', STRING, 4000, ,",
    "string, 0, '', STRING, , ,",
    "decimal, 15, '', DECIMAL, , 15, 2",
    "decimal, 20, 'scale=4', DECIMAL, , 20, 4",
    "decimal, 99, 'a=b,scale=6,c', DECIMAL, , 38, 6",
    "decimal, 5, 'largescale=9', DECIMAL, , 15, 2",
    "currency, 20, '', DECIMAL, , 20, 4",
    "u_amount, 20, 'scale=3', DECIMAL, , 20, 3",
    "u_odd, 12, '', STRING, 12, ,",
    "never_heard_of, 12, '', STRING, 12, ,"
  })
  void a_type_has_its_kind_its_length_and_its_digits(
      String type,
      int length,
      String attributes,
      TypeKind kind,
      Integer expectedLength,
      Integer precision,
      Integer scale) {
    DataType read = of(type, length, attributes);

    assertThat(read.kind()).isEqualTo(kind);
    assertThat(read.nativeType()).isEqualTo(type);
    assertThat(read.length().stream().boxed().findFirst().orElse(null)).isEqualTo(expectedLength);
    assertThat(read.precision().stream().boxed().findFirst().orElse(null)).isEqualTo(precision);
    assertThat(read.scale().stream().boxed().findFirst().orElse(null)).isEqualTo(scale);
  }

  @Test
  void passwords_are_sensitive_and_what_is_drawn_is_calculated() {
    assertThat(types.sensitive("password2")).isTrue();
    assertThat(types.sensitive("string")).isFalse();
    assertThat(types.calculated("journal_list")).isTrue();
    assertThat(types.calculated("journal")).isFalse();
  }

  @Test
  @Tag("corpus")
  void every_type_that_is_known_elsewhere_is_read_as_there() throws IOException {
    assumeTrue(Files.isReadable(MAP), "the list of types isn't here");
    List<String> lines = Files.readAllLines(MAP);
    int compared = 0;
    for (String line : lines.subList(1, lines.size())) {
      String[] cells = line.split("\t", -1);
      if (!cells[0].equals("collection")) {
        assertThat(inDatabricks(cells[0])).as(cells[0]).isEqualTo(cells[2]);
        compared++;
      }
    }
    assertThat(compared).isEqualTo(170);
  }

  private String inDatabricks(String type) {
    if (types.calculated(type)) {
      return "(skip)";
    }
    DataType read = of(type, 0, "");
    return switch (read.kind()) {
      case INTEGER -> "INT";
      case DECIMAL ->
          List.of("currency", "price").contains(type) ? "DECIMAL(20,4)" : "DECIMAL(p,s)";
      default -> read.kind().name();
    };
  }
}
