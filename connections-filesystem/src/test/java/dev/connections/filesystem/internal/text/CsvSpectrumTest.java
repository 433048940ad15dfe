package dev.connections.filesystem.internal.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.connections.api.Column;
import dev.connections.filesystem.TextDialect;
import dev.connections.filesystem.internal.BytesContent;
import dev.connections.filesystem.internal.InferredSchema;
import dev.connections.filesystem.internal.ReadLimits;
import dev.connections.testkit.TestOperation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The public collection of small files that readers of CSV disagree on. */
@Tag("corpus")
class CsvSpectrumTest {
  private static final Path FOLDER = Path.of("../../shared/fixtures/filesystem/csv-spectrum");

  @Test
  void every_dialect_and_every_row_is_right() throws IOException {
    assumeTrue(Files.isDirectory(FOLDER), "The corpus csv-spectrum isn't there.");
    List<Path> files;
    try (Stream<Path> list = Files.list(FOLDER.resolve("csvs"))) {
      files = list.sorted().toList();
    }
    assertThat(files).hasSize(12);
    for (Path file : files) {
      byte[] bytes = Files.readAllBytes(file);
      InferredSchema found =
          CsvSchemaReader.csv()
              .read(BytesContent.of(bytes), ReadLimits.DEFAULT, TestOperation.start());
      TextDialect dialect = found.inference().dialect().orElseThrow();
      assertThat(dialect.delimiter()).as(file.toString()).isEqualTo(',');
      assertThat(dialect.quote()).as(file.toString()).contains('"');
      assertThat(dialect.header()).as(file.toString()).isTrue();
      List<String> names = found.columns().stream().map(Column::name).toList();
      String json = file.getFileName().toString().replace(".csv", ".json");
      List<Map<String, String>> expected = rows(FOLDER.resolve("json").resolve(json));
      List<Map<String, String>> rows = cut(bytes, names);
      if (json.equals("location_coordinates.json")) {
        // The collection itself has two different telephone numbers here.
        rows.get(0).remove("Contact Phone Number");
        expected.get(0).remove("Contact Phone Number");
      }
      assertThat(rows).as(file.toString()).isEqualTo(expected);
      assertThat(found.rows().orElseThrow().rows()).isEqualTo(expected.size());
    }
  }

  private static List<Map<String, String>> cut(byte[] bytes, List<String> names) {
    TextEncoding encoding = TextEncoding.of(bytes, bytes.length, true).orElseThrow();
    TextPart part = TextPart.of(bytes, encoding.markLength(), bytes.length, encoding, true);
    Splitter.Rules rules = new Splitter.Rules(',', '"', '"', Splitter.NONE);
    Splitter records = new Splitter(part, part.from(), rules);
    records.next();
    List<Map<String, String>> rows = new ArrayList<>();
    while (records.next()) {
      Map<String, String> row = new LinkedHashMap<>();
      for (int c = 0; c < records.width(); c++) {
        String text = part.text(records.start(c), records.end(c));
        row.put(names.get(c), records.quoted(c) ? CsvTable.unescaped(text, rules) : text);
      }
      rows.add(row);
    }
    return rows;
  }

  private static List<Map<String, String>> rows(Path file) throws IOException {
    List<Map<String, String>> rows = new ArrayList<>();
    try (JsonParser parser = new JsonFactory().createParser(Files.readAllBytes(file))) {
      Map<String, String> row = new LinkedHashMap<>();
      for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
        if (token.isScalarValue()) {
          // The collection keeps its CSV files with Unix line ends, also the one named after CRLF.
          row.put(parser.currentName(), parser.getText().replace("\r\n", "\n"));
        } else if (token == JsonToken.END_OBJECT) {
          rows.add(row);
          row = new LinkedHashMap<>();
        }
      }
    }
    return rows;
  }
}
