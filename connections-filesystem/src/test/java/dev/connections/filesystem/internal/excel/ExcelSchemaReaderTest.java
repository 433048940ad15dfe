package dev.connections.filesystem.internal.excel;

import static dev.connections.filesystem.internal.excel.ExcelFiles.book;
import static dev.connections.filesystem.internal.excel.ExcelFiles.row;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.connections.api.Column;
import dev.connections.api.NoticeCode;
import dev.connections.api.RowCount;
import dev.connections.api.TypeKind;
import dev.connections.filesystem.internal.BytesContent;
import dev.connections.filesystem.internal.InferredSchema;
import dev.connections.filesystem.internal.ReadLimits;
import dev.connections.filesystem.internal.Warning;
import dev.connections.filesystem.internal.excel.ExcelFiles.Raw;
import dev.connections.testkit.TestOperation;
import java.io.IOException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.Test;

class ExcelSchemaReaderTest {
  private static final LocalDate DAY = LocalDate.of(2024, 2, 29);

  @Test
  void cells_have_the_types_that_they_are_shown_with() throws IOException {
    InferredSchema found =
        read(
            book()
                .sheet(
                    "Data",
                    row("whole", "number", "flag", "day", "time", "moment", "text", "code", "none"),
                    row(1, 2.5, true, DAY, LocalTime.NOON, DAY.atTime(8, 30), "x", "007", null),
                    row(-7, 1e20, false, DAY, LocalTime.MIN, DAY.atTime(9, 0), "y", "8", null)));

    assertThat(kinds(found))
        .containsExactly(
            TypeKind.BIGINT,
            TypeKind.DOUBLE,
            TypeKind.BOOLEAN,
            TypeKind.DATE,
            TypeKind.TIME,
            TypeKind.TIMESTAMP_NTZ,
            TypeKind.STRING,
            TypeKind.STRING,
            TypeKind.STRING);
    assertThat(names(found)).startsWith("whole", "number", "flag").endsWith("code", "none");
    assertThat(found.rows()).contains(RowCount.exactly(2));
    assertThat(found.inference().complete()).isTrue();
    assertThat(found.properties())
        .containsEntry("sheet", "Data")
        .containsEntry("date_system", "1900");
    assertThat(found.warnings()).isEmpty();
  }

  @Test
  void days_may_be_counted_from_1904() throws IOException {
    InferredSchema found =
        read(book().from1904().sheet("S", row("day"), row(DAY), row(LocalDate.of(1904, 1, 2))));

    assertThat(kinds(found)).containsExactly(TypeKind.DATE);
    assertThat(found.properties()).containsEntry("date_system", "1904");
  }

  @Test
  void columns_of_several_kinds_take_the_type_that_holds_all() throws IOException {
    InferredSchema found =
        read(
            book()
                .sheet(
                    "S",
                    row("a", "b", "c", "d"),
                    row(1, DAY, true, 1),
                    row(1.5, LocalDateTime.of(DAY, LocalTime.NOON), 1, "x")));

    assertThat(kinds(found))
        .containsExactly(TypeKind.DOUBLE, TypeKind.TIMESTAMP_NTZ, TypeKind.STRING, TypeKind.STRING);
  }

  @Test
  void dates_that_are_written_as_texts_of_iso_8601_are_dates() throws IOException {
    assertThat(
            kinds(
                read(
                    book()
                        .sheet(
                            "S",
                            row("a", "b"),
                            row(
                                new Raw("<c t=\"d\"><v>2024-02-29</v></c>"),
                                new Raw("<c t=\"d\"><v>2024-02-29T10:00:00</v></c>"))))))
        .containsExactly(TypeKind.DATE, TypeKind.TIMESTAMP_NTZ);
  }

