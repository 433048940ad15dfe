package dev.connections.filesystem.internal.excel;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Writes workbooks with what the JDK has. */
public final class ExcelFiles {
  private static final LocalDate DAY_ZERO = LocalDate.of(1899, 12, 30);

  private final Map<String, byte[]> parts = new LinkedHashMap<>();
  private final List<String> sheets = new ArrayList<>();
  private final List<String> texts = new ArrayList<>();
  private String workbookSettings = "";

  private ExcelFiles() {}

  /** A cell as it stands in the file. */
  public record Raw(String xml) {}

  public static ExcelFiles book() {
    return new ExcelFiles();
  }

  /** A sheet of one row with names and one with values. */
  public static byte[] simple() throws IOException {
    return book().sheet("People", row("id", "name"), row(1, "Ada")).build();
  }

  public static Object[] row(Object... cells) {
    return cells;
  }

  ExcelFiles from1904() {
    workbookSettings = "<workbookPr date1904=\"1\"/>";
    return this;
  }

  public ExcelFiles sheet(String name, Object[]... rows) {
    return sheet(name, "", rows);
  }

  public ExcelFiles hidden(String name, Object[]... rows) {
    return sheet(name, " state=\"hidden\"", rows);
  }

  private ExcelFiles sheet(String name, String attributes, Object[]... rows) {
    StringBuilder xml = new StringBuilder();
    for (int r = 0; r < rows.length; r++) {
      xml.append("<row r=\"").append(r + 1).append("\">");
      for (int c = 0; c < rows[r].length; c++) {
        xml.append(cell(rows[r][c], place(c) + (r + 1)));
      }
      xml.append("</row>");
    }
    return sheetOf(name, attributes, "<sheetData>" + xml + "</sheetData>");
  }

  /** A sheet whose content is given as it stands in the file. */
  ExcelFiles sheetOf(String name, String attributes, String content) {
    int number = sheets.size() + 1;
    sheets.add(
        "<sheet name=\""
            + escaped(name)
            + "\" sheetId=\""
            + number
            + "\" r:id=\"r"
            + number
            + "\""
            + attributes
            + "/>");
    part(
        "xl/worksheets/sheet" + number + ".xml",
        "<worksheet xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\">"
            + content
            + "</worksheet>");
    return this;
  }

  ExcelFiles part(String name, String xml) {
    parts.put(name, xml.getBytes(StandardCharsets.UTF_8));
    return this;
  }

  ExcelFiles part(String name, byte[] bytes) {
    parts.put(name, bytes);
    return this;
  }

  private static String place(int column) {
    String place = "";
    for (int c = column + 1; c > 0; c = (c - 1) / 26) {
      place = (char) ('A' + (c - 1) % 26) + place;
    }
    return place;
  }

  private String cell(Object value, String place) {
    if (value == null) {
      return "";
    }
    if (value instanceof Raw raw) {
      return raw.xml;
    }
    String begin = "<c r=\"" + place + "\"";
    if (value instanceof String text) {
      int number = texts.indexOf(text);
      if (number < 0) {
        number = texts.size();
        texts.add(text);
      }
      return begin + " t=\"s\"><v>" + number + "</v></c>";
    }
    if (value instanceof Boolean flag) {
      return begin + " t=\"b\"><v>" + (flag ? 1 : 0) + "</v></c>";
    }
    if (value instanceof LocalDate day) {
      return begin + " s=\"1\"><v>" + ChronoUnit.DAYS.between(DAY_ZERO, day) + "</v></c>";
    }
    if (value instanceof LocalTime time) {
      return begin + " s=\"2\"><v>" + time.toSecondOfDay() / 86_400.0 + "</v></c>";
    }
    if (value instanceof LocalDateTime moment) {
      double serial =
          ChronoUnit.DAYS.between(DAY_ZERO, moment.toLocalDate())
              + moment.toLocalTime().toSecondOfDay() / 86_400.0;
      return begin + " s=\"3\"><v>" + serial + "</v></c>";
    }
    return begin + "><v>" + value + "</v></c>";
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace("\"", "&quot;");
  }

  public byte[] build() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      zip.setLevel(6);
      for (Map.Entry<String, byte[]> part : allParts().entrySet()) {
        zip.putNextEntry(new ZipEntry(part.getKey()));
        zip.write(part.getValue());
        zip.closeEntry();
      }
    }
    return bytes.toByteArray();
  }

  private Map<String, byte[]> allParts() {
    Map<String, byte[]> all = new LinkedHashMap<>();
    String types = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    String begin =
        "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">";
    all.put(
        "_rels/.rels",
        (begin
                + "<Relationship Id=\"r1\" Type=\""
                + types
                + "/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>")
            .getBytes(StandardCharsets.UTF_8));
    StringBuilder relations = new StringBuilder(begin);
    for (int s = 1; s <= sheets.size(); s++) {
      relations.append(relation("r" + s, types + "/worksheet", "worksheets/sheet" + s + ".xml"));
    }
    relations.append(relation("s", types + "/styles", "/xl/styles.xml"));
    relations.append(relation("t", types + "/sharedStrings", "../xl/sharedStrings.xml"));
    all.put(
        "xl/_rels/workbook.xml.rels",
        relations.append("</Relationships>").toString().getBytes(StandardCharsets.UTF_8));
    all.put(
        "xl/workbook.xml",
        ("<workbook xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\" xmlns:r=\""
                + types
                + "\">"
                + workbookSettings
                + "<sheets>"
                + String.join("", sheets)
                + "</sheets></workbook>")
            .getBytes(StandardCharsets.UTF_8));
    all.put(
        "xl/styles.xml",
"""
<styleSheet><numFmts><numFmt numFmtId="170" formatCode="dd\\.mm\\.yyyy\\ hh:mm"/></numFmts>
<cellStyleXfs><xf numFmtId="14"/></cellStyleXfs>
<cellXfs><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="21"/><xf numFmtId="170"/></cellXfs>
</styleSheet>
"""
            .getBytes(StandardCharsets.UTF_8));
    StringBuilder shared = new StringBuilder("<sst>");
    texts.forEach(t -> shared.append("<si><t>").append(escaped(t)).append("</t></si>"));
    all.put(
        "xl/sharedStrings.xml",
        shared.append("</sst>").toString().getBytes(StandardCharsets.UTF_8));
    all.putAll(parts);
    return all;
  }

  private static String relation(String id, String type, String target) {
    return "<Relationship Id=\"" + id + "\" Type=\"" + type + "\" Target=\"" + target + "\"/>";
  }
}
