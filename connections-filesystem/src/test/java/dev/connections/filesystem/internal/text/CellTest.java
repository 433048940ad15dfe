package dev.connections.filesystem.internal.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CellTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "0 | INTEGER",
        "-12 | INTEGER",
        "9223372036854775807 | INTEGER",
        "9223372036854775808 | LARGE_INTEGER",
        "12345678901234567890123456789012345678 | LARGE_INTEGER",
        "123456789012345678901234567890123456789 | TEXT",
        "007 | TEXT",
        "+1 | TEXT",
        "1 2 | TEXT",
        "- | TEXT",
        ". | TEXT",
        "5. | TEXT",
        "00.5 | TEXT",
        "0.5 | DECIMAL",
        ".5 | DECIMAL",
        "-1.25 | DECIMAL",
        "1,25 | COMMA_DECIMAL",
        "1,234,567 | TEXT",
        "0.123456789012345678901234567890123456789 | DOUBLE",
        "0,123456789012345678901234567890123456789 | TEXT",
        "1e5 | DOUBLE",
        "1.5E-7 | DOUBLE",
        "1.5x | TEXT",
        "1e | TEXT",
        "1e400 | TEXT",
        "1e1000 | TEXT",
        "01e5 | TEXT",
        "true | BOOLEAN",
        "FALSE | BOOLEAN",
        "yes | TEXT",
        "trap | TEXT",
        "NULL | TEXT",
        "2024-02-29 | DATE",
        "2024-02-30 | TEXT",
        "2024-13-01 | TEXT",
        "2024-1-1 | TEXT",
        "2024-123-1 | TEXT",
        "2024-01-0 | TEXT",
        "-2024-01-01 | TEXT",
        "2024-01-01x | TEXT",
        "31/12/2024 | DAY_OR_MONTH_FIRST",
        "1.2.2024 | DAY_OR_MONTH_FIRST",
        "1-12-2024 | DAY_OR_MONTH_FIRST",
        "1/2-2024 | TEXT",
        "1/2/24 | TEXT",
        "32/32/2024 | TEXT",
        "123/1/2024 | TEXT",
        "1//2024 | TEXT",
        "10:15 | TIME",
        "9:05:59.123456789 | TIME",
        "24:00 | TIME_OUT",
        "10:60 | TIME_OUT",
        "10:1 | TIME_OUT",
        "10:15: | TIME_OUT",
        "10:15:10. | TIME_OUT",
        "100:15 | TIME_OUT",
        "2024-01-01T10:15 | LOCAL_TIMESTAMP",
        "2024-01-01 10:15:10.5 | LOCAL_TIMESTAMP",
        "2024-01-01T10:15Z | TIMESTAMP",
        "2024-01-01T10:15+02 | TIMESTAMP",
        "2024-01-01T10:15-0230 | TIMESTAMP",
        "2024-01-01T10:15:00+02:30 | TIMESTAMP",
        "2024-01-01T10:15+99:00 | TEXT",
        "2024-01-01T10:15X | TEXT",
        "2024-01-01T10:15Zx | TEXT",
        "2024-01-01T1:15 | TEXT",
        "2024-01-01T | TEXT"
      })
  void a_cell_is_read_as_the_narrowest_kind(String text, String kind) {
    String expected = kind.equals("TIME_OUT") ? "TEXT" : kind;
    assertThat(read(new Cell(), text)).isEqualTo(CellKind.valueOf(expected));
  }

  @Test
  void an_empty_cell_is_no_value() {
    assertThat(read(new Cell(), "")).isEqualTo(CellKind.EMPTY);
  }

  @Test
  void only_iso_dates_count_where_text_may_be_anything() {
    Cell cell = new Cell();
    for (String text : List.of("31/12/2024", "10:15", "12", "x")) {
      byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
      assertThat(cell.readIso(bytes, 0, bytes.length)).isEqualTo(Cell.IsoKind.NONE);
    }
  }

  @Test
  void what_is_read_as_a_number_is_one() {
    Random random = new Random(42);
    Cell cell = new Cell();
    String alphabet = "0123456789..-eE+:/ T";
    for (int i = 0; i < 200_000; i++) {
      StringBuilder text = new StringBuilder();
      int length = 1 + random.nextInt(8);
      for (int k = 0; k < length; k++) {
        text.append(alphabet.charAt(random.nextInt(alphabet.length())));
      }
      CellKind kind = read(cell, text.toString());
      if (kind == CellKind.INTEGER) {
        assertThat(text).asString().isEqualTo(restored(text.toString()));
      } else if (kind == CellKind.DECIMAL || kind == CellKind.DOUBLE) {
        assertThat(Double.parseDouble(text.toString())).isFinite();
      }
    }
  }

  /** Minus zero alone loses its sign. */
  private static String restored(String text) {
    return text.equals("-0") ? text : Long.toString(Long.parseLong(text));
  }

  private static CellKind read(Cell cell, String text) {
    byte[] bytes = (" " + text + " ").getBytes(StandardCharsets.UTF_8);
    return cell.read(bytes, 1, bytes.length - 1);
  }
}