  @Test
  void number_formats_are_told_by_what_they_show() {
    for (String code : List.of("yyyy-mm-dd", "d. mmmm yyyy", "mmm", "[$-407]d/m/yy;@")) {
      assertThat(NumberFormats.meaning(code)).as(code).isEqualTo(NumberFormats.Meaning.DAY);
    }
    for (String code : List.of("hh:mm", "h:mm AM/PM", "mm:ss.0")) {
      assertThat(NumberFormats.meaning(code)).as(code).isEqualTo(NumberFormats.Meaning.TIME);
    }
    for (String code : List.of("dd.mm.yy hh:mm", "m/d/yy h:mm")) {
      assertThat(NumberFormats.meaning(code)).as(code).isEqualTo(NumberFormats.Meaning.MOMENT);
    }
    for (String code :
        List.of(
            "General",
            "0.00",
            "#,##0 \"days\"",
            "0.00E+00",
            "[h]:mm",
            "[Red]0",
            "0\\d",
            "",
            "\"")) {
      assertThat(NumberFormats.meaning(code)).as(code).isEqualTo(NumberFormats.Meaning.NUMBER);
    }
  }

  @Test
  void titles_above_the_table_and_gaps_beside_it_are_left_out() throws IOException {
    InferredSchema found =
        read(
            book()
                .sheet(
                    "S",
                    row(null, "Sales of the year"),
                    row(),
                    row(null, "id", "name", "amount"),
                    row(null, 1, "Ada", 2.5),
                    row(null, 2, null, 3.5)));

    assertThat(names(found)).containsExactly("id", "name", "amount");
    assertThat(found.rows()).contains(RowCount.exactly(2));
  }

  @Test
  void names_in_two_rows_of_merged_cells_are_joined_and_that_is_told() throws IOException {
    InferredSchema found =
        read(
            book()
                .sheet(
                    "S",
                    row("Region", "Sales", null, "Costs", null),
                    row(null, "2023", "2024", "2023", "2024"),
                    row("North", 1, 2, 3, 4),
                    row("South", 5, 6, 7, 8)));

    assertThat(names(found))
        .containsExactly("Region", "Sales 2023", "Sales 2024", "Costs 2023", "Costs 2024");
    assertThat(found.rows()).contains(RowCount.exactly(2));
    assertThat(messages(found)).anyMatch(message -> message.contains("two rows"));
  }

  @Test
  void a_sheet_without_names_has_numbered_columns() throws IOException {
    InferredSchema found = read(book().sheet("S", row(1, "a"), row(2, "b"), row(3, "c")));

    assertThat(names(found)).containsExactly("column1", "column2");
    assertThat(found.rows()).contains(RowCount.exactly(3));
  }

  @Test
  void names_of_every_alphabet_are_kept() throws IOException {
    String[] names = {"größe", "имя", "名前", "اسم", "שם", "नाम", "😀", "a & b <c>"};
    InferredSchema found =
        read(book().sheet("S", row((Object[]) names), row(1, 2, 3, 4, 5, 6, 7, 8)));

    assertThat(names(found)).containsExactly(names);
  }

  @Test
  void a_formula_is_its_stored_result_and_one_without_is_told() throws IOException {
    InferredSchema found =
        read(
            book()
                .sheet(
                    "S",
                    row("a", "b", "c", "d"),
                    row(
                        new Raw("<c><f>1+1</f><v>2</v></c>"),
                        new Raw("<c t=\"str\"><f>\"x\"</f><v>x</v></c>"),
                        new Raw("<c><f>1+1</f></c>"),
                        new Raw("<c t=\"e\"><f>1/0</f><v>#DIV/0!</v></c>"))));

    assertThat(kinds(found))
        .containsExactly(TypeKind.BIGINT, TypeKind.STRING, TypeKind.STRING, TypeKind.STRING);
    assertThat(messages(found))
        .anyMatch(message -> message.startsWith("1 formulas seen have no stored result"))
        .anyMatch(message -> message.startsWith("1 cells seen hold an error"));
  }

