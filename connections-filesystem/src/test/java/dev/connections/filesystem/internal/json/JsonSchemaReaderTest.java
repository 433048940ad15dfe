package dev.connections.filesystem.internal.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.connections.api.Column;
import dev.connections.api.ConnectionException;
import dev.connections.api.DataType;
import dev.connections.api.ErrorCode;
import dev.connections.api.NoticeCode;
import dev.connections.api.StandardErrorCode;
import dev.connections.api.TypeField;
import dev.connections.api.TypeKind;
import dev.connections.filesystem.ColumnInference;
import dev.connections.filesystem.internal.BytesContent;
import dev.connections.filesystem.internal.InferredSchema;
import dev.connections.filesystem.internal.ReadLimits;
import dev.connections.testkit.TestOperation;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class JsonSchemaReaderTest {

  @Test
  void the_objects_of_an_array_are_rows() throws IOException {
    InferredSchema found =
        read(
            """
            [{"id": 1, "big": 18446744073709551615, "sum": 1.5, "ok": true, "none": null,
              "day": "2024-01-31", "at": "2024-01-31T10:00:00Z", "local": "2024-01-31T10:00:00"},
             {"id": -2, "big": 7, "sum": 2, "ok": false, "late": "x", "day": "2024-02-01"}]
            """);
    assertThat(kinds(found))
        .containsExactly(
            "id BIGINT",
            "big DECIMAL",
            "sum DOUBLE",
            "ok BOOLEAN",
            "none STRING",
            "day DATE",
            "at TIMESTAMP",
            "local TIMESTAMP_NTZ",
            "late STRING");
    assertThat(type(found, "big").precision()).hasValue(20);
    assertThat(found.columns()).allMatch(Column::nullable);
    assertThat(found.rows().orElseThrow().rows()).isEqualTo(2);
    ColumnInference late = found.columns().get(8).extension(ColumnInference.class).orElseThrow();
    assertThat(late.nulls()).isEqualTo(1);
    assertThat(late.longest()).hasValue(1);
    assertThat(found.inference().confidence()).isEqualTo(1);
  }

  @Test
  void nested_values_keep_their_shape() throws IOException {
    InferredSchema found =
        read(
            """
            [{"a": {"x": 1, "y": [1, 2.5]}, "b": [], "c": {}, "d": [{"k": "v"}, {"l": null}]}]
            """);
    DataType a = type(found, "a");
    assertThat(a.kind()).isEqualTo(TypeKind.STRUCT);
    assertThat(a.children()).extracting(TypeField::name).containsExactly("x", "y");
    assertThat(a.children().get(1).type().children().get(0).type().kind())
        .isEqualTo(TypeKind.DOUBLE);
    assertThat(type(found, "b").children().get(0).type().kind()).isEqualTo(TypeKind.STRING);
    assertThat(type(found, "c").kind()).isEqualTo(TypeKind.VARIANT);
    DataType element = type(found, "d").children().get(0).type();
    assertThat(element.children()).extracting(TypeField::name).containsExactly("k", "l");
  }

  @Test
  void values_without_a_common_type_become_text_with_a_warning() throws IOException {
    InferredSchema found =
        read("[{\"a\":1,\"n\":" + "9".repeat(39) + "},{\"a\":{}},{\"a\":\"2024-01-01\"}]");
    assertThat(type(found, "a").kind()).isEqualTo(TypeKind.STRING);
    assertThat(type(found, "n").kind()).isEqualTo(TypeKind.STRING);
    assertThat(found.warnings())
        .anyMatch(warning -> warning.column().isPresent() && warning.remedy().isPresent());
  }

  @Test
  void dates_stay_text_where_one_value_is_none() throws IOException {
    InferredSchema found = read("[{\"a\":\"2024-01-01\"},{\"a\":\"2024-01-\u00e91\"}]");
    assertThat(type(found, "a").kind()).isEqualTo(TypeKind.STRING);
  }

  @Test
  void names_that_are_data_make_a_map() throws IOException {
    StringBuilder text = new StringBuilder("[");
    for (int i = 0; i < 201; i++) {
      text.append(i == 0 ? "" : ",").append("{\"prices\":{\"p").append(i).append("\":1}}");
    }
    assertThat(type(read(text + "]"), "prices").kind()).isEqualTo(TypeKind.MAP);
    String unlike = text.toString().replace("\"p7\":1", "\"p7\":true");
    assertThat(type(read(unlike + "]"), "prices").kind()).isEqualTo(TypeKind.STRUCT);
  }

  @Test
  void one_object_is_one_row_and_anything_else_one_column() throws IOException {
    assertThat(kinds(read("{\"a\":1}"))).containsExactly("a BIGINT");
    assertThat(kinds(read("5"))).containsExactly("value BIGINT");
    assertThat(kinds(read("null"))).containsExactly("value STRING");
    assertThat(kinds(read("[1,2,null]"))).containsExactly("value BIGINT");
    assertThat(kinds(read("[[1],[2]]"))).containsExactly("value ARRAY");
    assertThat(kinds(read("[1,{\"a\":1}]"))).containsExactly("value STRING");
    assertThat(read("[1,2,null]").rows().orElseThrow().rows()).isEqualTo(3);
  }

  @Test
  void a_value_without_content_has_no_columns_and_says_so() throws IOException {
    for (String text : List.of("[]", "{}")) {
      InferredSchema found = read(text);
      assertThat(found.columns()).isEmpty();
      assertThat(found.warnings()).hasSize(1);
    }
  }

  @Test
  void a_repeated_name_is_told() throws IOException {
    InferredSchema found = read("[{\"o\":[{\"a\":1,\"a\":2}]}]");
    assertThat(found.warnings()).anyMatch(warning -> warning.message().contains("one name"));
    assertThat(read("[{\"a\":1},{\"a\":2}]").warnings()).isEmpty();
  }

  @Test
  void a_byte_order_mark_and_wide_characters_are_understood() throws IOException {
    assertThat(kinds(read("\uFEFF{\"a\":1}"))).containsExactly("a BIGINT");
    byte[] wide = "{\"a\":1}".getBytes(StandardCharsets.UTF_16LE);
    assertThat(read(BytesContent.of(wide)).columns()).hasSize(1);
  }

  @Test
  void characters_cut_by_the_end_of_a_buffer_are_whole() throws IOException {
    for (int shift = 0; shift < 4; shift++) {
      String text = "[\"" + "x".repeat(shift) + "\ud83d\ude00\u20ac\u00e9".repeat(5_000) + "\"]";
      assertThat(read(text).columns()).hasSize(1);
    }
  }

  @Test
  void what_is_wrong_is_told_by_its_place_and_never_by_its_text() {
    refused("[1,\n  secret]", StandardErrorCode.MALFORMED_DATA, "line 2, column");
    refused("[1,\n 2", StandardErrorCode.MALFORMED_DATA, "ends in the middle");
    refused("{\"a\":1}\n{\"a\":2}", StandardErrorCode.MALFORMED_DATA, "goes on at line 2");
    refused("", StandardErrorCode.MALFORMED_DATA, "no JSON value");
    refused(" \n", StandardErrorCode.MALFORMED_DATA, "no JSON value");
  }

  @Test
  void bytes_of_another_encoding_are_refused() {
    byte[] latin = "{\"a\":\"\u00e9\u00e9\"}".getBytes(StandardCharsets.ISO_8859_1);
    refused(BytesContent.of(latin), StandardErrorCode.MALFORMED_DATA, "JSON");
    byte[] overlong = {'[', '"', (byte) 0xC0, (byte) 0xAF, '"', ']'};
    refused(BytesContent.of(overlong), StandardErrorCode.MALFORMED_DATA, "aren't UTF-8");
    byte[] wide = "[\"x\"]".getBytes(Charset.forName("UTF-32BE"));
    wide[4] = 0x7F;
    refused(BytesContent.of(wide), StandardErrorCode.MALFORMED_DATA, "JSON");
  }

  @Test
  void a_thousand_levels_are_refused_and_five_hundred_read() throws IOException {
    String deep = "[".repeat(1000) + "]".repeat(1000);
    refused(deep, StandardErrorCode.TOO_LARGE, "nested too deeply");
    assertThat(read("[".repeat(500) + "]".repeat(500)).columns()).hasSize(1);
    String objects = "{\"a\":".repeat(1000) + "1" + "}".repeat(1000);
    refused(objects, StandardErrorCode.TOO_LARGE, "nested too deeply");
  }

  @Test
  void other_limits_are_obeyed() throws IOException {
    ReadLimits narrow = new ReadLimits(64, 64, 64, 1, 10, 20_000, 3, 2, 100, 64, 64);
    JsonSchemaReader reader = new JsonSchemaReader();
    assertThatThrownBy(
            () ->
                reader.read(
                    BytesContent.of("{\"a\":1,\"b\":1,\"c\":1,\"d\":1}"),
                    narrow,
                    TestOperation.start()))
        .hasMessageContaining("more than 3 different fields");
    assertThatThrownBy(() -> reader.read(BytesContent.of("[[[1]]]"), narrow, TestOperation.start()))
        .hasMessageContaining("nested too deeply");
    assertThatThrownBy(
            () ->
                reader.read(
                    BytesContent.of("[\"" + "x".repeat(100_000) + "\"]"),
                    narrow,
                    TestOperation.start()))
        .hasMessageContaining("longer than 20000 bytes");
  }

  @Test
  void of_a_large_array_the_first_items_are_read() throws IOException {
    String text = "[" + "{\"a\":1},\n".repeat(900_000) + "{\"late\":1}]";
    InferredSchema found = read(text);
    assertThat(kinds(found)).containsExactly("a BIGINT");
    assertThat(found.inference().complete()).isFalse();
    assertThat(found.inference().confidence()).isLessThan(1);
    assertThat(found.warnings()).anyMatch(warning -> warning.code() == NoticeCode.TRUNCATED);
    assertThat((double) found.rows().orElseThrow().rows()).isBetween(890_000.0, 910_000.0);
    assertThat(read(BytesContent.of(text).streamed()).rows()).isEmpty();
  }

  @Test
  void a_cancelled_reading_ends() {
    TestOperation operation = TestOperation.start();
    operation.cancel();
    assertThatThrownBy(
            () ->
                new JsonSchemaReader().read(BytesContent.of("[1]"), ReadLimits.DEFAULT, operation))
        .isInstanceOf(ConnectionException.class);
  }

  private static void refused(String text, ErrorCode code, String says) {
    refused(BytesContent.of(text), code, says);
  }

  private static void refused(BytesContent content, ErrorCode code, String says) {
    assertThatThrownBy(() -> read(content))
        .isInstanceOfSatisfying(
            ConnectionException.class,
            failure -> {
              assertThat(failure.is(code)).as(failure.getMessage()).isTrue();
              assertThat(failure.getMessage()).contains(says).doesNotContain("secret");
              assertThat(failure.failure().remedy()).isPresent();
            });
  }

  private static InferredSchema read(String text) throws IOException {
    return read(BytesContent.of(text));
  }

  private static InferredSchema read(BytesContent content) throws IOException {
    return new JsonSchemaReader().read(content, ReadLimits.DEFAULT, TestOperation.start());
  }

  private static DataType type(InferredSchema found, String name) {
    return found.columns().stream()
        .filter(column -> column.name().equals(name))
        .findFirst()
        .orElseThrow()
        .type();
  }

  private static List<String> kinds(InferredSchema found) {
    return found.columns().stream()
        .map(column -> column.name() + " " + column.type().kind())
        .toList();
  }
}
