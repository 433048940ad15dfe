package dev.connections.core.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.connections.api.ConnectionException;
import dev.connections.core.access.Ownership;
import dev.connections.core.access.Visibility;
import dev.connections.core.secrets.KeysetStore;
import dev.connections.core.secrets.SecretErrorCode;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every {@link ConnectionStore} must do so that keys can be rotated. */
public abstract class SealedRowsContract {
  private static final Instant NOON = Instant.parse("2026-05-01T12:00:00Z");
  private static final long OLD = 4_294_967_295L; // the greatest number of 32 bits without a sign
  private static final long NEW = 7;
  private static final SealedRow.Part CONFIGURATION = SealedRow.Part.CONFIGURATION;

  private ConnectionStore store;
  private SealedRows rows;
  private KeysetStore keyset;

  /** {@return an empty store, open until it is closed after the test} */
  protected abstract ConnectionStore emptyStore() throws Exception;

  @BeforeEach
  final void open() throws Exception {
    store = emptyStore();
    rows = store.sealedRows();
    keyset = store.keyset();
    assertThat(keyset.replace(Optional.empty(), "both", Set.of(OLD, NEW))).isTrue();
  }

  @AfterEach
  final void close() {
    store.close();
  }

  private static StoredConnection row(String account, String name, OptionalLong key) {
    String id = UUID.nameUUIDFromBytes((account + name).getBytes()).toString();
    return StoredConnection.builder(
            id,
            new Ownership(account, Optional.empty(), "ada", Visibility.PRIVATE, false),
            name,
            "MSSQL",
            new StoredConfiguration(1, "{\"x\":\"" + name + "\"}", key))
        .created("ada", NOON)
        .build();
  }

  private StoredConnection stored(String account, String name, long key) {
    StoredConnection row = row(account, name, OptionalLong.of(key));
    store.insert(row);
    return row;
  }

  private static void assertCode(ThrowingCallable call, SecretErrorCode code) {
    ConnectionException thrown = catchThrowableOfType(ConnectionException.class, call);
    assertThat(thrown).as("fails with %s", code).isNotNull();
    assertThat(thrown.code()).isEqualTo(code);
    assertThat(thrown.failure().remedy()).isPresent();
  }

  private SealedRow only(String account, long key) {
    List<SealedRow> listed = rows.list(account, CONFIGURATION, key, "", 10);
    assertThat(listed).hasSize(1);
    return listed.get(0);
  }

  @Test
  void a_row_comes_back_with_its_key_or_without_one() {
    StoredConnection sealed = stored("acme", "Sealed", OLD);
    StoredConnection clear = row("acme", "Clear", OptionalLong.empty());
    store.insert(clear);
    assertThat(store.find("acme", sealed.id())).contains(sealed);
    assertThat(store.find("acme", clear.id())).contains(clear);
  }

  @Test
  void rows_are_counted_by_key_over_all_accounts() {
    assertThat(rows.countByKey()).isEmpty();
    stored("acme", "a", OLD);
    stored("acme", "b", NEW);
    stored("other", "a", OLD);
    store.insert(row("acme", "clear", OptionalLong.empty()));
    assertThat(rows.countByKey()).isEqualTo(Map.of(OLD, 2L, NEW, 1L));
  }

  @Test
  void accounts_and_rows_are_found_by_key_one_after_the_other() {
    for (String account : List.of("acme", "beta", "corp")) {
      stored(account, "new", NEW);
    }
    for (int i = 0; i < 5; i++) {
      stored("acme", "a" + i, OLD);
    }
    stored("corp", "c", OLD);
    assertThat(rows.nextAccount(CONFIGURATION, OLD, "")).contains("acme");
    assertThat(rows.nextAccount(CONFIGURATION, OLD, "acme")).contains("corp");
    assertThat(rows.nextAccount(CONFIGURATION, OLD, "corp")).isEmpty();
    List<SealedRow> first = rows.list("acme", CONFIGURATION, OLD, "", 3);
    List<SealedRow> rest = rows.list("acme", CONFIGURATION, OLD, first.get(2).connection(), 3);
    assertThat(first).hasSize(3).extracting(SealedRow::connection).isSorted();
    assertThat(rest).hasSize(2).doesNotContainAnyElementsOf(first);
    assertThat(rows.list("beta", CONFIGURATION, OLD, "", 3)).isEmpty();
    assertThat(rows.list("nobody", CONFIGURATION, OLD, "", 3)).isEmpty();
  }

