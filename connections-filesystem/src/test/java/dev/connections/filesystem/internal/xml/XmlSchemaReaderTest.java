package dev.connections.filesystem.internal.xml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.connections.api.Column;
import dev.connections.api.ConnectionException;
import dev.connections.api.ErrorCode;
import dev.connections.api.RowCount;
import dev.connections.api.StandardErrorCode;
import dev.connections.api.TypeField;
import dev.connections.api.TypeKind;
import dev.connections.filesystem.internal.BytesContent;
import dev.connections.filesystem.internal.InferredSchema;
import dev.connections.filesystem.internal.ReadLimits;
import dev.connections.testkit.TestOperation;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class XmlSchemaReaderTest {
  @TempDir Path temporary;

  private static final String BOOKS =
      """
      <?xml version="1.0"?>
      <catalog>
        <book id="1"><title>One</title><price>9.50</price><since>2024-01-31</since></book>
        <book id="2"><title>Two</title><price>12.00</price><note lang="en">new</note></book>
      </catalog>
      """;

  @Test
  void the_repeated_element_nearest_to_the_root_is_the_row() throws IOException {
    InferredSchema schema = read(BOOKS);

    assertThat(schema.columns())
        .extracting(Column::name)
        .containsExactly("_id", "title", "price", "since", "note");
    assertThat(schema.rows()).contains(RowCount.exactly(2));
    assertThat(schema.properties()).containsEntry("row_tag", "book");
  }

  @Test
  void texts_have_the_types_that_values_of_a_csv_file_have() throws IOException {
    assertThat(read(BOOKS).columns())
        .extracting(column -> column.type().kind())
        .containsExactly(
            TypeKind.BIGINT, TypeKind.STRING, TypeKind.DECIMAL, TypeKind.DATE, TypeKind.STRUCT);
  }

  @Test
  void an_element_with_attributes_is_a_structure_of_them_and_its_text() throws IOException {
    Column note = column(read(BOOKS), "note");

    assertThat(note.type().children())
        .extracting(TypeField::name)
        .containsExactly("_lang", "_VALUE");
  }

  @Test
  void an_element_repeated_within_a_row_is_an_array() throws IOException {
    InferredSchema schema =
        read("<r><row><tag>1</tag><tag>2</tag></row><row><tag>3</tag></row><row/></r>");

    assertThat(column(schema, "tag").type().kind()).isEqualTo(TypeKind.ARRAY);
    assertThat(column(schema, "tag").type().children().get(0).type().kind())
        .isEqualTo(TypeKind.BIGINT);
  }

  @Test
  void byte_order_marks_that_are_repeated_are_left_out() throws IOException {
    for (Charset charset :
        List.of(StandardCharsets.UTF_8, StandardCharsets.UTF_16LE, StandardCharsets.UTF_16BE)) {
      for (String marks : List.of("\uFEFF", "\uFEFF\uFEFF", "\uFEFF\uFEFF\uFEFF")) {
        byte[] bytes = (marks + "<r><row>ü</row><row>2</row></r>").getBytes(charset);
        InferredSchema schema =
            reader().read(BytesContent.of(bytes), ReadLimits.DEFAULT, operation());

        assertThat(schema.rows()).as(charset + marks).contains(RowCount.exactly(2));
      }
    }
    assertFails("\uFEFF\uFEFF", StandardErrorCode.MALFORMED_DATA, "isn't well-formed XML");
  }

  @Test
  void documents_one_behind_the_other_are_the_rows_of_one_table() throws IOException {
    String document = "<?xml version=\"1.0\"?>\n<r><row>%d</row><row>2</row></r>\n";
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < 2_000; i++) {
      text.append(i % 3 == 0 ? "\uFEFF\uFEFF" : "").append(String.format(document, i));
    }
    assertThat(read(text.toString()).rows()).contains(RowCount.exactly(4_000));
    assertThat(read("<r><row><![CDATA[<?xml version='1.0'?><x/>]]></row><row/></r>").rows())
        .contains(RowCount.exactly(2));
    assertFails(text + "<r>", StandardErrorCode.MALFORMED_DATA, "isn't well-formed XML");
    assertFails("<r/><?xml version='1.0'?>", StandardErrorCode.MALFORMED_DATA, "isn't well-formed");
  }

  @Test
  void a_document_without_repetitions_is_one_row() throws IOException {
    assertThat(read("<list><item><a>1</a></item></list>").columns())
        .extracting(Column::name)
        .containsExactly("a");
    assertThat(read("<settings><theme>dark</theme><size>3</size></settings>").columns())
        .extracting(Column::name)
        .containsExactly("theme", "size");
  }

  @Test
  void a_named_row_element_wins_and_may_be_anywhere() throws IOException {
    String text = "<a><b><c x='1'/><c x='2'/></b><b><c x='3'/></b></a>";

    assertThat(read(text).properties()).containsEntry("row_tag", "b");
    InferredSchema named = reader("c").read(content(text), ReadLimits.DEFAULT, operation());
    assertThat(named.columns()).extracting(Column::name).containsExactly("_x");
    assertThat(named.rows()).contains(RowCount.exactly(3));
  }

  @Test
  void a_named_row_element_that_is_missing_names_the_field() {
    assertThatThrownBy(
            () -> reader("nothing").read(content(BOOKS), ReadLimits.DEFAULT, operation()))
        .isInstanceOfSatisfying(
            ConnectionException.class,
            e -> assertThat(e.failure().fields()).containsExactly(XmlSchemaReader.ROW_TAG_FIELD));
  }

  @Test
  void an_element_of_the_rows_name_within_a_row_is_a_part_of_it() throws IOException {
    InferredSchema schema =
        read("<p><x n='1'><x n='1.1'/><c>a</c></x><x n='2'><x n='2.1'/><c>b</c></x></p>");

    assertThat(schema.columns()).extracting(Column::name).containsExactly("_n", "x", "c");
    assertThat(schema.rows()).contains(RowCount.exactly(2));
  }

  @Test
  void a_document_type_is_refused_and_no_file_is_reached() throws IOException {
    Path secret = Files.writeString(temporary.resolve("secret.txt"), "CANARY-4711");
    String external =
        "<!DOCTYPE r [<!ENTITY x SYSTEM \"" + secret.toUri() + "\">]><r><a>&x;</a><a>1</a></r>";
    String laughs =
        """
        <!DOCTYPE r [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">
        <!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;">]><r><a>&c;</a></r>
        """;

    assertFails(external, StandardErrorCode.UNSUPPORTED, "declares a document type");
    assertFails(laughs, StandardErrorCode.UNSUPPORTED, "declares a document type");
    assertThatThrownBy(() -> read(external)).hasMessageNotContaining("CANARY");
  }

  @Test
  void ten_thousand_levels_are_refused() {
    String deep = "<a>".repeat(10_000) + "</a>".repeat(10_000);

    assertFails(deep, StandardErrorCode.TOO_LARGE, "more than 500 levels");
  }

  @Test
  void what_is_not_well_formed_is_told_with_its_place() {
    assertFails("<a><b></a>", StandardErrorCode.MALFORMED_DATA, "at line 1");
    assertFails("<a/><b/>", StandardErrorCode.MALFORMED_DATA, "isn't well-formed XML");
    assertFails("no xml", StandardErrorCode.MALFORMED_DATA, "isn't well-formed XML");
  }

  @Test
  void a_document_cut_at_any_byte_is_a_typed_failure() {
    byte[] whole = BOOKS.strip().getBytes(StandardCharsets.UTF_8);
    for (int length = 1; length < whole.length; length++) {
      BytesContent cut = BytesContent.of(Arrays.copyOf(whole, length));
      assertThatThrownBy(() -> reader().read(cut, ReadLimits.DEFAULT, operation()))
          .as("%d bytes", length)
          .isInstanceOfSatisfying(
              ConnectionException.class,
              e -> assertThat(e.failure().code()).isEqualTo(StandardErrorCode.MALFORMED_DATA));
    }
  }

  @Test
  void an_empty_file_has_no_columns_and_says_so() throws IOException {
    InferredSchema schema = read("");

    assertThat(schema.columns()).isEmpty();
    assertThat(schema.warnings()).anyMatch(warning -> warning.message().contains("empty"));
  }

  @Test
  void the_declared_encoding_is_used() throws IOException {
    String text = "<?xml version=\"1.0\" encoding=\"ISO-8859-1\"?><r><é>1</é><é>2</é></r>";
    InferredSchema schema =
        reader()
            .read(
                BytesContent.of(text.getBytes(StandardCharsets.ISO_8859_1)),
                ReadLimits.DEFAULT,
                operation());

    assertThat(schema.inference().charset()).contains("ISO-8859-1");
    assertThat(schema.properties()).containsEntry("row_tag", "é");
  }

  @Test
  void an_encoding_without_a_declaration_is_told_by_its_bytes() throws IOException {
    for (Charset charset :
        List.of(StandardCharsets.UTF_8, StandardCharsets.UTF_16LE, StandardCharsets.UTF_16BE)) {
      for (String mark : List.of("", "\uFEFF")) {
        byte[] bytes = (mark + "<r><é>ü</é><é>\uD83D\uDE00</é></r>").getBytes(charset);
        InferredSchema schema =
            reader().read(BytesContent.of(bytes), ReadLimits.DEFAULT, operation());

        assertThat(schema.inference().charset()).contains(charset.name());
        assertThat(schema.properties()).containsEntry("row_tag", "é");
      }
    }
  }

  static Stream<byte[]> documentsWithBytesOfNoEncoding() {
    Charset latin = StandardCharsets.ISO_8859_1;
    byte[] halfOfAPair = "\uFEFF<r><row>?</row></r>".getBytes(StandardCharsets.UTF_16BE);
    halfOfAPair[halfOfAPair.length - 2 * "?</row></r>".length()] = (byte) 0xD8;
    return Stream.of(
        "<r><row>1</row><row>é</row></r>".getBytes(latin),
        ("<r>" + "<row>1</row>".repeat(3_000) + "<row>é</row></r>").getBytes(latin),
        "<r><é/><é/></r>".getBytes(latin),
        "<?xml version='1.0' encoding = 'utf-8'?><r><row a='é'/></r>".getBytes(latin),
        "<?xml version='1.0' encoding='US-ASCII'?><r><row>é</row></r>".getBytes(latin),
        halfOfAPair);
  }

  @ParameterizedTest
  @MethodSource("documentsWithBytesOfNoEncoding")
  void bytes_that_are_not_of_the_encoding_are_a_typed_failure_and_nothing_is_printed(byte[] bytes) {
    PrintStream before = System.err;
    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    System.setErr(new PrintStream(printed, true, StandardCharsets.UTF_8));
    try {
      assertThatThrownBy(
              () -> reader().read(BytesContent.of(bytes), ReadLimits.DEFAULT, operation()))
          .isInstanceOfSatisfying(
              ConnectionException.class,
              e -> assertThat(e.failure().code()).isEqualTo(StandardErrorCode.MALFORMED_DATA));
    } finally {
      System.setErr(before);
    }
    // Another thread of the process might print too, so this looks for the parser's words alone.
    assertThat(printed.toString(StandardCharsets.UTF_8)).doesNotContain("Error", "UTF-8", "byte");
  }

  @Test
  void of_a_large_file_the_first_rows_are_read_and_that_is_told() throws IOException {
    String row = "<row><id>1</id><text>" + "x".repeat(1_000) + "</text></row>";
    int rows = ReadLimits.DEFAULT.wholeValueBytes() / row.length() * 3;

    InferredSchema schema = read("<r>" + row.repeat(rows) + "</r>");

    assertThat(schema.inference().complete()).isFalse();
    assertThat(schema.rows().orElseThrow().exact()).isFalse();
    assertThat(schema.rows().orElseThrow().rows()).isBetween(rows * 9L / 10, rows * 11L / 10);
    assertThat(schema.warnings()).anyMatch(warning -> warning.message().contains("Only the first"));
  }

  @Test
  void too_many_different_elements_are_refused() {
    StringBuilder text = new StringBuilder("<r>");
    for (int i = 0; i <= ReadLimits.DEFAULT.mostColumns(); i++) {
      text.append("<e").append(i).append("/>");
    }

    assertFails(text.append("</r>").toString(), StandardErrorCode.TOO_LARGE, "different elements");
  }

  @Test
  void namespaces_are_kept_as_they_are_written_and_their_declarations_are_no_columns()
      throws IOException {
    InferredSchema schema =
        read("<c xmlns:abc='u'><b abc:id='1'><abc:a>x</abc:a></b><b abc:id='2'/></c>");

    assertThat(schema.columns()).extracting(Column::name).containsExactly("_abc:id", "abc:a");
  }

  private static Column column(InferredSchema schema, String name) {
    return schema.columns().stream().filter(c -> c.name().equals(name)).findFirst().orElseThrow();
  }

  private static void assertFails(String text, ErrorCode code, String part) {
    assertThatThrownBy(() -> read(text))
        .isInstanceOfSatisfying(
            ConnectionException.class,
            e -> {
              assertThat(e.failure().code()).isEqualTo(code);
              assertThat(e.failure().message()).contains(part);
            });
  }

  private static BytesContent content(String text) {
    return BytesContent.of(text);
  }

  private static TestOperation operation() {
    return TestOperation.start();
  }

  private static XmlSchemaReader reader() {
    return new XmlSchemaReader(Optional.empty());
  }

  private static XmlSchemaReader reader(String rowTag) {
    return new XmlSchemaReader(Optional.of(rowTag));
  }

  private static InferredSchema read(String text) throws IOException {
    return reader().read(content(text), ReadLimits.DEFAULT, operation());
  }
}
