package dev.connections.store.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.connections.core.audit.AuditOperation;
import dev.connections.core.audit.AuditRecord;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The log beside the file, which must not grow for ever, and what is one transaction in it. */
final class WriteAheadLogTest {
  private static final int LARGE = 1_000_000;
  private static final long PAGES_EACH = LARGE / 4096;

  @TempDir Path directory;
  private SqliteFile file;
  private SqliteStore store;
  private int written;

  @BeforeEach
  void open() {
    file = SqliteFile.at(directory.resolve("connections.db"));
    store = SqliteStore.open(file);
  }

  @AfterEach
  void close() {
    store.close();
  }

  private static AuditRecord record(String account, String object) {
    return AuditRecord.of(AuditOperation.TEST, Rows.NOON, account, "ada").object(object).build();
  }

  /** Writes more pages than the log may have before it is moved. */
  private void writeMuch() {
    for (long pages = 0; pages <= WriteAheadLog.PAGES; pages += PAGES_EACH) {
      store.audit().append(record("acme", "x".repeat(LARGE)));
      written++;
    }
  }

  /** A log that was moved begins anew with the next commit. */
  private void assertBeginsAnew() throws SQLException {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
    do {
      assertThat(System.nanoTime()).as("the log has %d pages", pages()).isLessThan(deadline);
      store.audit().append(record("acme", "x"));
      written++;
    } while (pages() > WriteAheadLog.PAGES / 2);
  }

  private long pages() throws SQLException {
    try (Session session = file.openToRead()) {
      return WriteAheadLog.pages(session);
    }
  }

  @Test
  void the_log_begins_anew_after_it_has_grown() throws SQLException {
    writeMuch();
    assertBeginsAnew();
    assertThat(store.audit().firstBroken("acme")).isEmpty();
  }

  @Test
  void a_store_may_be_closed_while_its_log_is_being_moved() {
    for (int i = 0; i < 3; i++) {
      writeMuch();
      store.close();
      store = SqliteStore.open(file);
    }
    assertThat(store.audit().firstBroken("acme")).isEmpty();
  }

  @Test
  void a_reader_that_stays_stops_no_commit_and_the_log_is_moved_when_he_has_gone()
      throws SQLException {
    store.audit().append(record("acme", "x"));
    written++;
    try (Session reader = file.openToRead()) {
      reader.run("BEGIN");
      assertThat(reader.number("SELECT count(*) FROM audit_log", List.of())).isEqualTo(1);
      writeMuch();
      assertThat(pages()).isGreaterThan(WriteAheadLog.PAGES);
      assertThat(reader.number("SELECT count(*) FROM audit_log", List.of())).isEqualTo(1);
    }
    writeMuch();
    assertBeginsAnew();
    assertThat(store.audit().records("acme", written - 1L, 10)).hasSize(1);
    assertThat(store.audit().firstBroken("acme")).isEmpty();
  }

  @Test
  void work_on_several_accounts_is_one_transaction() {
    assertThatThrownBy(
            () ->
                store
                    .sealedRows()
                    .together(
                        () -> {
                          store.audit().append(record("acme", "x"));
                          store.atomically(
                              "beta",
                              () -> {
                                store.audit().append(record("beta", "x"));
                                return 1;
                              });
                          throw new IllegalStateException("in the middle");
                        }))
        .isInstanceOf(IllegalStateException.class);
    assertThat(store.audit().records("acme", 0, 10)).isEmpty();
    assertThat(store.audit().records("beta", 0, 10)).isEmpty();
  }
}