  @Test
  void what_is_encrypted_anew_changes_the_row_and_none_of_its_numbers() {
    StoredConnection before = stored("acme", "a", OLD);
    SealedRow read = only("acme", OLD);
    assertThat(rows.replace("acme", List.of(new SealedRow.Change(read, "{\"y\":1}", NEW))))
        .isEqualTo(1);
    assertThat(store.find("acme", before.id()))
        .contains(
            before.toBuilder()
                .configuration(new StoredConfiguration(1, "{\"y\":1}", OptionalLong.of(NEW)))
                .build());
    assertThat(rows.countByKey()).isEqualTo(Map.of(NEW, 1L));
  }

  @Test
  void a_row_that_somebody_changed_or_deleted_meanwhile_stays_as_he_left_it() {
    StoredConnection before = stored("acme", "a", OLD);
    SealedRow read = only("acme", OLD);
    StoredConfiguration his = new StoredConfiguration(1, "{\"his\":1}", OptionalLong.of(OLD));
    store.replace(before.toBuilder().configuration(his).changed(NOON, 2, 2).build(), 1);
    SealedRow.Change late = new SealedRow.Change(read, "{\"y\":1}", NEW);
    assertThat(rows.replace("acme", List.of(late))).isZero();
    assertThat(store.find("acme", before.id()).orElseThrow().configuration()).isEqualTo(his);
    store.delete("acme", before.id(), 2);
    assertThat(rows.replace("acme", List.of(late))).isZero();
    assertThat(rows.replace("nobody", List.of(late))).isZero();
  }

  @Test
  void no_row_of_another_account_is_replaced() {
    StoredConnection mine = stored("acme", "a", OLD);
    SealedRow read = only("acme", OLD);
    assertThat(rows.replace("other", List.of(new SealedRow.Change(read, "{}", NEW)))).isZero();
    assertThat(store.find("acme", mine.id())).contains(mine);
  }

  @Test
  void rows_of_several_accounts_are_replaced_together() {
    for (String account : List.of("acme", "beta")) {
      stored(account, "a", OLD);
      stored(account, "b", OLD);
    }
    int replaced =
        rows.together(
            () -> {
              int count = 0;
              for (String account : List.of("acme", "beta")) {
                List<SealedRow.Change> changes =
                    rows.list(account, CONFIGURATION, OLD, "", 10).stream()
                        .map(row -> new SealedRow.Change(row, "{}", NEW))
                        .toList();
                count += store.atomically(account, () -> rows.replace(account, changes));
              }
              return count;
            });
    assertThat(replaced).isEqualTo(4);
    assertThat(rows.countByKey()).isEqualTo(Map.of(NEW, 4L));
  }

  @Test
  void a_key_that_a_row_is_encrypted_with_is_not_given_up() {
    StoredConnection row = stored("acme", "a", OLD);
    assertCode(
        () -> keyset.replace(Optional.of("both"), "one", Set.of(NEW)), SecretErrorCode.KEY_IN_USE);
    assertThat(keyset.load()).contains("both");
    store.delete("acme", row.id(), 1);
    assertThat(keyset.replace(Optional.of("both"), "one", Set.of(NEW))).isTrue();
    assertThat(keyset.load()).contains("one");
  }

  @Test
  void nothing_is_written_with_a_retired_key() {
    StoredConnection row = stored("acme", "a", NEW);
    assertThat(keyset.replace(Optional.of("both"), "one", Set.of(NEW))).isTrue();
    assertCode(
        () -> store.insert(row("acme", "b", OptionalLong.of(OLD))), SecretErrorCode.KEY_RETIRED);
    StoredConnection late =
        row.toBuilder()
            .configuration(new StoredConfiguration(1, "{}", OptionalLong.of(OLD)))
            .changed(NOON, 2, 2)
            .build();
    assertCode(() -> store.replace(late, 1), SecretErrorCode.KEY_RETIRED);
    SealedRow read = only("acme", NEW);
    assertCode(
        () -> rows.replace("acme", List.of(new SealedRow.Change(read, "{}", OLD))),
        SecretErrorCode.KEY_RETIRED);
    assertThat(store.find("acme", row.id())).contains(row);
    assertThat(rows.countByKey()).isEqualTo(Map.of(NEW, 1L));
  }

  @Test
  void keys_of_a_keyset_that_another_process_has_replaced_change_nothing() {
    assertThat(keyset.replace(Optional.of("stale"), "one", Set.of(1L))).isFalse();
    assertThat(keyset.load()).contains("both");
    stored("acme", "a", OLD);
    assertCode(
        () -> store.insert(row("acme", "b", OptionalLong.of(1))), SecretErrorCode.KEY_RETIRED);
  }

  @Test
  void a_row_says_where_it_is_and_not_what_is_in_it() {
    stored("acme", "hunter2", OLD);
    SealedRow read = only("acme", OLD);
    assertThat(read.toString() + new SealedRow.Change(read, "hunter2", NEW))
        .contains(read.connection())
        .doesNotContain("hunter2");
  }
}
