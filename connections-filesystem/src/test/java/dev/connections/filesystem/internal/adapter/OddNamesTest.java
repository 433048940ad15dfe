package dev.connections.filesystem.internal.adapter;

import static dev.connections.filesystem.internal.adapter.FilesFixture.values;
import static dev.connections.filesystem.internal.adapter.FilesFixture.write;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.connections.api.ConnectionAdapter;
import dev.connections.api.Notice;
import dev.connections.api.SchemaName;
import dev.connections.api.TableName;
import dev.connections.testkit.RecordingSink;
import dev.connections.testkit.TestOperation;
import dev.connections.testkit.TestSelection;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Names that no encoding explains, and what lies in the directories of partitions. */
class OddNamesTest {
  @TempDir Path base;

  @BeforeEach
  void a_file() throws IOException {
    write(base, "plain.csv", "a,b\n1,2\n");
  }

  private RecordingSink imported() {
    RecordingSink sink = new RecordingSink();
    try (ConnectionAdapter adapter = FilesFixture.open(values(base))) {
      adapter.importMetadata(TestSelection.everything(), sink, TestOperation.start());
    }
    return sink;
  }

  private static List<String> notices(RecordingSink sink, String schema) {
    return sink.events(RecordingSink.Event.Noticed.class).stream()
        .map(RecordingSink.Event.Noticed::notice)
        .filter(notice -> notice.scope().equals(new Notice.Scope.Schema(SchemaName.of(schema))))
        .map(Notice::message)
        .toList();
  }

  /** Java makes no such names; a shell does. {@link #assumeTrue} says where none is. */
  private void shell(String commands) throws IOException, InterruptedException {
    Process process = new ProcessBuilder("sh", "-c", commands).directory(base.toFile()).start();
    assumeTrue(process.waitFor() == 0, "this system makes no such names: skipped");
  }

  @Test
  void names_that_are_no_characters_are_counted_and_neither_taken_for_each_other_nor_for_gone()
      throws Exception {
    shell(
        "for bytes in '\\351' '\\350'; do"
            + " printf 'a,b\\n1,2\\n' > \"$(printf \"caf$bytes.csv\")\";"
            + " mkdir \"$(printf \"dir$bytes\")\";"
            + " printf 'a,b\\n1,2\\n' > \"$(printf \"dir$bytes/in.csv\")\";"
            + " done; printf x > \"$(printf \"note\\351.txt\")\"");

    RecordingSink sink = imported();

    assertThat(sink.listed()).containsExactly(SchemaName.of(".").table("plain.csv"));
    assertThat(sink.failures()).isEmpty();
    assertThat(notices(sink, "."))
        .containsExactly("4 names were left out: this machine can't read the characters.");
  }

  @Test
  void a_name_with_the_very_character_that_stands_for_unreadable_ones_is_a_name() throws Exception {
    assumeTrue(
        "UTF-8".equals(System.getProperty("sun.jnu.encoding")), "names aren't UTF-8 here: skipped");
    shell("printf 'a,b\\n1,2\\n' > \"$(printf 'odd\\357\\277\\275.csv')\"");

    RecordingSink sink = imported();

    assertThat(sink.tables().keySet())
        .extracting(TableName::table)
        .containsExactlyInAnyOrder("plain.csv", "odd\uFFFD.csv");
  }

  @Test
  void what_is_left_out_in_the_directories_of_partitions_is_told_with_their_table()
      throws IOException {
    write(base, "clicks/day=1/a.csv", "a,b\n1,2\n");
    write(base, "elsewhere.txt", "a,b\n1,2\n");
    Files.createSymbolicLink(base.resolve("clicks/day=1/b.csv"), base.resolve("plain.csv"));
    Files.createSymbolicLink(base.resolve("clicks/c.csv"), base.resolve("plain.csv"));

    RecordingSink sink = imported();

    assertThat(sink.tables()).hasSize(2);
    assertThat(notices(sink, "clicks")).containsExactly("2 symbolic links were left out.");
  }
}
