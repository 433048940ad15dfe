package dev.connections.filesystem.internal.adapter;

import static dev.connections.filesystem.internal.adapter.FilesFixture.values;
import static dev.connections.filesystem.internal.adapter.FilesFixture.write;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.connections.api.ConfigurationValues;
import dev.connections.api.ConnectionAdapter;
import dev.connections.api.ConnectionException;
import dev.connections.api.DirectoryBrowser;
import dev.connections.api.StandardErrorCode;
import dev.connections.testkit.TestOperation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DirectoriesTest {
  @TempDir Path temporary;
  private Path base;

  @BeforeEach
  void directories() throws IOException {
    base = Files.createDirectory(temporary.resolve("base"));
    write(base, "sales/2024/a.csv", "a\n1\n");
    write(base, "Größe/a.csv", "a\n1\n");
    write(base, "_staging/a.csv", "a\n1\n");
    write(base, ".git/a.csv", "a\n1\n");
    write(temporary, "outside/secret/a.csv", "a\n1\n");
    Files.createSymbolicLink(base.resolve("away"), temporary.resolve("outside"));
    Files.createSymbolicLink(base.resolve("within"), base.resolve("sales"));
  }

  @Test
  void directories_are_listed_by_name_without_hidden_ones_and_links() {
    assertThat(list(values(base), "")).containsExactly("Größe", "sales");
    assertThat(list(values(base), "sales")).containsExactly("2024");
    assertThat(list(values(base), "sales/2024")).isEmpty();
  }

  @Test
  void links_that_stay_inside_are_listed_where_the_connection_follows_them() {
    assertThat(list(values(base).with("advanced.follow_links", true), ""))
        .containsExactly("Größe", "sales", "within");
  }

  @Test
  void a_path_that_leads_out_is_refused_and_nothing_of_it_is_told() {
    for (String path : List.of("..", "../outside", "sales/../../outside", "/etc", "away", "a\0b")) {
      assertThatThrownBy(() -> list(values(base), path))
          .as(path)
          .isInstanceOfSatisfying(
              ConnectionException.class,
              e -> {
                assertThat(e.failure().code())
                    .isIn(StandardErrorCode.PERMISSION_DENIED, StandardErrorCode.NOT_FOUND);
                assertThat(e.failure().message()).doesNotContain("secret");
              });
    }
  }

  @Test
  void a_file_is_no_directory() {
    assertThatThrownBy(() -> list(values(base), "sales/2024/a.csv"))
        .isInstanceOf(ConnectionException.class);
  }

  private static List<String> list(ConfigurationValues values, String directory) {
    try (ConnectionAdapter adapter = FilesFixture.open(values)) {
      return adapter
          .as(DirectoryBrowser.class)
          .orElseThrow()
          .directories(directory, TestOperation.start());
    }
  }
}
