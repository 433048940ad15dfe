package dev.connections.filesystem.internal.xml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.connections.api.Column;
import dev.connections.api.ConnectionException;
import dev.connections.api.StandardErrorCode;
import dev.connections.api.TypeField;
import dev.connections.api.TypeKind;
import dev.connections.filesystem.internal.BytesContent;
import dev.connections.filesystem.internal.InferredSchema;
import dev.connections.filesystem.internal.ReadLimits;
import dev.connections.testkit.TestOperation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("corpus")
class XmlCorpusTest {
  private static final Path CORPUS = Path.of("../../shared/fixtures/filesystem/xml");

  @BeforeAll
  static void the_corpus_is_there() {
    assumeTrue(Files.isDirectory(CORPUS), "the file corpus isn't present: skipped");
  }

  @Test
  void every_file_is_read_or_refused_with_its_place() throws IOException {
    List<String> refused = new ArrayList<>();
    int read = 0;
    try (Stream<Path> all = Files.list(CORPUS)) {
      for (Path file : all.filter(f -> f.toString().endsWith(".xml")).sorted().toList()) {
        try {
          read(file.getFileName().toString(), Optional.empty());
          read++;
        } catch (ConnectionException e) {
          assertThat(e.failure().code()).isEqualTo(StandardErrorCode.MALFORMED_DATA);
          assertThat(e.failure().message()).contains("at line");
          refused.add(file.getFileName().toString());
        }
      }
    }
    assertThat(refused).containsExactly("unclosed_tag.xml");
    assertThat(read).isEqualTo(25);
  }

  @Test
  void attributes_texts_and_repetitions_are_named_as_databricks_names_them() throws IOException {
    Column age =
        read("ages.xml", Optional.of("person")).columns().stream()
            .filter(column -> column.name().equals("age"))
            .findFirst()
            .orElseThrow();
    assertThat(age.type().children())
        .extracting(TypeField::name)
        .containsExactly("_born", "_VALUE");
    assertThat(age.type().children())
        .extracting(field -> field.type().kind())
        .containsExactly(TypeKind.DATE, TypeKind.BIGINT);

    InferredSchema basket = read("basket.xml", Optional.of("basket"));
    assertThat(basket.columns()).extracting(Column::name).containsExactly("entry");
    assertThat(basket.columns().get(0).type().kind()).isEqualTo(TypeKind.ARRAY);
  }

  @Test
  void books_have_the_columns_of_their_rows() throws IOException {
    assertThat(read("books.xml", Optional.empty()).columns())
        .extracting(Column::name)
        .containsExactly("_id", "author", "title", "genre", "price", "publish_date", "description");
  }

  private static InferredSchema read(String name, Optional<String> rowTag) throws IOException {
    return new XmlSchemaReader(rowTag)
        .read(
            BytesContent.of(Files.readAllBytes(CORPUS.resolve(name))),
            ReadLimits.DEFAULT,
            TestOperation.start());
  }
}
