package dev.connections.filesystem.internal.content;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.connections.filesystem.internal.FileFailures;
import dev.connections.filesystem.internal.ReadLimits;
import dev.connections.testkit.TestOperation;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChannelContentTest {
  @TempDir Path temporary;

  @Test
  void plain_bytes_are_read_from_the_start_and_from_any_place() throws IOException {
    try (ChannelContent content = open(write("abcdef".getBytes(StandardCharsets.UTF_8)), true)) {
      assertThat(content.path()).isEqualTo("x.csv");
      assertThat(content.size()).isEqualTo(6);
      assertThat(content.seekable()).isTrue();
      assertThat(content.compression()).isEqualTo("none");
      try (InputStream in = content.head()) {
        assertThat(in.read()).isEqualTo('a');
        assertThat(in.available()).isEqualTo(5);
        assertThat(new String(in.readAllBytes(), StandardCharsets.UTF_8)).isEqualTo("bcdef");
        assertThat(in.read()).isEqualTo(-1);
      }
      ByteBuffer two = ByteBuffer.allocate(2);
      assertThat(content.read(3, two)).isEqualTo(2);
      assertThat(two.array()).isEqualTo("de".getBytes(StandardCharsets.UTF_8));
      assertThat(content.read(6, ByteBuffer.allocate(1))).isEqualTo(-1);
    }
  }

  @Test
  void compressed_bytes_are_unfolded_member_after_member() throws IOException {
    ByteArrayOutputStream members = new ByteArrayOutputStream();
    members.writeBytes(gzip("abc".getBytes(StandardCharsets.UTF_8)));
    members.writeBytes(gzip("def".getBytes(StandardCharsets.UTF_8)));
    try (ChannelContent content = open(write(members.toByteArray()), true)) {
      assertThat(content.size()).isEqualTo(-1);
      assertThat(content.compression()).isEqualTo("gzip");
      for (int again = 0; again < 2; again++) {
        try (InputStream in = content.head()) {
          assertThat(new String(in.readAllBytes(), StandardCharsets.UTF_8)).isEqualTo("abcdef");
        }
      }
      assertThatThrownBy(() -> content.read(0, ByteBuffer.allocate(1)))
          .isInstanceOf(UnsupportedOperationException.class);
    }
  }

  @Test
  void a_binary_format_is_not_taken_for_a_compressed_file() throws IOException {
    byte[] bytes = gzip(new byte[10]);
    try (ChannelContent content = open(write(bytes), false)) {
      assertThat(content.seekable()).isTrue();
      assertThat(content.size()).isEqualTo(bytes.length);
    }
  }

  @Test
  void a_bomb_is_stopped_by_its_ratio_and_by_its_size() throws IOException {
    byte[] bomb = gzip(new byte[80 * 1024 * 1024]);
    try (ChannelContent content = open(write(bomb), true);
        InputStream in = content.head()) {
      assertThatThrownBy(() -> in.transferTo(ByteArrayOutputStream.nullOutputStream()))
          .hasMessageContaining("TOO_LARGE")
          .hasMessageContaining("500 times");
    }
    InputStream unfolded =
        new UnfoldingStream(new ByteArrayInputStream(new byte[100]), "x", 100, 50);
    assertThat(unfolded.markSupported()).isFalse();
    assertThat(unfolded.read()).isZero();
    assertThat(unfolded.skip(49)).isEqualTo(49);
    assertThatThrownBy(unfolded::read).hasMessageContaining("TOO_LARGE");
  }

  @Test
  void cancelling_closes_the_file_and_is_told_as_what_it_is() throws IOException {
    TestOperation operation = TestOperation.start();
    FileChannel channel = FileChannel.open(write(new byte[10]));
    try (ChannelContent content =
        ChannelContent.of("x", channel, 10, false, ReadLimits.DEFAULT, operation)) {
      operation.cancel();

      assertThat(channel.isOpen()).isFalse();
      assertThatThrownBy(() -> content.read(0, ByteBuffer.allocate(1)))
          .hasMessageContaining("CANCELLED");
    }
    assertThat(FileFailures.of("x", new ClosedChannelException(), TestOperation.start()))
        .hasMessageContaining("CANCELLED");
  }

  @Test
  void a_file_that_takes_too_long_fails_with_its_name_while_the_whole_goes_on() {
    TestOperation whole = TestOperation.start();
    FileOperation one = new FileOperation(whole, "slow.csv", Duration.ZERO);

    assertThat(one.remaining()).isZero();
    assertThat(one.cancelled()).isFalse();
    assertThat(one.progress()).isSameAs(whole.progress());
    assertThatThrownBy(one::checkpoint)
        .hasMessageContaining("TIMEOUT")
        .hasMessageContaining("'slow.csv'");
    whole.checkpoint();
  }

  @Test
  void a_channel_without_places_of_its_own_is_read_by_moving_in_it() throws IOException {
    Path zip = temporary.resolve("z.zip");
    try (FileSystem files = FileSystems.newFileSystem(zip, Map.of("create", "true"))) {
      Files.writeString(files.getPath("x.csv"), "abc");
    }
    try (FileSystem files = FileSystems.newFileSystem(zip)) {
      Path file = files.getPath("x.csv");
      try (ChannelContent content =
          ChannelContent.of(
              "x.csv",
              Files.newByteChannel(file),
              3,
              true,
              ReadLimits.DEFAULT,
              TestOperation.start())) {
        ByteBuffer one = ByteBuffer.allocate(1);
        content.read(2, one);
        assertThat(one.get(0)).isEqualTo((byte) 'c');
      }
    }
  }

  private Path write(byte[] bytes) throws IOException {
    return Files.write(temporary.resolve("x.csv"), bytes);
  }

  private static ChannelContent open(Path file, boolean text) throws IOException {
    FileChannel channel = FileChannel.open(file);
    return ChannelContent.of(
        "x.csv", channel, channel.size(), text, ReadLimits.DEFAULT, TestOperation.start());
  }

  private static byte[] gzip(byte[] bytes) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (GZIPOutputStream zipped = new GZIPOutputStream(out)) {
      zipped.write(bytes);
    }
    return out.toByteArray();
  }
}
