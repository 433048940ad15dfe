package dev.connections.store.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.connections.core.store.PendingTest;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What holds for other processes is shown by those that are killed: {@link ProcessDeathContract}.
 */
final class FileUseTest {
  private static final String ID = Rows.row("acme", "Sales").id();

  @TempDir Path directory;

  private Path file() throws Exception {
    Path file = directory.resolve("connections.db");
    SqliteStore.at(file).close();
    return file;
  }

  @Test
  void who_begins_first_is_the_only_one_and_who_comes_after_all_have_ended_is_again()
      throws Exception {
    Path file = file();
    FileUse first = FileUse.begin(file);
    FileUse second = FileUse.begin(directory.resolve("./connections.db"));
    assertThat(first.only()).isTrue();
    assertThat(second.only()).isFalse();
    first.close();
    first.close();
    FileUse third = FileUse.begin(file);
    assertThat(third.only()).as("the second goes on").isFalse();
    third.close();
    second.close();
    try (FileUse last = FileUse.begin(file)) {
      assertThat(last.only()).isTrue();
    }
  }

  @Test
  void a_file_has_users_of_its_own() throws Exception {
    Path other = directory.resolve("other.db");
    SqliteStore.at(other).close();
    try (FileUse mine = FileUse.begin(file());
        FileUse theirs = FileUse.begin(other)) {
      assertThat(mine.only()).isTrue();
      assertThat(theirs.only()).isTrue();
    }
  }

  /** As another copy of this library in the same process has it, such as of another application. */
  @Test
  void where_it_cant_be_told_nobody_is_the_only_one() throws Exception {
    Path file = file();
    try (FileChannel channel =
            FileChannel.open(directory.resolve("connections.db.users"), StandardOpenOption.WRITE);
        FileLock lock = channel.lock();
        FileUse use = FileUse.begin(file)) {
      assertThat(lock.isValid()).isTrue();
      assertThat(use.only()).isFalse();
    }
    Path gone = directory.resolve("gone/connections.db");
    try (FileUse use = FileUse.begin(gone)) {
      assertThat(use.only()).isFalse();
    }
    assertThat(Files.exists(gone.getParent())).isFalse();
  }

  @Test
  void a_test_and_a_lease_that_nobody_lives_to_end_are_over_at_the_next_start() throws Exception {
    Path file = file();
    PendingTest pending = new PendingTest("run", Rows.NOON.plus(Duration.ofDays(36_500)));
    try (SqliteStore store = SqliteStore.at(file)) {
      store.insert(Rows.row("acme", "Sales"));
      assertThat(store.beginTest("acme", ID, pending)).isTrue();
      assertThat(store.snapshots().orElseThrow().begin("acme", ID, Duration.ofDays(1))).hasValue(1);
      assertThat(store.tokenRows().lease("acme", ID, 1, "one", Duration.ofDays(1))).isTrue();
      try (SqliteStore beside = SqliteStore.at(file)) {
        assertThat(beside.find("acme", ID).orElseThrow().pending()).contains(pending);
        assertThat(beside.snapshots().orElseThrow().begin("acme", ID, Duration.ofDays(1)))
            .isEmpty();
        assertThat(beside.tokenRows().lease("acme", ID, 1, "two", Duration.ofDays(1))).isFalse();
      }
    }
    try (SqliteStore next = SqliteStore.at(file)) {
      assertThat(next.find("acme", ID).orElseThrow().pending()).isEqualTo(Optional.empty());
      assertThat(next.tokenRows().lease("acme", ID, 1, "two", Duration.ofDays(1))).isTrue();
      assertThat(next.snapshots().orElseThrow().begin("acme", ID, Duration.ofDays(1)))
          .as("the number of the dead one doesn't come again")
          .hasValue(2);
    }
  }
}
