package dev.connections.filesystem.internal.adapter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.connections.api.Category;
import dev.connections.api.Column;
import dev.connections.api.ConnectionAdapter;
import dev.connections.api.ImportEnd;
import dev.connections.api.SchemaName;
import dev.connections.api.TableMetadata;
import dev.connections.api.TableName;
import dev.connections.filesystem.internal.json.JsonTree;
import dev.connections.testkit.RecordingSink;
import dev.connections.testkit.TestOperation;
import dev.connections.testkit.TestSelection;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("corpus")
class CorpusImportTest {
  private static final Path CORPUS = Path.of("../../shared/fixtures/filesystem");

  private static final List<String> DELTA =
      List.of(
          "basic-with-checkpoint",
          "data-reader-nested-struct",
          "data-reader-primitives",
          "table-with-columnmapping-mode-name");

  @TempDir Path temporary;

  @BeforeAll
  static void the_corpus_is_there() {
    assumeTrue(Files.isDirectory(CORPUS), "the file corpus isn't present: skipped");
  }

  @Test
  void every_file_of_the_corpus_ends_in_a_table_or_a_typed_failure() throws IOException {
    RecordingSink sink = new RecordingSink();
    try (ConnectionAdapter adapter = FilesFixture.open(FilesFixture.values(CORPUS))) {
      assertThat(adapter.importMetadata(TestSelection.everything(), sink, TestOperation.start()))
          .isInstanceOf(ImportEnd.Done.class);
    }

    assertThat(sink.tables().size() + sink.failures().size()).isEqualTo(sink.listed().size());
    assertThat(sink.listed()).hasSizeGreaterThan(400);
    assertThat(sink.failures().values())
        .allMatch(failure -> failure.code().category() == Category.DATA);
    assertThat(sink.failures().keySet())
        .noneMatch(name -> name.table().endsWith(".parquet") || name.table().endsWith(".avro"));
    assertThat(deltaTables(sink)).isEqualTo(4);
  }

  private static long deltaTables(RecordingSink sink) {
    return sink.tables().values().stream()
        .filter(table -> table.name().schema().schema().startsWith("delta/"))
        .filter(table -> table.properties().containsKey("version"))
        .count();
  }

  @Test
  void delta_tables_are_equal_to_the_schema_in_their_log() throws IOException {
    for (String name : DELTA) {
      List<String> expected = names(schemaString(CORPUS.resolve("delta").resolve(name)));

      assertThat(read(CORPUS, SchemaName.of("delta/" + name).table(name)).columns())
          .as(name)
          .extracting(Column::name)
          .isEqualTo(expected);
    }
  }

  @Test
  void a_cleaned_up_log_gives_the_same_schema_from_its_checkpoint() throws IOException {
    Path log = CORPUS.resolve("delta/basic-with-checkpoint/_delta_log");
    Path copy = Files.createDirectories(temporary.resolve("basic-with-checkpoint/_delta_log"));
    try (Stream<Path> files = Files.list(log)) {
      for (Path file : files.toList()) {
        String name = file.getFileName().toString();
        if (name.endsWith(".parquet") || name.matches("0+1[1-9]\\.json")) {
          Files.copy(file, copy.resolve(name));
        }
      }
    }
    TableName table = SchemaName.of("basic-with-checkpoint").table("basic-with-checkpoint");
    TableName whole = SchemaName.of("delta/basic-with-checkpoint").table("basic-with-checkpoint");

    assertThat(read(temporary, table).columns())
        .isNotEmpty()
        .isEqualTo(read(CORPUS, whole).columns());
  }

  private static TableMetadata read(Path base, TableName table) {
    try (ConnectionAdapter adapter = FilesFixture.open(FilesFixture.values(base))) {
      return adapter.getTableMetadata(table, TestOperation.start());
    }
  }

  private static String schemaString(Path table) throws IOException {
    Path first = table.resolve("_delta_log/00000000000000000000.json");
    for (String line : Files.readAllLines(first)) {
      if (line.contains("schemaString")) {
        Map<?, ?> action = (Map<?, ?>) JsonTree.parse(line, 100);
        return (String) ((Map<?, ?>) action.get("metaData")).get("schemaString");
      }
    }
    throw new AssertionError("no schema in " + table);
  }

  private static List<String> names(String schema) throws IOException {
    List<String> names = new ArrayList<>();
    for (Object field : (List<?>) ((Map<?, ?>) JsonTree.parse(schema, 100)).get("fields")) {
      names.add((String) ((Map<?, ?>) field).get("name"));
    }
    return names;
  }
}
