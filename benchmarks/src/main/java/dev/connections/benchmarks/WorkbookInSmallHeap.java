package dev.connections.benchmarks;

import dev.connections.api.ConnectionAdapter;
import dev.connections.api.RowCount;
import dev.connections.api.SchemaName;
import dev.connections.api.TableMetadata;
import dev.connections.testkit.TestOperation;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamReader;

/**
 * A workbook of a million rows and as many texts, read to its end in a process with a heap of 64
 * MB; beside the JDK's parser that only passes over the sheet's XML.
 */
final class WorkbookInSmallHeap implements Case {
  private static final int ROWS = 1_000_000;
  private static final double GOAL = 3;

  @Override
  public String name() {
    return "workbook";
  }

  @Override
  public List<Row> measure() throws Exception {
    Path directory = Files.createTempDirectory("connections-benchmark");
    Path file = directory.resolve("large.xlsx");
    try {
      write(file);
      double ours = inSmallHeap(file);
      long bare = Timing.best(() -> pass(file), 1, 3);
      double ratio = ours / bare;
      return List.of(
          new Row(
              "workbook of 1,000,000 rows × 5: schema from all of it, heap of 64 MB",
              Timing.milliseconds(Math.round(ours)),
              "bare parser " + Timing.milliseconds(bare),
              Timing.times(ratio) + " the time",
              "≤ 3 ×",
              ratio <= GOAL));
    } finally {
      Files.deleteIfExists(file);
      Files.deleteIfExists(directory);
    }
  }

  private static void write(Path file) throws IOException {
    String types = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    String begin =
        "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">";
    try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
      zip.setLevel(1);
      part(zip, "_rels/.rels", begin + relation("a", types + "/officeDocument", "xl/workbook.xml"));
      part(
          zip,
          "xl/_rels/workbook.xml.rels",
          begin
              + relation("a", types + "/worksheet", "sheet.xml")
              + relation("b", types + "/sharedStrings", "texts.xml"));
      part(
          zip,
          "xl/workbook.xml",
          "<workbook xmlns:r=\"" + types + "\"><sheets><sheet name=\"S\" r:id=\"a\"/></sheets>",
          "</workbook>");
      zip.putNextEntry(new ZipEntry("xl/sheet.xml"));
      text(zip, "<worksheet><sheetData>");
      for (int row = 0; row <= ROWS; row++) {
        text(zip, row == 0 ? names() : row(row));
      }
      text(zip, "</sheetData></worksheet>");
      zip.putNextEntry(new ZipEntry("xl/texts.xml"));
      text(zip, "<sst>");
      for (int i = 0; i < ROWS + 5; i++) {
        text(zip, "<si><t>" + (i < 5 ? "name" + i : "a text of its own " + i) + "</t></si>");
      }
      text(zip, "</sst>");
    }
  }

  private static String relation(String id, String type, String target) {
    return "<Relationship Id=\"" + id + "\" Type=\"" + type + "\" Target=\"" + target + "\"/>";
  }

  private static String names() {
    StringBuilder row = new StringBuilder("<row r=\"1\">");
    for (int c = 0; c < 5; c++) {
      row.append("<c t=\"s\"><v>").append(c).append("</v></c>");
    }
    return row.append("</row>").toString();
  }

  private static String row(int row) {
    return "<row r=\"%1$d\"><c r=\"A%1$d\"><v>%1$d</v></c><c r=\"B%1$d\" t=\"s\"><v>%2$d</v></c><c r=\"C%1$d\"><v>%1$d.5</v></c><c r=\"D%1$d\" t=\"b\"><v>1</v></c><c r=\"E%1$d\" t=\"s\"><v>%2$d</v></c></row>"
        .formatted(row + 1, row + 4);
  }

  private static void part(ZipOutputStream zip, String name, String... xml) throws IOException {
    zip.putNextEntry(new ZipEntry(name));
    text(zip, String.join("", xml) + (xml.length > 1 ? "" : "</Relationships>"));
  }

  private static void text(OutputStream out, String text) throws IOException {
    out.write(text.getBytes(StandardCharsets.UTF_8));
  }

  private static void pass(Path file) throws Exception {
    try (ZipFile zip = new ZipFile(file.toFile());
        InputStream sheet = zip.getInputStream(zip.getEntry("xl/sheet.xml"))) {
      XMLStreamReader reader = XMLInputFactory.newDefaultFactory().createXMLStreamReader(sheet);
      int rows = 0;
      while (reader.hasNext()) {
        rows +=
            reader.next() == XMLStreamReader.START_ELEMENT && reader.getLocalName().equals("row")
                ? 1
                : 0;
      }
      if (rows != ROWS + 1) {
        throw new IllegalStateException("saw " + rows + " rows");
      }
    }
  }

  private static double inSmallHeap(Path file) throws Exception {
    return Double.parseDouble(SmallHeap.run(64, Scan.class, file.toString()));
  }

  /** The process with the small heap: prints the best time of three scans in nanoseconds. */
  static final class Scan {
    private Scan() {}

    public static void main(String[] arguments) throws Exception {
      Path file = Path.of(arguments[0]);
      try (ConnectionAdapter adapter =
          FilesAdapters.open(
              FilesAdapters.values(file.resolveSibling(""))
                  .with("supported_formats", List.of("xlsx"))
                  .with("options.scan", "full"))) {
        System.out.println(Timing.best(() -> requireAll(adapter, file), 1, 3));
      }
    }

    private static void requireAll(ConnectionAdapter adapter, Path file) {
      TableMetadata table =
          adapter.getTableMetadata(
              SchemaName.of(".").table(file.getFileName() + "#S"),
              TestOperation.within(Duration.ofMinutes(10)));
      if (table.columns().size() != 5
          || !table.rowCount().equals(java.util.Optional.of(RowCount.exactly(ROWS)))) {
        throw new IllegalStateException("not all rows were read");
      }
    }
  }
}
