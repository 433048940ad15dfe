package dev.connections.filesystem.internal.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.connections.api.Column;
import dev.connections.api.ConnectionException;
import dev.connections.api.ErrorCode;
import dev.connections.api.NoticeCode;
import dev.connections.api.StandardErrorCode;
import dev.connections.api.TypeKind;
import dev.connections.filesystem.ColumnInference;
import dev.connections.filesystem.TextDialect;
import dev.connections.filesystem.internal.BytesContent;
import dev.connections.filesystem.internal.InferredSchema;
import dev.connections.filesystem.internal.ReadLimits;
import dev.connections.filesystem.internal.Warning;
import dev.connections.testkit.TestOperation;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import org.junit.jupiter.api.Test;

class CsvSchemaReaderTest {

  @Test
  void columns_get_the_narrowest_type_that_holds_all_values() throws IOException {
    InferredSchema found =
        read(
            """
            flag,small,huge,price,measure,day,clock,moment,local,code,text,empty
            true,1,18446744073709551615,12.5,1e10,2024-01-31,10:15,2024-01-01T10:00:00Z,2024-01-01 10:00,007,x,
            FALSE,-7,2,3,2.5,2024-02-29,23:59:59.5,2024-01-01T10:00:00+02:00,2024-01-02,8,NULL,
            """);
    assertThat(types(found))
        .containsExactly(
            "boolean",
            "integer",
            "decimal(20,0)",
            "decimal(3,1)",
            "number",
            "date yyyy-MM-dd",
            "time",
            "timestamp with zone",
            "timestamp without zone",
            "text",
            "text",
            "text");
    assertThat(found.columns()).allMatch(Column::nullable);
    ColumnInference empty = found.columns().get(11).extension(ColumnInference.class).orElseThrow();
    assertThat(empty.nulls()).isEqualTo(2);
    assertThat(empty.confidence()).isZero();
    assertThat(found.rows().orElseThrow().exact()).isTrue();
    assertThat(found.rows().orElseThrow().rows()).isEqualTo(2);
  }

  @Test
  void day_and_month_are_told_apart_only_where_a_value_proves_it() throws IOException {
    InferredSchema found =
        read(
            """
            a;b;c;d
            31/12/2024;12/31/2024;01/02/2024;31.12.2024
            01/02/2024;01/02/2024;03/04/2024;01/02/2024
            """);
    assertThat(types(found)).containsExactly("date d/M/yyyy", "date M/d/yyyy", "text", "text");
    assertThat(found.warnings()).extracting(Warning::column).contains(Optional.of("c"));
  }

  @Test
  void a_comma_is_a_decimal_one_next_to_semicolons_and_only_perhaps_next_to_tabs()
      throws IOException {
    InferredSchema semicolons = read("a;b\n1,5;2,125\n3,5;4,250\n");
    assertThat(types(semicolons)).containsExactly("decimal(2,1)", "decimal(4,3)");
    assertThat(semicolons.inference().dialect().orElseThrow().decimalComma()).isTrue();
    InferredSchema tabs = read("a\tb\n1,5\t2,125\n3,5\t4,250\n");
    assertThat(types(tabs)).containsExactly("decimal(2,1)", "text");
  }

  @Test
  void values_without_a_header_get_numbered_columns() throws IOException {
    InferredSchema found = read("1,2.5,x\n2,3.5,y\n3,4.5,z\n");
    assertThat(names(found)).containsExactly("column1", "column2", "column3");
    assertThat(found.rows().orElseThrow().rows()).isEqualTo(3);
    assertThat(names(read("yes,red\nno,blue\nyes,red\n"))).containsExactly("column1", "column2");
  }

  @Test
  void names_of_codes_are_told_from_the_codes_by_their_length() throws IOException {
    InferredSchema found = read("code,unit\nAB12,XX\nCD34,YY\nEF56,ZZ\n");
    assertThat(names(found)).containsExactly("code", "unit");
    assertThat(read("QQ12,XX\nAB12,XA\nCD34,YY\nEF56,ZZ\n").rows().orElseThrow().rows())
        .isEqualTo(4);
  }

