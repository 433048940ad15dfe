package dev.connections.filesystem.internal.adapter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.connections.api.Category;
import dev.connections.api.ConnectionAdapter;
import dev.connections.api.ImportEnd;
import dev.connections.testkit.RecordingSink;
import dev.connections.testkit.TestOperation;
import dev.connections.testkit.TestSelection;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("corpus")
class CorpusImportTest {
  private static final Path CORPUS = Path.of("../../shared/fixtures/filesystem");

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
    assertThat(sink.listed())
        .hasSizeGreaterThan(400)
        .noneMatch(name -> name.table().matches(".*\\.(orc|xml)"));
    assertThat(sink.failures().values())
        .allMatch(failure -> failure.code().category() == Category.DATA);
    assertThat(sink.failures().keySet())
        .noneMatch(name -> name.table().endsWith(".parquet") || name.table().endsWith(".avro"));
    assertThat(sink.listed()).noneMatch(name -> name.schema().schema().startsWith("delta/"));
    assertThat(deltaNotices(sink)).isEqualTo(deltaLogs());
  }

  private static long deltaNotices(RecordingSink sink) {
    return sink.events(RecordingSink.Event.Noticed.class).stream()
        .filter(noticed -> noticed.notice().message().contains("is a Delta table"))
        .count();
  }

  private static long deltaLogs() throws IOException {
    try (Stream<Path> all = Files.walk(CORPUS)) {
      return all.filter(path -> path.endsWith("_delta_log")).count();
    }
  }
}
