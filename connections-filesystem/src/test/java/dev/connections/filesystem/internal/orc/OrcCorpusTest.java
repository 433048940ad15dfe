package dev.connections.filesystem.internal.orc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.connections.api.Column;
import dev.connections.api.DataType;
import dev.connections.api.RowCount;
import dev.connections.api.TypeKind;
import dev.connections.filesystem.internal.BytesContent;
import dev.connections.filesystem.internal.InferredSchema;
import dev.connections.filesystem.internal.ReadLimits;
import dev.connections.testkit.TestOperation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("corpus")
class OrcCorpusTest {
  private static final Path CORPUS = Path.of("../../shared/fixtures/filesystem/orc");

  @BeforeAll
  static void the_corpus_is_there() {
    assumeTrue(Files.isDirectory(CORPUS), "the file corpus isn't present: skipped");
  }

  @Test
  void every_type_of_the_formats_own_test_file_is_read() throws IOException {
    InferredSchema schema = read("TestOrcFile.test1.orc");

    assertThat(schema.columns())
        .extracting(Column::name)
        .containsExactly(
            "boolean1",
            "byte1",
            "short1",
            "int1",
            "long1",
            "float1",
            "double1",
            "bytes1",
            "string1",
            "middle",
            "list",
            "map");
    assertThat(schema.columns())
        .extracting(column -> column.type().kind())
        .containsExactly(
            TypeKind.BOOLEAN,
            TypeKind.TINYINT,
            TypeKind.SMALLINT,
            TypeKind.INTEGER,
            TypeKind.BIGINT,
            TypeKind.FLOAT,
            TypeKind.DOUBLE,
            TypeKind.BINARY,
            TypeKind.STRING,
            TypeKind.STRUCT,
            TypeKind.ARRAY,
            TypeKind.MAP);
    assertThat(schema.rows()).contains(RowCount.exactly(2));
  }

  @Test
  void a_file_without_rows_has_its_columns() throws IOException {
    InferredSchema schema = read("TestOrcFile.emptyFile.orc");

    assertThat(schema.columns()).hasSize(12);
    assertThat(schema.rows()).contains(RowCount.exactly(0));
  }

  @Test
  void decimals_and_times_keep_their_types() throws IOException {
    assertThat(read("decimal.orc").columns())
        .extracting(Column::type)
        .containsExactly(DataType.decimal(10, 5, "decimal(10,5)"));
    assertThat(read("TestOrcFile.testDate1900.orc").columns())
        .extracting(column -> column.type().kind())
        .containsExactly(TypeKind.TIMESTAMP_NTZ, TypeKind.DATE);
    assertThat(read("complextypes_iceberg.orc").columns()).isNotEmpty();
  }

  private static InferredSchema read(String name) throws IOException {
    return new OrcSchemaReader()
        .read(
            BytesContent.of(Files.readAllBytes(CORPUS.resolve(name))),
            ReadLimits.DEFAULT,
            TestOperation.start());
  }
}
