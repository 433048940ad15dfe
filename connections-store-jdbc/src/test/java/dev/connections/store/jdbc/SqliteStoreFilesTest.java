package dev.connections.store.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.connections.core.ConnectionFilter;
import dev.connections.core.CoreErrorCode;
import dev.connections.core.ListRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class SqliteStoreFilesTest {
  @TempDir Path directory;

  private static String rights(Path path) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
  }

  @Test
  void the_files_are_their_owners_alone_and_so_is_a_directory_that_is_made() throws Exception {
    Path made = directory.resolve("a/b");
    Path file = made.resolve("connections.db");
    TreeMap<String, String> found = new TreeMap<>();
    try (SqliteStore store = SqliteStore.at(file)) {
      store.insert(Rows.row("acme", "Sales"));
      store.backupTo(made.resolve("copy.db"));
      try (Stream<Path> files = Files.list(made)) {
        for (Path each : files.toList()) {
          found.put(each.getFileName().toString(), rights(each));
        }
      }
    }
    assertThat(found)
        .containsOnlyKeys(
            "connections.db",
            "connections.db-shm",
            "connections.db-wal",
            "connections.db.lock",
            "connections.db.users",
            "copy.db")
        .allSatisfy((name, rights) -> assertThat(rights).as(name).isEqualTo("rw-------"));
    assertThat(rights(made)).isEqualTo("rwx------");
    assertThat(rights(made.getParent())).isEqualTo("rwx------");
  }

  @Test
  void a_file_that_others_may_read_is_refused_and_left_as_it_is() throws Exception {
    Path file = directory.resolve("connections.db");
    SqliteStore.at(file).close();
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));
    Rows.failing(() -> SqliteStore.at(file), StoreErrorCode.STORE_EXPOSED);
    assertThat(rights(file)).isEqualTo("rw-r-----");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    SqliteStore.at(file).close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"a b.db", "what?mode=memory", "50%20#1.db", ":resource:x", "Zeile ü ☃"})
  void a_name_of_a_file_is_nothing_but_a_name(String name) throws Exception {
    Path file = directory.resolve(name);
    try (SqliteStore store = SqliteStore.at(file)) {
      store.insert(Rows.row("acme", "Sales"));
      store.backupTo(directory.resolve("copy of " + name));
    }
    for (Path each : List.of(file, directory.resolve("copy of " + name))) {
      try (SqliteStore store = SqliteStore.at(each)) {
        assertThat(store.find("acme", Rows.row("acme", "Sales").id())).isPresent();
      }
    }
  }

  @Test
  void a_database_of_another_application_is_refused_and_stays_as_it_is() throws Exception {
    Path file = directory.resolve("other.db");
    Rows.byHand(file, "CREATE TABLE customers (id INTEGER)");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    byte[] before = Files.readAllBytes(file);
    Rows.failing(() -> SqliteStore.at(file), StoreErrorCode.NOT_A_STORE);
    assertThat(Files.readAllBytes(file)).isEqualTo(before);
  }

  @Test
  void a_text_a_directory_and_a_path_below_a_file_are_refused() throws Exception {
    Path text = directory.resolve("text");
    Files.writeString(text, "This is no database at all. ".repeat(100));
    Files.setPosixFilePermissions(text, PosixFilePermissions.fromString("rw-------"));
    Rows.failing(() -> SqliteStore.at(text), StoreErrorCode.NOT_A_STORE);
    Rows.failing(() -> SqliteStore.at(directory), StoreErrorCode.NOT_A_STORE);
    Rows.failing(() -> SqliteStore.at(text.resolve("x")), StoreErrorCode.STORE_INACCESSIBLE);
  }

  @Test
  void a_file_that_was_left_empty_becomes_a_store() throws IOException {
    Path file = directory.resolve("connections.db");
    Files.createFile(
        file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    try (SqliteStore store = SqliteStore.at(file)) {
      assertThat(store.count(Rows.ADMIN, ConnectionFilter.all())).isZero();
    }
  }

  @Test
  void a_damaged_file_is_told_as_such_and_not_in_the_databases_words() throws Exception {
    Path file = directory.resolve("connections.db");
    try (SqliteStore store = SqliteStore.at(file)) {
      for (int i = 0; i < 200; i++) {
        store.insert(Rows.row("acme", "Connection " + i));
      }
    }
    byte[] bytes = Files.readAllBytes(file);
    Arrays.fill(bytes, 4096, bytes.length, (byte) 0x5a);
    Files.write(file, bytes);
    assertThat(
            Rows.failing(
                    () -> {
                      try (SqliteStore store = SqliteStore.at(file)) {
                        store.list(Rows.ADMIN, ConnectionFilter.all(), ListRequest.first());
                      }
                    },
                    StoreErrorCode.STORE_DAMAGED)
                .failure()
                .vendorCode())
        .contains("SQLITE_CORRUPT");
  }

  @Test
  void values_that_no_store_wrote_are_damage_too() throws SQLException {
    Path file = directory.resolve("connections.db");
    String id = Rows.row("acme", "Sales").id();
    try (SqliteStore store = SqliteStore.at(file)) {
      store.insert(Rows.row("acme", "Sales"));
    }
    Rows.byHand(file, "UPDATE connections SET created_at = 'yesterday'");
    try (SqliteStore store = SqliteStore.at(file)) {
      Rows.failing(() -> store.find("acme", id), StoreErrorCode.STORE_DAMAGED);
    }
  }

  @Test
  void a_closed_store_refuses_every_call() {
    SqliteStore store = SqliteStore.at(directory.resolve("connections.db"));
    store.insert(Rows.row("acme", "Sales"));
    store.close();
    String id = Rows.row("acme", "Sales").id();
    Rows.failing(() -> store.find("acme", id), CoreErrorCode.CLOSED);
    Rows.failing(() -> store.insert(Rows.row("acme", "Other")), CoreErrorCode.CLOSED);
    Rows.failing(() -> store.count(Rows.ADMIN, ConnectionFilter.all()), CoreErrorCode.CLOSED);
    Rows.failing(() -> store.backupTo(directory.resolve("copy")), CoreErrorCode.CLOSED);
    Rows.failing(() -> store.keyset().load(), CoreErrorCode.CLOSED);
  }

  @Test
  void it_is_written_in_the_modes_that_the_documentation_promises() throws SQLException {
    Path file = directory.resolve("connections.db");
    SqliteStore.at(file).close();
    SqliteFile kept = SqliteFile.at(file);
    Session writer = kept.open();
    Session reader = kept.openToRead();
    try {
      assertThat(mode(writer, "journal_mode")).isEqualTo("wal");
      assertThat(mode(writer, "synchronous")).as("FULL").isEqualTo("2");
      assertThat(mode(writer, "foreign_keys")).isEqualTo("1");
      assertThat(mode(writer, "secure_delete")).isEqualTo("1");
      assertThat(mode(writer, "busy_timeout")).isEqualTo("10000");
      assertThat(mode(reader, "query_only")).isEqualTo("1");
      assertThat(mode(reader, "busy_timeout")).isEqualTo("10000");
    } finally {
      kept.release(reader);
      kept.release(writer);
    }
  }

  private static String mode(Session session, String name) throws SQLException {
    return session.first("PRAGMA " + name, row -> row.getString(1)).orElseThrow();
  }
}
