package dev.connections.filesystem.internal.paths;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.connections.api.ConnectionException;
import dev.connections.api.ErrorCode;
import dev.connections.api.SchemaName;
import dev.connections.api.StandardErrorCode;
import dev.connections.api.TableName;
import dev.connections.testkit.TestAdapterContext;
import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BaseDirectoryTest {
  @TempDir Path temporary;
  private Path root;
  private Path outside;

  @BeforeEach
  void some_files() throws IOException {
    root = Files.createDirectory(temporary.resolve("base"));
    outside = Files.createDirectory(temporary.resolve("base-evil"));
    Files.createDirectories(root.resolve("a/b"));
    Files.writeString(root.resolve("a/b/in.csv"), "inside");
    Files.writeString(root.resolve("top.csv"), "top");
    Files.writeString(outside.resolve("out.csv"), "outside");
    Files.createSymbolicLink(root.resolve("out.csv"), outside.resolve("out.csv"));
    Files.createSymbolicLink(root.resolve("in.csv"), root.resolve("a/b/in.csv"));
    Files.createSymbolicLink(root.resolve("evil"), outside);
    Files.createSymbolicLink(root.resolve("link"), root.resolve("a"));
  }

  @Test
  void a_file_below_is_opened() throws IOException {
    assertThat(content(base(false), "a/b/in.csv")).isEqualTo("inside");
    assertThat(content(base(false), "top.csv")).isEqualTo("top");
    assertThat(base(false).attributes(RelativePath.parse("top.csv")).size()).isEqualTo(3);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "..",
        "../base-evil/out.csv",
        "a/../../base-evil/out.csv",
        "/etc/passwd",
        "//etc/passwd"
      })
  void a_path_that_leads_elsewhere_is_refused_before_anything_is_touched(String path) {
    assertRefused(() -> RelativePath.parse(path), StandardErrorCode.PERMISSION_DENIED);
    assertRefused(
        () -> RelativePath.of(new TableName(SchemaName.of("."), path)),
        StandardErrorCode.PERMISSION_DENIED);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a//b", "a/./b", "a\0b", "a/"})
  void what_is_no_path_does_not_exist(String path) {
    assertRefused(() -> RelativePath.parse(path), StandardErrorCode.NOT_FOUND);
    assertRefused(() -> RelativePath.of(SchemaName.of("a", "b")), StandardErrorCode.NOT_FOUND);
  }

  @ParameterizedTest
  @ValueSource(strings = {"out.csv", "in.csv", "evil/out.csv", "link/b/in.csv"})
  void no_link_is_followed_unless_allowed(String path) {
    assertRefused(() -> content(base(false), path), StandardErrorCode.PERMISSION_DENIED);
    assertRefused(
        () -> base(false).attributes(RelativePath.parse(path)),
        StandardErrorCode.PERMISSION_DENIED);
  }

  @Test
  void links_that_stay_inside_are_followed_where_allowed_and_no_others() throws IOException {
    assertThat(content(base(true), "in.csv")).isEqualTo("inside");
    assertThat(content(base(true), "link/b/in.csv")).isEqualTo("inside");
    assertRefused(() -> content(base(true), "out.csv"), StandardErrorCode.PERMISSION_DENIED);
    assertRefused(() -> content(base(true), "evil/out.csv"), StandardErrorCode.PERMISSION_DENIED);
  }

  @Test
  void messages_name_relative_paths_only() {
    assertThatThrownBy(() -> content(base(false), "evil/out.csv"))
        .hasMessageContaining("evil/out.csv")
        .hasMessageNotContaining(temporary.toString());
  }

  @Test
  void a_directory_is_no_file_and_a_missing_file_is_missing() {
    assertRefused(() -> content(base(false), "a/b"), StandardErrorCode.NOT_FOUND);
    assertThatThrownBy(() -> content(base(false), "a/none.csv"))
        .isInstanceOf(NoSuchFileException.class);
  }

  @Test
  void a_pipe_is_refused_and_never_opened() throws Exception {
    assumeTrue(mkfifo(root.resolve("pipe.csv")), "this system can't make a pipe: skipped");

    assertRefused(() -> content(base(false), "pipe.csv"), StandardErrorCode.UNSUPPORTED);
    assertRefused(
        () -> base(false).attributes(RelativePath.parse("pipe.csv")),
        StandardErrorCode.UNSUPPORTED);
  }

  @Test
  void a_base_that_is_itself_a_link_is_what_it_points_to() throws IOException {
    Path link = Files.createSymbolicLink(temporary.resolve("to-base"), root);

    assertThat(
            content(
                Location.local(link.toString(), false, TestAdapterContext.create().egress()).open(),
                "top.csv"))
        .isEqualTo("top");
  }

  @Test
  void a_base_that_is_missing_a_file_or_of_an_unknown_scheme_is_named() throws IOException {
    assertRefused(
        () -> Location.local("no/such/place", false, TestAdapterContext.create().egress()).open(),
        StandardErrorCode.NOT_FOUND);
    assertRefused(
        () ->
            Location.local(
                    root.resolve("top.csv").toString(), false, TestAdapterContext.create().egress())
                .open(),
        StandardErrorCode.INVALID_CONFIGURATION);
    assertRefused(
        () -> at("nosuchscheme://host/path?sig=secret").open(), StandardErrorCode.UNSUPPORTED);
    assertRefused(() -> at("jar:nonsense").open(), StandardErrorCode.INVALID_CONFIGURATION);
    assertRefused(() -> at("file:relative").open(), StandardErrorCode.INVALID_CONFIGURATION);
    assertThat(at("some://host/path?sig=secret").shown()).isEqualTo("some://host/path");
  }

  @Test
  void a_uri_of_a_zip_file_is_opened_and_closed_with_the_location() throws IOException {
    Path zip = temporary.resolve("files.zip");
    try (FileSystem files = FileSystems.newFileSystem(zip, Map.of("create", "true"))) {
      Files.createDirectory(files.getPath("/data"));
      Files.writeString(files.getPath("/data/x.csv"), "zipped");
    }
    URI uri = URI.create("jar:" + zip.toUri() + "!/data");

    Location location = at(uri.toString());
    try (location) {
      assertThat(content(location.open(), "x.csv")).isEqualTo("zipped");
      assertThat(content(location.open(), "x.csv")).isEqualTo("zipped");
    }
    assertRefused(location::open, StandardErrorCode.CANCELLED);
  }

  @Test
  void a_file_uri_is_a_directory_of_this_machine() throws IOException {
    assertThat(content(at(root.toUri().toString()).open(), "top.csv")).isEqualTo("top");
  }

  private static Location at(String uri) {
    return Location.at(URI.create(uri), false, TestAdapterContext.create().egress());
  }

  private BaseDirectory base(boolean followLinks) {
    return Location.local(root.toString(), followLinks, TestAdapterContext.create().egress())
        .open();
  }

  private static String content(BaseDirectory base, String path) throws IOException {
    OpenFile file = base.open(RelativePath.parse(path));
    try (var channel = file.channel()) {
      ByteBuffer bytes = ByteBuffer.allocate((int) file.size());
      while (bytes.hasRemaining() && channel.read(bytes) >= 0) {
        continue;
      }
      return new String(bytes.array(), StandardCharsets.UTF_8);
    }
  }

  static boolean mkfifo(Path path) throws IOException, InterruptedException {
    try {
      return new ProcessBuilder("mkfifo", path.toString()).start().waitFor() == 0;
    } catch (IOException noSuchProgram) {
      return false;
    }
  }

  private interface Action {
    void run() throws IOException;
  }

  private static void assertRefused(Action action, ErrorCode code) {
    assertThatThrownBy(action::run)
        .isInstanceOfSatisfying(
            ConnectionException.class,
            e -> {
              assertThat(e.code()).isEqualTo(code);
              assertThat(e.failure().message()).doesNotContain("secret");
            });
  }
}
