package dev.connections.filesystem.internal.parquet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.connections.api.ConnectionException;
import dev.connections.api.StandardErrorCode;
import dev.connections.filesystem.internal.BytesContent;
import dev.connections.filesystem.internal.InferredSchema;
import dev.connections.filesystem.internal.ReadLimits;
import dev.connections.testkit.TestOperation;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("corpus")
class ParquetCorpusTest {
  private static final Path CORPUS = Path.of("../../shared/fixtures/filesystem");

  @BeforeAll
  static void the_corpus_is_there() {
    assumeTrue(Files.isDirectory(CORPUS), "the file corpus isn't present: skipped");
  }

  @Test
  void every_plain_footer_gives_a_schema_with_an_exact_row_count() throws IOException {
    List<String> refused = new ArrayList<>();
    int read = 0;
    for (Path file : files(".parquet")) {
      try {
        InferredSchema schema = read(file);
        assertThat(schema.columns()).as("%s", file).isNotEmpty();
        assertThat(schema.rows()).as("%s", file).isPresent();
        assertThat(schema.rows().get().exact()).isTrue();
        read++;
      } catch (ConnectionException e) {
        refused.add(file.getFileName() + ": " + e.failure().message());
      }
    }
    assertThat(refused).isEmpty();
    assertThat(read).isGreaterThan(100);
  }

  @Test
  void encrypted_footers_are_named_and_plaintext_footers_of_encrypted_files_are_read()
      throws IOException {
    int encrypted = 0;
    int plain = 0;
    for (Path file : files(".encrypted")) {
      byte[] bytes = Files.readAllBytes(file);
      String magic = new String(bytes, bytes.length - 4, 4, StandardCharsets.US_ASCII);
      if (magic.equals("PARE")) {
        assertThatThrownBy(() -> read(file))
            .isInstanceOfSatisfying(
                ConnectionException.class,
                e -> {
                  assertThat(e.is(StandardErrorCode.UNSUPPORTED)).isTrue();
                  assertThat(e.failure().message()).contains("encrypted footer");
                });
        encrypted++;
      } else {
        assertThat(read(file).properties()).containsEntry("encryption", "columns");
        plain++;
      }
    }
    assertThat(encrypted).isGreaterThanOrEqualTo(5);
    assertThat(plain).isGreaterThanOrEqualTo(1);
  }

  private static List<Path> files(String end) throws IOException {
    try (Stream<Path> all = Files.walk(CORPUS)) {
      return all.filter(file -> file.toString().endsWith(end)).sorted().toList();
    }
  }

  private static InferredSchema read(Path file) throws IOException {
    return new ParquetSchemaReader()
        .read(BytesContent.of(Files.readAllBytes(file)), ReadLimits.DEFAULT, TestOperation.start());
  }
}
