package dev.connections.store.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.connections.core.ConnectionFilter;
import dev.connections.core.audit.AuditOperation;
import dev.connections.core.audit.AuditRecord;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SqliteMigrationTest {
  @TempDir Path directory;
  private Path file;

  @BeforeEach
  void name() {
    file = directory.resolve("connections.db");
  }

  /** A store as version 1 had it, with a row written by hand. */
  private void versionOne() throws Exception {
    Files.createFile(
        file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    Rows.byHand(file, "PRAGMA application_id = " + SqliteSchema.APPLICATION);
    SqliteSchema.migrate(SqliteFile.at(file), 1);
    Rows.byHand(
        file,
        "INSERT INTO connections (account_id, id, name, name_key, search_text, type, type_key,"
            + " configuration, configuration_format, owner_id, created_by, created_at, updated_at)"
            + " VALUES ('acme', 'one', 'Sales', 'sales', 'sales', 'MSSQL', 'mssql', '{}', 1, 'ada',"
            + " 'ada', '2026-05-01T12:00:00.000000000Z', '2026-05-01T12:00:00.000000000Z')");
  }

  private static AuditRecord record() {
    return AuditRecord.of(AuditOperation.TEST, Rows.NOON, "acme", "ada").build();
  }

  @Test
  void an_older_store_is_brought_to_the_present_form_and_keeps_its_rows() throws Exception {
    versionOne();
    try (SqliteStore store = SqliteStore.at(file)) {
      assertThat(store.find("acme", "one").orElseThrow().name()).isEqualTo("Sales");
      store.audit().append(record());
      assertThat(store.audit().records("acme", 0, 10)).containsExactly(record());
    }
    assertThat(SqliteSchema.version(SqliteFile.at(file))).isEqualTo(SqliteSchema.NEWEST);
  }

  @Test
  void the_key_of_older_rows_is_that_of_the_keyset() throws Exception {
    versionOne();
    Rows.byHand(
        file,
        "INSERT INTO keyset (id, encrypted) VALUES (1, '{\"encryptedKeyset\":\"AAAA\","
            + "\"keysetInfo\":{\"primaryKeyId\":4000000001,\"keyInfo\":[{\"typeUrl\":\"t\","
            + "\"status\":\"ENABLED\",\"keyId\":4000000001,\"outputPrefixType\":\"TINK\"}]}}')",
        "UPDATE connections SET configuration = '{\"p\":\"sealed:1:4000000001:AAAA\"}'");
    try (SqliteStore store = SqliteStore.at(file)) {
      assertThat(store.sealedRows().countByKey()).isEqualTo(Map.of(4_000_000_001L, 1L));
      assertThat(store.find("acme", "one").orElseThrow().configuration().keyId())
          .hasValue(4_000_000_001L);
      store.insert(Rows.row("acme", "Clear"));
    }
  }

  @Test
  void a_copy_of_the_older_form_stays_and_opens_like_a_store() throws Exception {
    versionOne();
    SqliteStore.at(file).close();
    Path copy = directory.resolve("connections.db.version-1");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(copy)))
        .isEqualTo("rw-------");
    assertThat(SqliteSchema.version(SqliteFile.at(copy))).isEqualTo(1);
    try (SqliteStore store = SqliteStore.at(copy)) {
      assertThat(store.find("acme", "one")).isPresent();
    }
  }

  @Test
  void a_migration_that_fails_leaves_the_file_as_it_was() throws Exception {
    versionOne();
    Rows.byHand(file, "CREATE TABLE audit_log (remark TEXT)");
    for (int i = 0; i < 2; i++) {
      Rows.failing(() -> SqliteStore.at(file), StoreErrorCode.MIGRATION_FAILED);
      assertThat(SqliteSchema.version(SqliteFile.at(file))).isEqualTo(1);
    }
    Rows.byHand(file, "DROP TABLE audit_log");
    try (SqliteStore store = SqliteStore.at(file)) {
      assertThat(store.find("acme", "one")).isPresent();
    }
  }

  @Test
  void a_newer_store_is_refused_in_a_sentence_and_stays_as_it_is() throws Exception {
    SqliteStore.at(file).close();
    Rows.byHand(file, "PRAGMA user_version = 99");
    assertThat(Rows.failing(() -> SqliteStore.at(file), StoreErrorCode.STORE_TOO_NEW))
        .hasMessageContaining("version 99")
        .hasMessageContaining("up to " + SqliteSchema.NEWEST);
    Rows.byHand(file, "PRAGMA user_version = " + SqliteSchema.NEWEST);
    SqliteStore.at(file).close();
  }

  @Test
  void a_store_that_was_never_finished_is_finished() throws Exception {
    Files.createFile(
        file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    Rows.byHand(
        file, "PRAGMA application_id = " + SqliteSchema.APPLICATION, "PRAGMA journal_mode = WAL");
    try (SqliteStore store = SqliteStore.at(file)) {
      store.insert(Rows.row("acme", "Sales"));
    }
  }

  @Test
  void many_who_open_a_new_store_at_once_all_get_it() throws Exception {
    List<Callable<Boolean>> openings = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      String name = "Connection " + i;
      openings.add(
          () -> {
            try (SqliteStore store = SqliteStore.at(file)) {
              store.insert(Rows.row("acme", name));
            }
            return true;
          });
    }
    ExecutorService threads = Executors.newFixedThreadPool(openings.size());
    try {
      for (Future<Boolean> opening : threads.invokeAll(openings)) {
        assertThat(opening.get()).isTrue();
      }
    } finally {
      threads.shutdownNow();
    }
    try (SqliteStore store = SqliteStore.at(file)) {
      assertThat(store.count(Rows.ADMIN, ConnectionFilter.all())).isEqualTo(openings.size());
    }
  }
}
