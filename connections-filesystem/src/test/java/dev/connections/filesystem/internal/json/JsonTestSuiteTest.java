package dev.connections.filesystem.internal.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.connections.api.Category;
import dev.connections.api.ConnectionException;
import dev.connections.filesystem.internal.BytesContent;
import dev.connections.filesystem.internal.ReadLimits;
import dev.connections.filesystem.internal.SchemaReader;
import dev.connections.testkit.TestOperation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The public collection of what JSON is and isn't. */
@Tag("corpus")
class JsonTestSuiteTest {
  private static final Path FOLDER =
      Path.of("../../shared/fixtures/filesystem/json-test-suite/test_parsing");

  @Test
  void what_must_be_accepted_is_and_what_must_be_refused_is() throws IOException {
    assumeTrue(Files.isDirectory(FOLDER), "The corpus json-test-suite isn't there.");
    assertThat(files("y_")).hasSize(95).allMatch(file -> accepts(new JsonSchemaReader(), file));
    assertThat(files("n_")).hasSize(188).noneMatch(file -> accepts(new JsonSchemaReader(), file));
    // Either is right for these, as long as it is told apart.
    for (Path file : files("i_")) {
      accepts(new JsonSchemaReader(), file);
    }
  }

  @Test
  void values_one_after_the_other_are_accepted_as_ndjson_only() throws IOException {
    assumeTrue(Files.isDirectory(FOLDER), "The corpus json-test-suite isn't there.");
    assertThat(
            files("n_").stream()
                .filter(file -> accepts(new NdjsonSchemaReader(), file))
                .map(file -> file.getFileName().toString()))
        // Two files without a value are NDJSON without a line, and so is a lone byte order mark.
        .containsExactlyInAnyOrder(
            "n_structure_double_array.json",
            "n_structure_object_with_trailing_garbage.json",
            "n_single_space.json",
            "n_structure_no_data.json",
            "n_structure_UTF8_BOM_no_data.json");
  }

  private static List<Path> files(String prefix) throws IOException {
    try (Stream<Path> list = Files.list(FOLDER)) {
      return list.filter(file -> file.getFileName().toString().startsWith(prefix)).toList();
    }
  }

  private static boolean accepts(SchemaReader reader, Path file) {
    try {
      reader.read(
          BytesContent.of(Files.readAllBytes(file)), ReadLimits.DEFAULT, TestOperation.start());
      return true;
    } catch (ConnectionException refused) {
      assertThat(refused.category()).isEqualTo(Category.DATA);
      return false;
    } catch (IOException e) {
      throw new AssertionError(file.toString(), e);
    }
  }
}
