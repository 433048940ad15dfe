package dev.connections.filesystem.internal.json;

import static dev.connections.api.TypeKind.MAP;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.connections.api.Column;
import dev.connections.api.ConnectionException;
import dev.connections.api.Parallel;
import dev.connections.api.RowCount;
import dev.connections.api.StandardErrorCode;
import dev.connections.filesystem.internal.BytesContent;
import dev.connections.filesystem.internal.InferredSchema;
import dev.connections.filesystem.internal.ReadLimits;
import dev.connections.testkit.TestAdapterContext;
import dev.connections.testkit.TestOperation;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class NdjsonSchemaReaderTest {
  private static final Parallel PARALLEL = TestAdapterContext.create().parallel();

  @Test
  void each_line_is_a_row() throws IOException {
    InferredSchema found = read("{\"a\":1}\r\n\n{\"b\":\"x\"}\n{\"a\":2.5}");
    assertThat(names(found)).containsExactly("a", "b");
    assertThat(found.rows().orElseThrow().rows()).isEqualTo(3);
    assertThat(found.inference().format()).isEqualTo("ndjson");
    assertThat(found.warnings()).isEmpty();
  }

  @Test
  void thousands_of_names_that_are_data_are_read_as_the_first_ones_are() throws IOException {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < 4_000; i++) {
      text.append("{\"at\":{\"größe-").append(i).append("\":").append(i).append("}}\n");
    }
    byte[] bytes = text.toString().getBytes(StandardCharsets.UTF_8);
    InferredSchema found = read(BytesContent.of(bytes));
    assertThat(found.columns()).extracting(column -> column.type().kind()).containsExactly(MAP);
    assertThat(found.rows()).contains(RowCount.exactly(4_000));
    assertThat(found.warnings()).isEmpty();

    // Behind the sample that tells the encoding, one name isn't UTF-8.
    byte[] padding = " ".repeat(5 * 1024 * 1024).getBytes(StandardCharsets.UTF_8);
    byte[] large = Arrays.copyOf(bytes, padding.length + 2 * bytes.length);
    System.arraycopy(padding, 0, large, bytes.length, padding.length);
    System.arraycopy(bytes, 0, large, bytes.length + padding.length, bytes.length);
    large[large.length - 20] = (byte) 0xFF;
    InferredSchema spoiled =
        new NdjsonSchemaReader(PARALLEL)
            .read(BytesContent.of(large), ReadLimits.DEFAULT, TestOperation.start());
    assertThat(spoiled.rows()).contains(RowCount.exactly(7_999));
    assertThat(spoiled.warnings()).anyMatch(w -> w.message().contains("1 of 8000 lines"));
  }

  @Test
  void several_values_may_share_a_line() throws IOException {
    assertThat(read("{\"a\":1}{\"a\":2}\n").rows().orElseThrow().rows()).isEqualTo(2);
  }

  @Test
  void an_empty_file_has_no_columns_and_says_so() throws IOException {
    assertThat(read("").columns()).isEmpty();
    assertThat(read("").warnings()).hasSize(1);
  }

  @Test
  void a_field_of_the_last_lines_is_seen() throws IOException {
    String text = "{\"a\":1,\"b\":\"some text\"}\n".repeat(200_000) + "{\"late_field\":true}\n";
    InferredSchema found = read(text);
    assertThat(names(found)).containsExactly("a", "b", "late_field");
    assertThat(found.inference().sampledParts()).isEqualTo(6);
    assertThat(found.inference().sampledBytes()).isLessThan(1_000_000);
    assertThat((double) found.rows().orElseThrow().rows()).isBetween(195_000.0, 205_000.0);
    assertThat(read(BytesContent.of(text).streamed()).rows()).isEmpty();
  }

  @Test
  void a_bad_line_among_the_first_ends_the_reading_with_its_place() {
    refused("{\"a\":1}\n{secret}\n", "line 2, column");
    refused("{\n\"a\":1}\n", "Line 1 of");
  }

  @Test
  void a_last_line_that_is_still_being_written_is_told_and_not_counted() throws IOException {
    for (String cut : new String[] {"{\"a\":3,\"b", "{\"a\":", "{\"a\":tr", "{"}) {
      InferredSchema found = read("{\"a\":1}\n{\"a\":2}\n" + cut);
      assertThat(names(found)).as(cut).contains("a");
      assertThat(found.rows().orElseThrow().rows()).as(cut).isEqualTo(2);
      assertThat(found.warnings())
          .as(cut)
          .anyMatch(warning -> warning.message().contains("in the middle of its last line"));
    }
    refused("{\"a\":3,\"b", "ends in the middle");
    refused("{\"a\":1}\n{\"a\":\n{\"a\":3}\n", "Line 2 of");
    InferredSchema large = read("{\"a\":1,\"b\":\"some text\"}\n".repeat(200_000) + "{\"a\":");
    assertThat(large.warnings()).hasSize(1);
  }

  @Test
  void a_few_bad_lines_further_down_are_counted() throws IOException {
    InferredSchema found = read("{\"a\":1}\n".repeat(50) + "oops\n" + "{\"a\":1}\n".repeat(50));
    assertThat(found.warnings()).anyMatch(w -> w.message().startsWith("1 of 101 lines"));
    refused("{\"a\":1}\n".repeat(20) + "oops\n".repeat(20), "20 lines of");
    refused("{\"a\":1}\n".repeat(20) + "oops\n".repeat(3), "the first is line 21");
  }

  @Test
  void a_line_that_is_too_deep_or_too_long_is_refused() {
    refusedAs(StandardErrorCode.TOO_LARGE, "[1]\n" + "[".repeat(1000) + "]".repeat(1000), "line 2");
    byte[] line = new byte[20 * 1024 * 1024];
    Arrays.fill(line, (byte) '1');
    assertThatThrownBy(() -> read(BytesContent.of(line)))
        .isInstanceOfSatisfying(
            ConnectionException.class,
            failure -> assertThat(failure.is(StandardErrorCode.TOO_LARGE)).isTrue());
  }

  @Test
  void a_long_first_line_is_read_whole() throws IOException {
    String text = "{\"a\":[" + "1,".repeat(3_000_000) + "1]}\n{\"b\":1}\n";
    assertThat(names(read(text))).containsExactly("a", "b");
  }

  @Test
  void bytes_of_another_encoding_are_refused() {
    refused(
        BytesContent.of("{\"a\":\"\u00e9\"}".getBytes(StandardCharsets.ISO_8859_1)),
        StandardErrorCode.MALFORMED_DATA,
        "UTF-8");
    refused(
        BytesContent.of("{\"a\":\"\0\"}      "), StandardErrorCode.MALFORMED_DATA, "isn't text");
  }

  private static void refused(String text, String says) {
    refusedAs(StandardErrorCode.MALFORMED_DATA, text, says);
  }

  private static void refusedAs(StandardErrorCode code, String text, String says) {
    refused(BytesContent.of(text), code, says);
  }

  private static void refused(BytesContent content, StandardErrorCode code, String says) {
    assertThatThrownBy(() -> read(content))
        .isInstanceOfSatisfying(
            ConnectionException.class,
            failure -> {
              assertThat(failure.is(code)).as(failure.getMessage()).isTrue();
              assertThat(failure.getMessage()).contains(says).doesNotContain("secret");
            });
  }

  private static InferredSchema read(String text) throws IOException {
    return read(BytesContent.of(text));
  }

  private static InferredSchema read(BytesContent content) throws IOException {
    return new NdjsonSchemaReader().read(content, ReadLimits.DEFAULT, TestOperation.start());
  }

  private static List<String> names(InferredSchema found) {
    return found.columns().stream().map(Column::name).toList();
  }
}
