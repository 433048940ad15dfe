package dev.connections.filesystem.internal.excel;

import static dev.connections.filesystem.internal.excel.ExcelFiles.book;
import static dev.connections.filesystem.internal.excel.ExcelFiles.row;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.connections.api.ConnectionException;
import dev.connections.api.StandardErrorCode;
import dev.connections.filesystem.internal.BytesContent;
import dev.connections.filesystem.internal.InferredSchema;
import dev.connections.filesystem.internal.ReadLimits;
import dev.connections.testkit.TestOperation;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.Optional;
import java.util.Random;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;

/** Workbooks that want to crash, hang or exhaust their reader. */
class HostileWorkbookTest {
  private static final String NAMES = "<row><c t=\"s\"><v>0</v></c><c t=\"s\"><v>1</v></c></row>";

  @Test
  void a_part_that_unfolds_to_a_thousand_times_its_size_is_refused() throws IOException {
    byte[] blanks = new byte[40 * 1024 * 1024];
    Arrays.fill(blanks, (byte) ' ');
    for (String part :
        new String[] {
          "xl/worksheets/sheet1.xml", "xl/sharedStrings.xml", "xl/styles.xml", "xl/workbook.xml"
        }) {
      byte[] bomb = book().sheet("S", row("a", "b"), row(1, 2)).part(part, blanks).build();
      assertThat(bomb.length).isLessThan(1024 * 1024);
      assertFails(bomb, ReadLimits.DEFAULT, StandardErrorCode.TOO_LARGE, "16 MB");
      assertFails(bomb, ReadLimits.DEFAULT.forWholeFiles(), StandardErrorCode.TOO_LARGE, "16 MB");
    }
  }

  @Test
  void rows_and_texts_that_unfold_for_ever_are_refused() throws IOException {
    byte[] rows = sheet("<row/>".repeat(4_000_000));
    assertFails(rows, ReadLimits.DEFAULT.forWholeFiles(), StandardErrorCode.TOO_LARGE, "500 times");
    byte[] texts =
        book()
            .sheetOf("S", "", "<sheetData><row><c t=\"s\"><v>20000000</v></c></row></sheetData>")
            .part("xl/sharedStrings.xml", "<sst>" + "<si/>".repeat(5_000_000))
            .build();
    assertFails(texts, ReadLimits.DEFAULT, StandardErrorCode.TOO_LARGE, "500 times");
  }

