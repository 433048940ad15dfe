package dev.connections.filesystem.internal.adapter;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.jimfs.Configuration;
import com.google.common.jimfs.Jimfs;
import dev.connections.api.ConfigurationValues;
import dev.connections.api.ConnectionAdapter;
import dev.connections.api.DirectoryBrowser;
import dev.connections.api.RowCount;
import dev.connections.api.SchemaName;
import dev.connections.api.TableMetadata;
import dev.connections.api.TableName;
import dev.connections.api.TestResult;
import dev.connections.testkit.RecordingSink;
import dev.connections.testkit.TestOperation;
import dev.connections.testkit.TestSelection;
import java.io.IOException;
import java.net.URI;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class OtherFileSystemsTest {
  @TempDir Path temporary;

  static Stream<Configuration> systems() {
    return Stream.of(Configuration.unix(), Configuration.osX(), Configuration.windows());
  }

  @ParameterizedTest
  @MethodSource("systems")
  void a_file_system_of_any_kind_in_memory_is_read_as_the_local_one(Configuration kind)
      throws IOException {
    try (FileSystem memory = Jimfs.newFileSystem(kind)) {
      Path base = memory.getRootDirectories().iterator().next().resolve("data");
      FilesFixture.samples(Files.createDirectory(base));

      assertSamples(base.toUri());
    }
  }

  @Test
  void an_archive_is_read_as_a_directory() throws IOException {
    URI archive = URI.create("jar:" + temporary.resolve("samples.zip").toUri());
    try (FileSystem zip = FileSystems.newFileSystem(archive, Map.of("create", "true"))) {
      FilesFixture.samples(Files.createDirectory(zip.getPath("/data")));
    }

    assertSamples(URI.create(archive + "!/data"));
  }

  private static void assertSamples(URI base) {
    RecordingSink sink = new RecordingSink();
    try (ConnectionAdapter adapter = FilesFixture.open(at(base))) {
      TestResult test = adapter.test(TestOperation.start());
      assertThat(test.passed()).as("%s", test).isTrue();
      adapter.importMetadata(TestSelection.everything(), sink, TestOperation.start());
      DirectoryBrowser browser = adapter.as(DirectoryBrowser.class).orElseThrow();
      assertThat(browser.directories("", TestOperation.start())).containsExactly("clicks", "sales");
    }
    assertThat(sink.failures()).isEmpty();
    assertThat(sink.tables()).hasSize(8);
    TableName archive = SchemaName.of("sales/old").table("archive.csv.gz");
    TableMetadata unfolded = sink.tables().get(archive);
    assertThat(unfolded.rowCount()).contains(RowCount.exactly(2));
    assertThat(sink.tables().get(SchemaName.of("clicks").table("clicks")).columns()).hasSize(4);
  }

  @Test
  void a_large_file_elsewhere_is_read_to_its_end() throws IOException {
    try (FileSystem memory = Jimfs.newFileSystem(Configuration.unix())) {
      Path base = Files.createDirectory(memory.getPath("/data"));
      Files.writeString(base.resolve("t.csv"), "id,name\n" + "7,x\n".repeat(1_000_000));

      try (ConnectionAdapter adapter =
          FilesFixture.open(at(base.toUri()).with("options.scan", "full"))) {
        assertThat(
                adapter
                    .getTableMetadata(SchemaName.of(".").table("t.csv"), TestOperation.start())
                    .rowCount())
            .contains(RowCount.exactly(1_000_000));
      }
    }
  }

  private static ConfigurationValues at(URI base) {
    return ConfigurationValues.empty().with("type", "uri").with("base_path", base.toString());
  }
}
