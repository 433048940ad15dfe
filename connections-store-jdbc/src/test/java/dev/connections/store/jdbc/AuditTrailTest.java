package dev.connections.store.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.connections.core.audit.AuditCheck;
import dev.connections.core.audit.AuditEntry;
import dev.connections.core.audit.AuditOperation;
import dev.connections.core.audit.AuditQuery;
import dev.connections.core.audit.AuditRecord;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The oldest records go, and what is left can still be checked: in each database. */
final class AuditTrailTest {
  private static final int COUNT = 20;

  @TempDir static Path directory;

  static Stream<DatabaseStore> stores() {
    return Stream.of(
        SqliteStore.at(directory.resolve("connections" + System.nanoTime() + ".db")),
        PostgresServer.open(PostgresServer.emptied()));
  }

  private static Instant at(int number) {
    return Rows.NOON.plusSeconds(number);
  }

  private static void written(DatabaseStore store, String account) {
    for (int number = 1; number <= COUNT; number++) {
      store.audit().append(AuditRecord.of(AuditOperation.TEST, at(number), account, "ada").build());
    }
  }

  private static AuditRecord by(String account) {
    return AuditRecord.of(AuditOperation.CUT_AUDIT, at(100), account, "root").build();
  }

  @ParameterizedTest
  @MethodSource("stores")
  void what_is_cut_off_is_gone_and_the_rest_is_still_a_chain(DatabaseStore store) {
    try (store) {
      written(store, "acme");
      written(store, "other");
      AuditCheck whole = store.audit().check("acme");
      assertThat(whole.sound()).isTrue();
      assertThat(whole.cutOff()).isZero();
      assertThat(whole.last()).isEqualTo(COUNT);
      assertThat(store.audit().cut(by("acme"), at(8))).isEqualTo(7);
      List<AuditEntry> left = store.audit().find("acme", AuditQuery.all());
      assertThat(left).extracting(AuditEntry::number).last().isEqualTo(8L);
      AuditEntry told = left.get(0);
      assertThat(told.record().operation()).isEqualTo(AuditOperation.CUT_AUDIT);
      assertThat(told.record().user()).isEqualTo("root");
      assertThat(told.record().object().orElseThrow()).startsWith("records up to 7 with the hash ");
      AuditCheck rest = store.audit().check("acme");
      assertThat(rest.sound()).isTrue();
      assertThat(rest.cutOff()).isEqualTo(7);
      assertThat(rest.last()).isEqualTo(COUNT + 1);
      assertThat(rest.lastHash()).isEqualTo(told.hash());
      assertThat(left.get(1).hash()).isEqualTo(whole.lastHash());
      assertThat(store.audit().check("other").cutOff()).isZero();
      assertThat(store.audit().find("other", AuditQuery.all())).hasSize(COUNT);
    }
  }

  @ParameterizedTest
  @MethodSource("stores")
  void a_second_cut_goes_on_from_the_first_and_records_are_numbered_on(DatabaseStore store) {
    try (store) {
      written(store, "acme");
      store.audit().cut(by("acme"), at(8));
      assertThat(store.audit().cut(by("acme"), at(8))).isZero();
      assertThat(store.audit().check("acme").last()).isEqualTo(COUNT + 1);
      assertThat(store.audit().cut(by("acme"), at(1000))).isEqualTo(COUNT + 1 - 7);
      assertThat(store.audit().check("acme").sound()).isTrue();
      assertThat(store.audit().find("acme", AuditQuery.all()))
          .singleElement()
          .satisfies(entry -> assertThat(entry.number()).isEqualTo(COUNT + 2));
      written(store, "acme");
      assertThat(store.audit().check("acme"))
          .satisfies(check -> assertThat(check.sound()).isTrue())
          .satisfies(check -> assertThat(check.last()).isEqualTo(COUNT + 2 + COUNT));
      assertThat(store.audit().cut(by("nobody"), at(1000))).isZero();
      assertThat(store.audit().find("nobody", AuditQuery.all())).isEmpty();
    }
  }

  @ParameterizedTest
  @MethodSource("stores")
  void a_cut_that_is_undone_has_cut_nothing(DatabaseStore store) {
    try (store) {
      written(store, "acme");
      assertThatThrownBy(
              () ->
                  store.atomically(
                      "acme",
                      () -> {
                        store.audit().cut(by("acme"), at(8));
                        throw new IllegalStateException("broken off");
                      }))
          .isInstanceOf(IllegalStateException.class);
      assertThat(store.audit().find("acme", AuditQuery.all())).hasSize(COUNT);
      assertThat(store.audit().check("acme").cutOff()).isZero();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "DELETE FROM audit_cuts",
        "UPDATE audit_cuts SET hash = upper(hash)",
        "UPDATE audit_cuts SET sequence = sequence - 1",
        "UPDATE audit_log SET object = replace(object, '7', '6') WHERE operation = 'cut_audit'",
        "UPDATE audit_log SET user_id = 'eve' WHERE sequence = 8",
        "UPDATE audit_cuts SET sequence = 9, hash = (SELECT hash FROM audit_log WHERE sequence = 9);"
            + "DELETE FROM audit_log WHERE sequence <= 9"
      })
  void whoever_changes_a_cut_or_cuts_by_hand_is_found_out(String change) throws SQLException {
    Path file = directory.resolve("connections" + System.nanoTime() + ".db");
    try (SqliteStore store = SqliteStore.at(file)) {
      written(store, "acme");
      store.audit().cut(by("acme"), at(8));
      Rows.byHand(file, "DROP TRIGGER audit_log_keeps_records");
      Rows.byHand(file, change.split(";"));
      assertThat(store.audit().check("acme").sound()).isFalse();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"acme", "other"})
  void records_that_were_not_cut_off_are_never_deleted(String account) {
    String database = PostgresServer.emptied();
    try (PostgresStore store = PostgresServer.open(database)) {
      written(store, "acme");
      written(store, "other");
      store.audit().cut(by("acme"), at(8));
      assertThatThrownBy(
              () ->
                  PostgresServer.run(
                      database,
                      "DELETE FROM connections.audit_log WHERE sequence = 9 AND account_id = '"
                          + account
                          + "'"))
          .hasMessageContaining("never deleted");
      assertThat(store.audit().check(account).sound()).isTrue();
    }
  }
}