  @Test
  void blank_and_repeated_names_are_completed_and_told() throws IOException {
    InferredSchema found = read("id,,name,name,name_1\n1,2,a,b,c\n");
    assertThat(names(found)).containsExactly("id", "column2", "name", "name_2", "name_1");
    assertThat(found.warnings())
        .extracting(Warning::message)
        .contains("1 column has no name in the header.")
        .anyMatch(message -> message.contains("the name of another one"));
  }

  @Test
  void one_column_is_never_certain() throws IOException {
    InferredSchema found = read("name\nAda\nGrace\nEdsger\n");
    assertThat(found.columns()).hasSize(1);
    assertThat(found.inference().confidence()).isLessThan(0.5);
    assertThat(found.warnings()).anyMatch(warning -> warning.code() == NoticeCode.LOW_CONFIDENCE);
  }

  @Test
  void a_marked_first_line_is_a_header_if_no_other_line_is_marked() throws IOException {
    assertThat(names(read("#id,name\n1,a\n2,b\n"))).containsExactly("#id", "name");
    InferredSchema comment = read("# made by hand\n# again\nid,name\n1,a\n2,b\n");
    assertThat(names(comment)).containsExactly("id", "name");
    assertThat(comment.inference().dialect().orElseThrow().comment()).contains('#');
  }

  @Test
  void spaces_behind_delimiters_belong_to_no_value() throws IOException {
    InferredSchema found = read("id, name, \"sum\"\n1, Ada, 2.5\n2, Grace, 3.5\n");
    assertThat(names(found)).containsExactly("id", "name", "sum");
    assertThat(types(found)).containsExactly("integer", "text", "decimal(2,1)");
  }

  @Test
  void what_is_known_beforehand_wins() throws IOException {
    CsvOptions options =
        new CsvOptions(
            Optional.of(StandardCharsets.ISO_8859_1),
            Optional.of('-'),
            Optional.of(new CsvOptions.Quoting(Optional.of('~'), true)),
            Optional.of(false),
            Optional.of('%'),
            OptionalInt.of(2));
    InferredSchema found =
        CsvSchemaReader.csv(options)
            .read(
                BytesContent.of("skipped\r\nskipped\r\n%no\r\n~a-b~-2\r\nc-3\r\n"),
                ReadLimits.DEFAULT,
                TestOperation.start());
    assertThat(names(found)).containsExactly("column1", "column2");
    TextDialect dialect = found.inference().dialect().orElseThrow();
    assertThat(dialect.delimiter()).isEqualTo('-');
    assertThat(dialect.quote()).contains('~');
    assertThat(dialect.escape()).contains('\\');
    assertThat(dialect.comment()).contains('%');
    assertThat(dialect.skippedLines()).isEqualTo(2);
    assertThat(dialect.newline()).isEqualTo(TextDialect.Newline.CRLF);
    assertThat(found.inference().charset()).contains("ISO-8859-1");
    assertThat(dialect.values()).containsEntry("delimiter", "-").containsEntry("header", false);
  }

  @Test
  void quotes_have_no_meaning_where_the_options_say_so() throws IOException {
    CsvOptions options =
        new CsvOptions(
            Optional.empty(),
            Optional.of('\t'),
            Optional.of(CsvOptions.Quoting.NONE),
            Optional.of(true),
            Optional.empty(),
            OptionalInt.empty());
    InferredSchema found =
        CsvSchemaReader.tsv(options)
            .read(BytesContent.of("a\tb\n\"x\t1\n"), ReadLimits.DEFAULT, TestOperation.start());
    assertThat(types(found)).containsExactly("text", "integer");
  }

  @Test
  void a_tsv_is_parted_by_tabs_even_if_commas_fit_as_well() throws IOException {
    String text = "a,b\tc\n1,5\t2\n2,5\t3\n";
    InferredSchema found =
        CsvSchemaReader.tsv()
            .read(BytesContent.of(text), ReadLimits.DEFAULT, TestOperation.start());
    assertThat(found.inference().dialect().orElseThrow().delimiter()).isEqualTo('\t');
    assertThat(found.inference().format()).isEqualTo("tsv");
  }

  @Test
  void an_empty_file_has_no_columns_and_says_so() throws IOException {
    for (String text : List.of("", "\n\n", "\uFEFF")) {
      InferredSchema found = read(text);
      assertThat(found.columns()).isEmpty();
      assertThat(found.rows().orElseThrow().rows()).isZero();
      assertThat(found.warnings()).hasSize(1);
    }
  }

