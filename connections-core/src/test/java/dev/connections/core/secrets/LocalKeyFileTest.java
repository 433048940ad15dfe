package dev.connections.core.secrets;

import static dev.connections.core.secrets.KeySourceTest.failing;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.connections.api.ConnectionException;
import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LocalKeyFileTest {
  private static final byte[] KEYSET = "what is wrapped".getBytes(UTF_8);
  private static final byte[] CONTEXT = "where".getBytes(UTF_8);

  @TempDir Path directory;
  private Path file;
  private KeySource source;

  @BeforeEach
  void nameTheFile() {
    file = directory.resolve("keys").resolve("connections.key");
    source = KeySource.localFile(file);
  }

  private void assumeRights() {
    assumeTrue(
        directory.getFileSystem().supportedFileAttributeViews().contains("posix"),
        "this file system doesn't know who may read a file");
  }

  @Test
  void the_file_is_made_at_the_first_use_and_used_from_then_on() throws IOException {
    assertThat(file).doesNotExist();
    byte[] wrapped = source.wrap(KEYSET, CONTEXT);
    String key = Files.readString(file);
    assertThat(Base64.getDecoder().decode(key.strip())).hasSize(32);
    byte[] again = source.wrap(KEYSET, CONTEXT);
    assertThat(Files.readString(file)).isEqualTo(key);
    assertThat(KeySource.localFile(file).unwrap(wrapped, CONTEXT)).isEqualTo(KEYSET);
    assertThat(KeySource.localFile(file).unwrap(again, CONTEXT)).isEqualTo(KEYSET);
  }

  @Test
  void only_the_owner_may_read_the_file_and_enter_its_directory() throws IOException {
    assumeRights();
    source.wrap(KEYSET, CONTEXT);
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file.getParent())))
        .isEqualTo("rwx------");
  }

  @Test
  void nothing_but_the_file_is_left_in_its_directory() throws IOException {
    source.wrap(KEYSET, CONTEXT);
    try (Stream<Path> files = Files.list(file.getParent())) {
      assertThat(files).containsExactly(file);
    }
  }

  @Test
  void a_directory_that_is_there_is_left_as_it_is() throws IOException {
    assumeRights();
    Files.createDirectory(
        file.getParent(),
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwxr-xr-x")));
    Files.setPosixFilePermissions(file.getParent(), PosixFilePermissions.fromString("rwxr-xr-x"));
    source.wrap(KEYSET, CONTEXT);
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file.getParent())))
        .isEqualTo("rwxr-xr-x");
  }

  @Test
  void two_random_keys_differ() throws IOException {
    source.wrap(KEYSET, CONTEXT);
    Path other = directory.resolve("other.key");
    KeySource.localFile(other).wrap(KEYSET, CONTEXT);
    assertThat(Files.readString(other)).isNotEqualTo(Files.readString(file));
  }

  @Test
  void many_that_start_at_once_end_up_with_one_key() throws Exception {
    int starters = 16;
    for (int round = 0; round < 20; round++) {
      Path shared = directory.resolve("round" + round).resolve("connections.key");
      CyclicBarrier together = new CyclicBarrier(starters);
      ExecutorService threads = Executors.newFixedThreadPool(starters);
      try {
        List<Future<byte[]>> wrapped = new ArrayList<>();
        for (int i = 0; i < starters; i++) {
          KeySource own = KeySource.localFile(shared);
          wrapped.add(
              threads.submit(
                  () -> {
                    together.await(30, TimeUnit.SECONDS);
                    return own.wrap(KEYSET, CONTEXT);
                  }));
        }
        for (Future<byte[]> one : wrapped) {
          byte[] bytes = one.get(30, TimeUnit.SECONDS);
          assertThat(KeySource.localFile(shared).unwrap(bytes, CONTEXT)).isEqualTo(KEYSET);
        }
      } finally {
        threads.shutdownNow();
      }
      try (Stream<Path> files = Files.list(shared.getParent())) {
        assertThat(files).containsExactly(shared);
      }
    }
  }

  @Test
  void nothing_is_decrypted_without_the_file_and_none_is_made() {
    byte[] wrapped = KeySource.ephemeral().wrap(KEYSET, CONTEXT);
    ConnectionException missing = failing(() -> source.unwrap(wrapped, CONTEXT));
    assertThat(missing.is(SecretErrorCode.KEY_MISSING)).isTrue();
    assertThat(missing.failure().message()).contains(file.toString());
    assertThat(missing.failure().remedy().orElseThrow()).contains("backup");
    assertThat(file).doesNotExist();
  }

  @Test
  void the_key_of_another_store_is_refused() {
    byte[] wrapped = KeySource.ephemeral().wrap(KEYSET, CONTEXT);
    source.wrap(KEYSET, CONTEXT);
    ConnectionException refused = failing(() -> source.unwrap(wrapped, CONTEXT));
    assertThat(refused.is(SecretErrorCode.KEY_REFUSED)).isTrue();
    assertThat(refused.failure().message()).contains(file.toString());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"rw-r-----", "rw----r--", "rw--w----", "rw-----w-", "rw---x---", "rw-rw-rw-"})
  void a_file_that_others_may_reach_is_refused(String rights) throws IOException {
    assumeRights();
    byte[] wrapped = source.wrap(KEYSET, CONTEXT);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(rights));
    for (Runnable use :
        List.<Runnable>of(
            () -> source.wrap(KEYSET, CONTEXT), () -> source.unwrap(wrapped, CONTEXT))) {
      ConnectionException exposed = failing(use);
      assertThat(exposed.is(SecretErrorCode.KEY_EXPOSED)).isTrue();
      assertThat(exposed.failure().remedy().orElseThrow()).contains("chmod 600 " + file);
    }
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("r--------"));
    assertThat(source.unwrap(wrapped, CONTEXT)).isEqualTo(KEYSET);
  }

  @Test
  void a_truncated_file_is_malformed_and_is_not_replaced() throws IOException {
    byte[] wrapped = source.wrap(KEYSET, CONTEXT);
    String whole = Files.readString(file);
    for (int length : new int[] {0, 1, 20, 40}) {
      String cut = whole.substring(0, length);
      Files.writeString(file, cut);
      ConnectionException malformed = failing(() -> source.unwrap(wrapped, CONTEXT));
      assertThat(malformed.is(SecretErrorCode.KEY_MALFORMED)).isTrue();
      assertThat(failing(() -> source.wrap(KEYSET, CONTEXT)).code())
          .isEqualTo(SecretErrorCode.KEY_MALFORMED);
      assertThat(Files.readString(file)).isEqualTo(cut);
      if (length > 1) {
        assertThat(malformed.failure().toString()).doesNotContain(cut);
      }
    }
  }

  @Test
  void what_is_much_longer_than_a_key_is_none() throws IOException {
    source.wrap(KEYSET, CONTEXT);
    Files.writeString(file, "QUJD".repeat(1_000_000));
    assertThat(failing(() -> source.wrap(KEYSET, CONTEXT)).code())
        .isEqualTo(SecretErrorCode.KEY_MALFORMED);
  }

  @Test
  void a_directory_in_the_place_of_the_file_can_not_be_read() throws IOException {
    Files.createDirectories(file);
    if (directory.getFileSystem().supportedFileAttributeViews().contains("posix")) {
      Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwx------"));
    }
    ConnectionException unreadable = failing(() -> source.wrap(KEYSET, CONTEXT));
    assertThat(unreadable.is(SecretErrorCode.KEY_UNREADABLE)).isTrue();
    assertThat(unreadable.failure().message()).contains(file.toString()).contains("can't be read");
  }

  @Test
  void a_file_that_the_process_may_not_read_is_told() throws IOException {
    assumeRights();
    byte[] wrapped = source.wrap(KEYSET, CONTEXT);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("-w-------"));
    assumeTrue(!Files.isReadable(file), "this user reads every file");
    ConnectionException unreadable = failing(() -> source.unwrap(wrapped, CONTEXT));
    assertThat(unreadable.is(SecretErrorCode.KEY_UNREADABLE)).isTrue();
  }

  @Test
  void a_place_where_no_file_can_be_made_is_told_with_the_directory() throws IOException {
    Files.createSymbolicLink(directory.resolve("keys"), Path.of("nowhere"));
    ConnectionException unmade = failing(() -> source.wrap(KEYSET, CONTEXT));
    assertThat(unmade.is(SecretErrorCode.KEY_UNREADABLE)).isTrue();
    assertThat(unmade.failure().message()).contains(file.toString());
    assertThat(unmade.failure().remedy().orElseThrow()).contains(file.getParent().toString());
  }

  @Test
  void a_file_system_without_links_and_rights_holds_a_key_too() throws IOException {
    try (FileSystem zip =
        FileSystems.newFileSystem(directory.resolve("keys.zip"), Map.of("create", "true"))) {
      Path inside = zip.getPath("/keys/connections.key");
      byte[] wrapped = KeySource.localFile(inside).wrap(KEYSET, CONTEXT);
      assertThat(KeySource.localFile(inside).unwrap(wrapped, CONTEXT)).isEqualTo(KEYSET);
      try (Stream<Path> files = Files.list(inside.getParent())) {
        assertThat(files).containsExactly(inside);
      }
      String key = Files.readString(inside);
      NewKeyFile.make(inside);
      assertThat(Files.readString(inside)).isEqualTo(key);
    }
  }

  @Test
  void a_relative_path_is_told_as_an_absolute_one() {
    assertThat(KeySource.localFile(Path.of("some.key")))
        .hasToString("KeySource[file " + Path.of("some.key").toAbsolutePath() + "]");
  }

  @Test
  void the_root_is_no_key_file() {
    Path root = directory.getRoot();
    assertThat(failing(() -> KeySource.localFile(root).wrap(KEYSET, CONTEXT)).code())
        .isIn(SecretErrorCode.KEY_EXPOSED, SecretErrorCode.KEY_UNREADABLE);
  }
}