  @Test
  void a_row_that_never_ends_is_refused() throws IOException {
    String cells = "<c><v>12345678901234567890</v></c>".repeat(17_000);
    assertFails(
        sheet("<row>" + cells + "</row>"),
        ReadLimits.DEFAULT,
        StandardErrorCode.MALFORMED_DATA,
        "a cell outside");
    Random random = new Random(7);
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < 17 * 1024 * 1024; i++) {
      text.append((char) ('a' + random.nextInt(26)));
    }
    assertFails(
        sheet("<row><c t=\"str\"><v>" + text + "</v></c></row>"),
        ReadLimits.DEFAULT,
        StandardErrorCode.TOO_LARGE,
        "longer than 16 MB");
  }

  @Test
  void places_and_numbers_beyond_a_sheet_take_no_memory() throws IOException {
    for (String place : new String[] {"XFE1", "ZZZZZZZ1", "ZZZZZZZZZZZZZZZZZZZZ9", "1", "é1"}) {
      assertFails(
          sheet("<row><c r=\"" + place + "\"><v>1</v></c></row>"),
          ReadLimits.DEFAULT,
          StandardErrorCode.MALFORMED_DATA,
          "a cell outside");
    }
    String odd =
        "<row r=\"99999999999999999999\"><c t=\"s\"><v>2147483647</v></c><c t=\"s\"><v>-1</v></c><c"
            + " s=\"999999999\"><v>1e999</v></c><c s=\"-1\"><v>NaN</v></c><c"
            + " t=\"?\"><v>x</v></c></row>";
    assertThat(read(sheet(odd + odd), ReadLimits.DEFAULT).columns()).hasSize(5);
    assertThat(
            read(
                    book()
                        .sheetOf(
                            "S",
                            "",
                            "<dimension ref=\"A1:XFD99999999999\"/><sheetData>"
                                + NAMES
                                + "</sheetData>")
                        .build(),
                    ReadLimits.DEFAULT)
                .columns())
        .hasSize(2);
  }

  @Test
  void entities_and_deep_elements_are_refused_in_every_part() throws IOException {
    String entity =
        "<!DOCTYPE x [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;\">"
            + "<!ENTITY c SYSTEM \"file:///etc/hostname\">]><x>&b;&c;</x>";
    String deep = "<a>".repeat(10_000);
    for (String part :
        new String[] {
          "_rels/.rels",
          "xl/_rels/workbook.xml.rels",
          "xl/workbook.xml",
          "xl/styles.xml",
          "xl/sharedStrings.xml",
          "xl/worksheets/sheet1.xml"
        }) {
      assertFails(
          book().sheet("S", row("a", "b"), row(1, 2)).part(part, entity).build(),
          ReadLimits.DEFAULT,
          StandardErrorCode.UNSUPPORTED,
          "declares a document type");
      assertFails(
          book().sheet("S", row("a", "b"), row(1, 2)).part(part, deep).build(),
          ReadLimits.DEFAULT,
          StandardErrorCode.TOO_LARGE,
          "more than 500 levels");
    }
  }

  @Test
  void an_encrypted_workbook_and_one_of_the_older_format_are_named() {
    byte[] older = new byte[4096];
    System.arraycopy(
        new byte[] {
          (byte) 0xD0, (byte) 0xCF, 0x11, (byte) 0xE0, (byte) 0xA1, (byte) 0xB1, 0x1A, (byte) 0xE1
        },
        0,
        older,
        0,
        8);
    assertFails(older, ReadLimits.DEFAULT, StandardErrorCode.UNSUPPORTED, "encrypted");
  }

  @Test
  void parts_that_are_encrypted_or_compressed_in_another_way_are_named() throws IOException {
    byte[] book = ExcelFiles.simple();
    byte[] encrypted = book.clone();
    byte[] otherwise = book.clone();
    for (int at = 0; at + 46 < book.length; at++) {
      if (book[at] == 'P' && book[at + 1] == 'K' && book[at + 2] == 1 && book[at + 3] == 2) {
        encrypted[at + 8] |= 1;
        otherwise[at + 10] = 14; // LZMA
      }
    }
    assertFails(encrypted, ReadLimits.DEFAULT, StandardErrorCode.UNSUPPORTED, "is encrypted");
    assertFails(
        otherwise, ReadLimits.DEFAULT, StandardErrorCode.UNSUPPORTED, "compressed in a way");
  }

  @Test
  void a_workbook_without_a_part_or_with_two_sheets_of_one_name_is_refused() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      zip.putNextEntry(new ZipEntry("readme.txt"));
      zip.closeEntry();
    }
    assertFails(
        bytes.toByteArray(), ReadLimits.DEFAULT, StandardErrorCode.MALFORMED_DATA, "is missing");
    assertFails(
        book().sheet("S", row("a")).sheet("S", row("b")).build(),
        ReadLimits.DEFAULT,
        StandardErrorCode.MALFORMED_DATA,
        "two of its sheets have one name");
    for (String name : new String[] {"", " ", "a/b", "x".repeat(300)}) {
      assertFails(
          book().sheet(name, row("a")).build(),
          ReadLimits.DEFAULT,
          StandardErrorCode.MALFORMED_DATA,
          "a sheet's name is none");
    }
  }

  @Test
  void relations_and_styles_without_end_take_no_memory() throws IOException {
    StringBuilder relations = new StringBuilder("<Relationships>");
    for (int i = 0; i < 10_001; i++) {
      relations.append("<Relationship Id=\"").append(i).append("\"/>");
    }
    assertFails(
        book().sheet("S", row("a")).part("_rels/.rels", relations + "</Relationships>").build(),
        ReadLimits.DEFAULT,
        StandardErrorCode.TOO_LARGE,
        "number of relations");
    String styles =
        "<styleSheet><cellXfs>"
            + "<xf numFmtId=\"14\"/>".repeat(200_000)
            + "</cellXfs></styleSheet>";
    assertThat(NumberFormats.of(workbook(styles)).of("99999")).isEqualTo(NumberFormats.Meaning.DAY);
    assertThat(NumberFormats.of(workbook(styles)).of("100000"))
        .isEqualTo(NumberFormats.Meaning.NUMBER);
  }

  private static Workbook workbook(String styles) throws IOException {
    byte[] bytes = book().sheet("S", row("a")).part("xl/styles.xml", styles).build();
    return Workbook.open(BytesContent.of(bytes), ReadLimits.DEFAULT, TestOperation.start());
  }

  @Test
  void a_directory_of_very_many_parts_is_read() throws IOException {
    ExcelFiles book = book().sheet("S", row("a", "b"), row(1, 2));
    for (int i = 0; i < 66_000; i++) { // more than its older form can count
      book.part("x/" + i, new byte[0]);
    }
    assertThat(read(book.build(), ReadLimits.DEFAULT).columns()).hasSize(2);
  }

  @Test
  void a_workbook_that_is_cut_off_anywhere_is_refused() throws IOException {
    byte[] book = ExcelFiles.simple();
    for (int length = 0; length < book.length; length += 7) {
      assertFails(
          Arrays.copyOf(book, length),
          ReadLimits.DEFAULT,
          StandardErrorCode.MALFORMED_DATA,
          "isn't a valid Excel file");
    }
  }

  @Test
  void changed_bytes_end_in_a_schema_or_a_typed_failure() throws IOException {
    Random random = new Random(42);
    byte[] book = ExcelFiles.simple();
    int refused = 0;
    for (int round = 0; round < 2_000; round++) {
      byte[] changed = book.clone();
      for (int i = 0; i <= random.nextInt(4); i++) {
        changed[random.nextInt(changed.length)] = (byte) random.nextInt(256);
      }
      try {
        read(changed, ReadLimits.DEFAULT);
      } catch (ConnectionException | IOException typed) {
        refused++;
      }
    }
    assertThat(refused).isGreaterThan(200);
  }

  private static byte[] sheet(String rows) throws IOException {
    return book().sheetOf("S", "", "<sheetData>" + NAMES + rows + "</sheetData>").build();
  }

  private static void assertFails(
      byte[] book, ReadLimits limits, StandardErrorCode code, String part) {
    assertThatThrownBy(() -> read(book, limits))
        .isInstanceOfSatisfying(
            ConnectionException.class,
            e -> {
              assertThat(e.failure().code()).isEqualTo(code);
              assertThat(e.failure().message()).contains(part);
            });
  }

  private static InferredSchema read(byte[] book, ReadLimits limits) throws IOException {
    return new ExcelSchemaReader(Optional.empty())
        .read(BytesContent.of(book), limits, TestOperation.start());
  }
}