  @Test
  void texts_in_their_cells_prefixes_and_cells_without_a_place_are_read() throws IOException {
    String xml =
        "<x:sheetData xmlns:x=\"urn:x\"><x:row><x:c t=\"inlineStr\"><x:is><x:r><x:t>na</x:t></x:r>"
            + "<x:rPh><x:t>spoken</x:t></x:rPh><x:r><x:t>me</x:t></x:r></x:is></x:c></x:row>"
            + "<x:row><x:c><x:v>1</x:v></x:c></x:row></x:sheetData>";

    InferredSchema found = read(book().sheetOf("S", "", xml));

    assertThat(names(found)).containsExactly("name");
    assertThat(kinds(found)).containsExactly(TypeKind.BIGINT);
  }

  @Test
  void a_sheet_is_chosen_by_its_name() throws IOException {
    byte[] book = book().sheet("One", row("a"), row(1)).sheet("Two", row("b"), row(2)).build();

    assertThat(names(read(book, Optional.of("Two"), ReadLimits.DEFAULT))).containsExactly("b");
    InferredSchema first = read(book, Optional.empty(), ReadLimits.DEFAULT);
    assertThat(names(first)).containsExactly("a");
    assertThat(messages(first)).anyMatch(message -> message.contains("first of the workbook's 2"));
  }

  @Test
  void an_empty_sheet_has_no_columns_and_says_so() throws IOException {
    InferredSchema found = read(book().sheet("S"));

    assertThat(found.columns()).isEmpty();
    assertThat(found.rows()).contains(RowCount.exactly(0));
    assertThat(messages(found)).containsExactly("The sheet is empty, so it has no columns.");
  }

  @Test
  void of_a_million_rows_a_part_is_read_or_all_with_an_exact_count() throws IOException {
    String rows = "<row><c><v>1</v></c><c t=\"s\"><v>1</v></c></row>".repeat(1_000_000);
    byte[] book =
        book()
            .sheetOf(
                "S",
                "",
                "<dimension ref=\"A1:B1000002\"/><sheetData><row><c"
                    + " t=\"inlineStr\"><is><t>id</t></is></c><c"
                    + " t=\"inlineStr\"><is><t>name</t></is></c></row>"
                    + rows
                    + "<row><c><v>1.5</v></c></row></sheetData>")
            .build();

    InferredSchema part = read(book, Optional.empty(), ReadLimits.DEFAULT);
    assertThat(part.rows()).contains(RowCount.about(1_000_001));
    assertThat(part.inference().sampledRows()).isBetween(50_000L, 200_000L);
    assertThat(part.warnings()).anyMatch(warning -> warning.code() == NoticeCode.TRUNCATED);

    InferredSchema all = read(book, Optional.empty(), ReadLimits.DEFAULT.forWholeFiles());
    assertThat(all.rows()).contains(RowCount.exactly(1_000_001));
    assertThat(kinds(all)).containsExactly(TypeKind.DOUBLE, TypeKind.STRING);
    assertThat(all.warnings()).isEmpty();
  }

  @Test
  void cancelling_ends_the_reading_of_a_sheet() throws IOException {
    byte[] book = book().sheet("S", row("a"), row(1)).build();
    TestOperation operation = TestOperation.start();
    operation.cancel();

    assertThatThrownBy(
            () ->
                new ExcelSchemaReader(Optional.empty())
                    .read(BytesContent.of(book), ReadLimits.DEFAULT, operation))
        .isNotInstanceOf(CancellationException.class)
        .hasMessageContaining("CANCELLED");
  }

  private static List<String> messages(InferredSchema found) {
    return found.warnings().stream().map(Warning::message).toList();
  }

  private static List<TypeKind> kinds(InferredSchema found) {
    return found.columns().stream().map(column -> column.type().kind()).toList();
  }

  private static List<String> names(InferredSchema found) {
    return found.columns().stream().map(Column::name).toList();
  }

  private static InferredSchema read(ExcelFiles book) throws IOException {
    return read(book.build(), Optional.empty(), ReadLimits.DEFAULT);
  }

  private static InferredSchema read(byte[] book, Optional<String> sheet, ReadLimits limits)
      throws IOException {
    return new ExcelSchemaReader(sheet).read(BytesContent.of(book), limits, TestOperation.start());
  }
}