  @Test
  void bytes_that_no_text_has_are_refused() {
    refused(BytesContent.of("a,b\n1,\0\n"), StandardErrorCode.MALFORMED_DATA, "isn't text");
    byte[] noise = new byte[5000];
    new Random(42).nextBytes(noise);
    refused(BytesContent.of(noise), StandardErrorCode.MALFORMED_DATA, "isn't text");
  }

  @Test
  void a_quote_that_is_never_closed_is_refused_with_its_line() {
    refused(
        BytesContent.of("a,b\n1,2\n3,\"4\n5,6\n"),
        StandardErrorCode.MALFORMED_DATA,
        "line 3 of 'folder/some.csv'");
  }

  @Test
  void a_quote_that_stays_open_beyond_the_scored_lines_is_refused_as_well() {
    String lines = "1,\"x\"\n".repeat(30_000);
    refused(
        BytesContent.of("a,b\n" + lines + "2,\"open\n" + "3,y\n".repeat(9)),
        StandardErrorCode.MALFORMED_DATA,
        "line 30002");
  }

  @Test
  void a_single_line_without_end_is_refused_before_all_of_it_is_read() {
    byte[] line = new byte[40 * 1024 * 1024];
    Arrays.fill(line, (byte) 'x');
    BytesContent content = BytesContent.of(line);
    refused(content, StandardErrorCode.TOO_LARGE, "longer than 16 MB");
    refused(content.streamed(), StandardErrorCode.TOO_LARGE, "longer than 16 MB");
  }

  @Test
  void too_many_columns_are_refused_with_both_numbers() {
    String header = "c".repeat(3) + ",c".repeat(99_999);
    refused(
        BytesContent.of(header + "\n" + "1" + ",1".repeat(99_999) + "\n"),
        StandardErrorCode.TOO_LARGE,
        "100000 columns; at most 20000");
  }

  @Test
  void a_wide_table_within_the_limit_is_read() throws IOException {
    StringBuilder text = new StringBuilder("c0");
    for (int c = 1; c < 20_000; c++) {
      text.append(",c").append(c);
    }
    text.append("\n1").append(",1".repeat(19_999)).append('\n');
    assertThat(read(text.toString()).columns()).hasSize(20_000);
  }

  @Test
  void a_change_of_type_in_the_last_lines_is_seen() throws IOException {
    StringBuilder text = new StringBuilder("id,late,note\n");
    for (int row = 0; text.length() < 3_000_000; row++) {
      text.append(row).append(",17,\"two\nlines, quoted\"\n");
    }
    text.append("1,unknown,x\n");
    InferredSchema found = read(text.toString());
    assertThat(found.columns().get(0).type().kind()).isEqualTo(TypeKind.BIGINT);
    assertThat(found.columns().get(1).type().kind()).isEqualTo(TypeKind.STRING);
    assertThat(found.inference().sampledParts()).isEqualTo(6);
    assertThat(found.inference().complete()).isFalse();
    assertThat(found.inference().sampledBytes()).isLessThan(1_000_000);
    assertThat(found.warnings()).anyMatch(warning -> warning.column().equals(Optional.of("late")));
    double about = found.rows().orElseThrow().rows();
    assertThat(about).isBetween(95_000.0, 120_000.0);
  }

  @Test
  void slices_of_wide_characters_are_read_as_well() throws IOException {
    String text = "id,name\n" + "1,\u00e9t\u00e9\n".repeat(300_000) + "x,y\n";
    InferredSchema found =
        CsvSchemaReader.csv()
            .read(
                BytesContent.of(text.getBytes(StandardCharsets.UTF_16LE)),
                ReadLimits.DEFAULT,
                TestOperation.start());
    assertThat(types(found)).containsExactly("text", "text");
    assertThat(found.inference().sampledParts()).isEqualTo(6);
  }

  @Test
  void parts_that_look_unlike_the_start_are_left_out_and_counted() throws IOException {
    String text = "id,name\n" + "1,a\n".repeat(100_000) + "no table any more\n".repeat(100_000);
    InferredSchema found = read(text);
    assertThat(types(found)).containsExactly("integer", "text");
    assertThat(found.warnings())
        .anyMatch(warning -> warning.message().contains("look unlike its start"));
  }

