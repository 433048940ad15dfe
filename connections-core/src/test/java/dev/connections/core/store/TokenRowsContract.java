package dev.connections.core.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.connections.api.ConnectionException;
import dev.connections.api.ErrorCode;
import dev.connections.api.StandardErrorCode;
import dev.connections.core.access.Ownership;
import dev.connections.core.access.Visibility;
import dev.connections.core.secrets.SecretErrorCode;
import java.time.Duration;
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
import org.junit.jupiter.api.Timeout;

/** What every {@link ConnectionStore} must do so that no refresh token is lost. */
@Timeout(60)
public abstract class TokenRowsContract {
  private static final Instant NOON = Instant.parse("2026-05-01T12:00:00Z");
  private static final Duration LONG = Duration.ofHours(1);
  private static final long KEY = 4_000_000_000L;
  private static final long OTHER_KEY = 7;

  private ConnectionStore store;
  private TokenRows rows;
  private String id;

  /** {@return an empty store, open until it is closed after the test} */
  protected abstract ConnectionStore emptyStore() throws Exception;

  @BeforeEach
  final void open() throws Exception {
    store = emptyStore();
    rows = store.tokenRows();
    assertThat(store.keyset().replace(Optional.empty(), "keys", Set.of(KEY, OTHER_KEY))).isTrue();
    id = connection("acme", Optional.empty());
  }

  @AfterEach
  final void close() {
    store.close();
  }

  private String connection(String account, Optional<String> workspace) {
    String made = UUID.randomUUID().toString();
    store.insert(
        StoredConnection.builder(
                made,
                new Ownership(account, workspace, "ada", Visibility.PRIVATE, false),
                made,
                "MSSQL",
                new StoredConfiguration(1, "{}"))
            .created("ada", NOON)
            .build());
    return made;
  }

  private static TokenRow tokens(
      String account, String connection, String text, long configuration, long version) {
    return new TokenRow(account, connection, configuration, text, OptionalLong.of(KEY), version);
  }

  private boolean write(String text, long configuration, long version) {
    return rows.replace(tokens("acme", id, text, configuration, version));
  }

  private static void assertCode(ThrowingCallable call, ErrorCode code) {
    ConnectionException thrown = catchThrowableOfType(ConnectionException.class, call);
    assertThat(thrown).as("fails with %s", code.id()).isNotNull();
    assertThat(thrown.code().id()).isEqualTo(code.id());
  }

  @Test
  void there_are_no_tokens_until_somebody_asks_for_them() {
    assertThat(rows.find("acme", id)).isEmpty();
    assertThat(write("first", 1, 0)).as("nobody has the lease").isFalse();
    assertThat(rows.lease("acme", id, 3, "one", LONG)).isTrue();
    assertThat(rows.find("acme", id))
        .contains(new TokenRow("acme", id, 3, "", OptionalLong.empty(), 0));
  }

  @Test
  void tokens_are_replaced_by_who_has_seen_the_present_ones_only() {
    rows.lease("acme", id, 1, "one", LONG);
    assertThat(write("first", 1, 0)).isTrue();
    assertThat(rows.find("acme", id)).contains(tokens("acme", id, "first", 1, 1));
    assertThat(write("late", 1, 0)).isFalse();
    assertThat(write("second", 1, 1)).isTrue();
    assertThat(rows.find("acme", id)).contains(tokens("acme", id, "second", 1, 2));
  }

  @Test
  void tokens_of_an_earlier_configuration_never_replace_those_of_a_later_one() {
    rows.lease("acme", id, 5, "one", LONG);
    assertThat(write("first", 5, 0)).isTrue();
    assertThat(write("earlier", 4, 1)).isFalse();
    assertThat(write("later", 6, 1)).isTrue();
    assertThat(rows.find("acme", id)).contains(tokens("acme", id, "later", 6, 2));
  }

  @Test
  void a_lease_is_one_holders_until_he_gives_it_back() {
    assertThat(rows.lease("acme", id, 1, "one", LONG)).isTrue();
    assertThat(rows.lease("acme", id, 1, "two", LONG)).isFalse();
    assertThat(rows.lease("acme", id, 1, "one", LONG)).as("renewed").isTrue();
    rows.release("acme", id, "two");
    assertThat(rows.lease("acme", id, 1, "two", LONG)).isFalse();
    rows.release("acme", id, "one");
    assertThat(rows.lease("acme", id, 1, "two", LONG)).isTrue();
    assertThat(rows.lease("acme", id, 1, "one", LONG)).isFalse();
    rows.release("other", id, "two");
    assertThat(rows.lease("acme", id, 1, "one", LONG)).isFalse();
  }

