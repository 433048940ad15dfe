package dev.connections.filesystem.internal.text;

import static org.assertj.core.api.Assertions.assertThat;

import dev.connections.api.Column;
import dev.connections.filesystem.TextDialect;
import dev.connections.filesystem.internal.BytesContent;
import dev.connections.filesystem.internal.InferredSchema;
import dev.connections.filesystem.internal.ReadLimits;
import dev.connections.testkit.TestOperation;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Every dialect with every defect, from a fixed seed. */
class DialectMatrixTest {

  @Test
  void every_dialect_is_found_whatever_the_defect() throws IOException {
    Random random = new Random(42);
    List<String> wrong = new ArrayList<>();
    List<GeneratedCsv> files = GeneratedCsv.all();
    for (GeneratedCsv file : files) {
      InferredSchema found = read(file.bytes(random, 40));
      TextDialect dialect = found.inference().dialect().orElseThrow();
      List<String> names = found.columns().stream().map(Column::name).toList();
      if (dialect.delimiter() != file.delimiter()
          || dialect.header() != file.header()
          || !names.equals(file.expected())
          || (file.quoting() != GeneratedCsv.Quoting.NONE
              && dialect.quote().orElse('\0') != file.quoting().quote)) {
        wrong.add(file + " as " + dialect + " with " + names);
      }
    }
    assertThat(files).hasSizeGreaterThan(2_400);
    assertThat(wrong).isEmpty();
  }

  @Test
  void the_types_are_found_in_every_dialect() throws IOException {
    Random random = new Random(43);
    for (GeneratedCsv file : GeneratedCsv.all()) {
      List<String> types =
          read(file.bytes(random, 40)).columns().stream()
              .map(column -> column.type().nativeType())
              .toList();
      assertThat(types)
          .as(file.toString())
          .containsExactly(
              // A footnote stands in the first column, and is told.
              file.defect() == GeneratedCsv.Defect.FOOTNOTE ? "text" : "integer",
              "text",
              "decimal(5,2)",
              "date yyyy-MM-dd",
              "text");
    }
  }

  private static InferredSchema read(byte[] bytes) throws IOException {
    return CsvSchemaReader.csv()
        .read(BytesContent.of(bytes), ReadLimits.DEFAULT, TestOperation.start());
  }
}