  @Test
  void a_stream_is_sampled_at_its_start_only() throws IOException {
    InferredSchema found =
        CsvSchemaReader.csv()
            .read(
                BytesContent.of("id,sum\n" + "1,2.5\n".repeat(200_000)).streamed(),
                ReadLimits.DEFAULT,
                TestOperation.start());
    assertThat(found.rows()).isEmpty();
    assertThat(found.inference().compression()).isEqualTo("gzip");
    assertThat(types(found)).containsExactly("integer", "decimal(18,1)");
  }

  @Test
  void a_record_longer_than_the_first_part_is_read_whole() throws IOException {
    String text = "id,text\n1,\"" + "long\n".repeat(200_000) + "\"\n2,short\n";
    assertThat(read(text).rows().orElseThrow().rows()).isEqualTo(2);
    String huge = "id,text\n" + "1,\"" + "x".repeat(5_000_000) + "\"\n2,short\n";
    assertThat(read(huge).rows().orElseThrow().rows()).isEqualTo(2);
  }

  @Test
  void another_encoding_is_guessed_with_a_warning() throws IOException {
    InferredSchema found =
        CsvSchemaReader.csv()
            .read(
                BytesContent.of("id,name\n1,caf\u00e9\n".getBytes(StandardCharsets.ISO_8859_1)),
                ReadLimits.DEFAULT,
                TestOperation.start());
    assertThat(found.inference().charset()).contains("windows-1252");
    assertThat(found.warnings()).anyMatch(warning -> warning.message().contains("Windows-1252"));
  }

  @Test
  void misplaced_quotes_are_told() throws IOException {
    InferredSchema found = read("id,size\n1,\"5\" wide\"\n2,\"6\"\n3,\"7\"\n4,\"8, or 9\"\n");
    assertThat(found.columns()).hasSize(2);
    assertThat(found.warnings())
        .anyMatch(warning -> warning.message().contains("quotes where none may stand"));
  }

  @Test
  void a_cancelled_reading_ends() {
    TestOperation cancelled = TestOperation.start();
    cancelled.cancel();
    for (TestOperation operation : List.of(cancelled, TestOperation.within(Duration.ZERO))) {
      assertThatThrownBy(
              () ->
                  CsvSchemaReader.csv()
                      .read(BytesContent.of("a,b\n1,2\n"), ReadLimits.DEFAULT, operation))
          .isInstanceOf(ConnectionException.class);
    }
  }

  @Test
  void any_bytes_give_columns_or_a_typed_failure() throws IOException {
    Random random = new Random(42);
    String alphabet = "ab1.,;\t|\"'\\\n\r #-:e\u00e9";
    for (int i = 0; i < 5_000; i++) {
      StringBuilder text = new StringBuilder();
      int length = random.nextInt(80);
      for (int k = 0; k < length; k++) {
        text.append(alphabet.charAt(random.nextInt(alphabet.length())));
      }
      try {
        InferredSchema found = read(text.toString());
        assertThat(names(found)).doesNotHaveDuplicates();
        assertThat(found.inference().confidence()).isBetween(0.0, 1.0);
      } catch (ConnectionException refused) {
        assertThat(refused.is(StandardErrorCode.MALFORMED_DATA)).as(text.toString()).isTrue();
      }
    }
  }

  private static void refused(BytesContent content, ErrorCode code, String says) {
    assertThatThrownBy(
            () -> CsvSchemaReader.csv().read(content, ReadLimits.DEFAULT, TestOperation.start()))
        .isInstanceOfSatisfying(
            ConnectionException.class,
            failure -> {
              assertThat(failure.is(code)).as(failure.getMessage()).isTrue();
              assertThat(failure.getMessage()).contains(says).contains("folder/some.csv");
              assertThat(failure.failure().remedy()).isPresent();
            });
  }

  private static InferredSchema read(String text) throws IOException {
    return CsvSchemaReader.csv()
        .read(BytesContent.of(text), ReadLimits.DEFAULT, TestOperation.start());
  }

  private static List<String> names(InferredSchema found) {
    return found.columns().stream().map(Column::name).toList();
  }

  private static List<String> types(InferredSchema found) {
    return found.columns().stream().map(column -> column.type().nativeType()).toList();
  }
}
