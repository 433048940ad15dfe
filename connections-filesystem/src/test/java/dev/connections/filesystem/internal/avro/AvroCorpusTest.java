package dev.connections.filesystem.internal.avro;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.connections.api.Column;
import dev.connections.filesystem.internal.BytesContent;
import dev.connections.filesystem.internal.FileContent;
import dev.connections.filesystem.internal.InferredSchema;
import dev.connections.filesystem.internal.ReadLimits;
import dev.connections.testkit.TestOperation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("corpus")
class AvroCorpusTest {
  private static final Path CORPUS = Path.of("../../shared/fixtures/filesystem/avro/data");

  @BeforeAll
  static void the_corpus_is_there() {
    assumeTrue(Files.isDirectory(CORPUS), "the file corpus isn't present: skipped");
  }

  @Test
  void every_header_gives_a_schema_whatever_its_codec() throws IOException {
    int read = 0;
    try (Stream<Path> all = Files.walk(CORPUS)) {
      for (Path file : all.filter(f -> f.toString().endsWith(".avro")).sorted().toList()) {
        assertThat(read(BytesContent.of(Files.readAllBytes(file))).columns())
            .as("%s", file)
            .isNotEmpty();
        read++;
      }
    }
    assertThat(read).isEqualTo(8);
  }

  @Test
  void a_schema_that_lies_beside_its_data_is_the_one_in_the_header() throws IOException {
    for (String directory : List.of("simple", "withUnion")) {
      Path schemas = CORPUS.resolve("schemas").resolve(directory);
      InferredSchema inFile =
          read(BytesContent.of(Files.readAllBytes(schemas.resolve("data.avro"))));
      InferredSchema beside =
          read(BytesContent.of(AvroFiles.of(Files.readString(schemas.resolve("schema.json")))));

      assertThat(inFile.columns()).as(directory).isNotEmpty().isEqualTo(beside.columns());
    }
  }

  @Test
  void weather_has_the_columns_its_readme_names() throws IOException {
    for (String name : List.of("weather", "weather-snappy", "weather-zstd", "weather-deflate")) {
      InferredSchema schema =
          read(BytesContent.of(Files.readAllBytes(CORPUS.resolve(name + ".avro"))));
      assertThat(schema.columns())
          .extracting(Column::name)
          .as(name)
          .containsExactly("station", "time", "temp");
    }
  }

  private static InferredSchema read(FileContent content) throws IOException {
    return new AvroSchemaReader().read(content, ReadLimits.DEFAULT, TestOperation.start());
  }
}