  @Test
  void a_lease_ends_by_itself_and_tokens_stay() {
    assertThat(rows.lease("acme", id, 1, "dead", Duration.ofMillis(1))).isTrue();
    assertThat(write("first", 1, 0)).isTrue();
    boolean taken = false;
    while (!taken) { // as long as the test's time limit lets it
      taken = rows.lease("acme", id, 1, "next", LONG);
    }
    assertThat(rows.find("acme", id)).contains(tokens("acme", id, "first", 1, 1));
    assertThat(write("second", 1, 1)).isTrue();
  }

  @Test
  void a_connection_of_another_account_has_no_tokens_and_a_missing_one_no_lease() {
    rows.lease("acme", id, 1, "one", LONG);
    write("first", 1, 0);
    assertThat(rows.find("other", id)).isEmpty();
    assertThat(rows.replace(tokens("other", id, "theirs", 1, 1))).isFalse();
    assertCode(() -> rows.lease("other", id, 1, "one", LONG), StandardErrorCode.NOT_FOUND);
    assertCode(() -> rows.lease("acme", "absent", 1, "one", LONG), StandardErrorCode.NOT_FOUND);
    assertThat(rows.find("acme", id)).contains(tokens("acme", id, "first", 1, 1));
  }

  @Test
  void tokens_go_with_their_connection_its_workspace_or_its_account() {
    String inNorth = connection("acme", Optional.of("north"));
    String theirs = connection("other", Optional.empty());
    for (String connection : List.of(id, inNorth)) {
      rows.lease("acme", connection, 1, "one", LONG);
      rows.replace(tokens("acme", connection, "t", 1, 0));
    }
    rows.lease("other", theirs, 1, "one", LONG);
    rows.replace(tokens("other", theirs, "t", 1, 0));
    assertThat(store.sealedRows().countByKey()).isEqualTo(Map.of(KEY, 3L));
    store.delete("acme", id, 1);
    assertThat(rows.find("acme", id)).isEmpty();
    assertThat(rows.replace(tokens("acme", id, "late", 1, 1))).isFalse();
    store.deleteWorkspace("acme", "north");
    assertThat(rows.find("acme", inNorth)).isEmpty();
    assertThat(rows.find("other", theirs)).isPresent();
    store.deleteAccount("other");
    assertThat(rows.find("other", theirs)).isEmpty();
    assertThat(store.sealedRows().countByKey()).isEmpty();
  }

  @Test
  void tokens_are_found_by_their_key_and_encrypted_anew_without_a_new_version() {
    rows.lease("acme", id, 2, "one", LONG);
    write("first", 2, 0);
    SealedRows sealed = store.sealedRows();
    assertThat(sealed.nextAccount(SealedRow.Part.TOKENS, KEY, "")).contains("acme");
    assertThat(sealed.nextAccount(SealedRow.Part.CONFIGURATION, KEY, "")).isEmpty();
    List<SealedRow> listed = sealed.list("acme", SealedRow.Part.TOKENS, KEY, "", 10);
    assertThat(listed)
        .containsExactly(new SealedRow("acme", id, SealedRow.Part.TOKENS, 1, "first"));
    SealedRow.Change change = new SealedRow.Change(listed.get(0), "anew", OTHER_KEY);
    assertThat(sealed.replace("other", List.of(change))).isZero();
    assertThat(sealed.replace("acme", List.of(change))).isEqualTo(1);
    assertThat(sealed.replace("acme", List.of(change))).as("it isn't as it was read").isZero();
    assertThat(rows.find("acme", id))
        .contains(new TokenRow("acme", id, 2, "anew", OptionalLong.of(OTHER_KEY), 1));
    assertThat(write("second", 2, 1)).as("who read before writes all the same").isTrue();
    assertThat(sealed.countByKey()).isEqualTo(Map.of(KEY, 1L));
  }

  @Test
  void no_tokens_are_written_with_a_retired_key_and_no_key_of_theirs_is_given_up() {
    rows.lease("acme", id, 1, "one", LONG);
    write("first", 1, 0);
    assertCode(
        () -> store.keyset().replace(Optional.of("keys"), "next", Set.of(OTHER_KEY)),
        SecretErrorCode.KEY_IN_USE);
    assertThat(store.keyset().replace(Optional.of("keys"), "next", Set.of(KEY))).isTrue();
    assertCode(
        () -> rows.replace(new TokenRow("acme", id, 1, "second", OptionalLong.of(OTHER_KEY), 1)),
        SecretErrorCode.KEY_RETIRED);
    assertThat(rows.find("acme", id)).contains(tokens("acme", id, "first", 1, 1));
  }

  @Test
  void a_row_says_where_it_is_and_not_what_is_in_it() {
    assertThat(tokens("acme", id, "hunter2", 1, 1).toString())
        .contains(id)
        .doesNotContain("hunter2");
  }
}
