package dev.connections.filesystem.internal.adapter;

import static org.assertj.core.api.Assertions.assertThat;

import dev.connections.api.Category;
import dev.connections.api.ConnectionException;
import dev.connections.api.Parallel;
import dev.connections.api.RowCount;
import dev.connections.filesystem.internal.FileContent;
import dev.connections.filesystem.internal.InferredSchema;
import dev.connections.filesystem.internal.ReadLimits;
import dev.connections.filesystem.internal.SchemaReader;
import dev.connections.filesystem.internal.avro.AvroFiles;
import dev.connections.filesystem.internal.avro.AvroSchemaReader;
import dev.connections.filesystem.internal.excel.ExcelFiles;
import dev.connections.filesystem.internal.excel.ExcelSchemaReader;
import dev.connections.filesystem.internal.json.JsonSchemaReader;
import dev.connections.filesystem.internal.json.NdjsonSchemaReader;
import dev.connections.filesystem.internal.orc.OrcFiles;
import dev.connections.filesystem.internal.orc.OrcSchemaReader;
import dev.connections.filesystem.internal.parquet.ParquetFiles;
import dev.connections.filesystem.internal.parquet.ParquetSchemaReader;
import dev.connections.filesystem.internal.text.CsvSchemaReader;
import dev.connections.filesystem.internal.xml.XmlSchemaReader;
import dev.connections.testkit.TestAdapterContext;
import dev.connections.testkit.TestOperation;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.parquet.format.Type;
import org.junit.jupiter.api.Test;

/** Files that are written to, or cut, between their opening and the end of their reading. */
class ChangingFilesTest {
  private static final Parallel PARALLEL = TestAdapterContext.create().parallel();
  private static final String CSV_ROWS = "1,some text,2024-01-31\n".repeat(300_000);
  private static final String JSON_ROWS = "{\"id\":1,\"name\":\"some text\"}\n".repeat(300_000);

  /** A file that says how long it was when it was opened. */
  private record Changing(byte[] now, long size) implements FileContent {
    @Override
    public String path() {
      return "a";
    }

    @Override
    public boolean seekable() {
      return true;
    }

    @Override
    public String compression() {
      return "none";
    }

    @Override
    public InputStream head() {
      return new ByteArrayInputStream(now);
    }

    @Override
    public int read(long position, ByteBuffer target) {
      if (position >= now.length) {
        return -1;
      }
      int length = (int) Math.min(target.remaining(), now.length - position);
      target.put(now, (int) position, length);
      return length;
    }
  }

  @Test
  void a_file_that_grows_or_shrinks_gives_a_schema_or_a_typed_failure() throws IOException {
    Map<SchemaReader, byte[]> files = new LinkedHashMap<>();
    byte[] csv = ("id,name,day\n" + CSV_ROWS).getBytes(StandardCharsets.UTF_8);
    byte[] json = JSON_ROWS.getBytes(StandardCharsets.UTF_8);
    files.put(CsvSchemaReader.csv(), csv);
    files.put(CsvSchemaReader.csv().full(PARALLEL), csv);
    files.put(new NdjsonSchemaReader(), json);
    files.put(new NdjsonSchemaReader(PARALLEL), json);
    files.put(
        new JsonSchemaReader(),
        ("[" + "{\"a\":1},".repeat(1000) + "{}]").getBytes(StandardCharsets.UTF_8));
    files.put(
        new XmlSchemaReader(Optional.empty()),
        ("<r>" + "<a>1</a>".repeat(1000) + "</r>").getBytes(StandardCharsets.UTF_8));
    files.put(new ParquetSchemaReader(), ParquetFiles.ofColumns(10, Type.INT32, "page", "count"));
    files.put(new AvroSchemaReader(), AvroFiles.of("\"long\""));
    files.put(new OrcSchemaReader(), OrcFiles.ofColumns(3, "id", "name"));
    files.put(new ExcelSchemaReader(Optional.empty()), ExcelFiles.simple());
    for (Map.Entry<SchemaReader, byte[]> file : files.entrySet()) {
      int length = file.getValue().length;
      for (double share : new double[] {0, 0.1, 0.5, 0.9, 0.999, 1}) {
        read(file.getKey(), new Changing(file.getValue(), Math.round(length * share)));
        byte[] cut = Arrays.copyOf(file.getValue(), (int) Math.round(length * share));
        read(file.getKey(), new Changing(cut, length));
      }
    }
  }

  @Test
  void a_full_scan_counts_what_was_there_when_the_file_was_opened_or_more() throws IOException {
    byte[] csv = ("id,name,day\n" + CSV_ROWS).getBytes(StandardCharsets.UTF_8);
    int line = "1,some text,2024-01-31\n".length();
    InferredSchema grown =
        CsvSchemaReader.csv()
            .full(PARALLEL)
            .read(
                new Changing(csv, csv.length - 1000L * line),
                ReadLimits.DEFAULT,
                TestOperation.start());

    assertThat(grown.rows().map(RowCount::rows).orElse(0L)).isBetween(299_000L, 300_000L);
  }

  private static void read(SchemaReader reader, FileContent content) throws IOException {
    try {
      assertThat(reader.read(content, ReadLimits.DEFAULT, TestOperation.start()).columns())
          .isNotNull();
    } catch (ConnectionException e) {
      assertThat(e.category()).isEqualTo(Category.DATA);
    }
  }
}
