package dev.connections.core.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.connections.api.Quota;
import dev.connections.core.SeenQuota;
import dev.connections.core.access.Ownership;
import dev.connections.core.access.Visibility;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every {@link QuotaRows} must do. The test of a store that has one extends it. */
public abstract class QuotaRowsContract {
  private static final Instant NOON = Instant.parse("2026-05-01T12:00:00.123456Z");

  private ConnectionStore store;
  private QuotaRows quotas;

  /** {@return an empty store, open until it is closed after the test} */
  protected abstract ConnectionStore emptyStore() throws Exception;

  @BeforeEach
  final void open() throws Exception {
    store = emptyStore();
    quotas = store.quotas().orElseThrow();
    for (String id : List.of("a", "b", "c")) {
      connection("acme", id);
    }
    connection("other", "a");
  }

  @AfterEach
  final void close() {
    store.close();
  }

  private void connection(String account, String id) {
    store.insert(
        StoredConnection.builder(
                id,
                new Ownership(account, Optional.empty(), "ada", Visibility.PRIVATE, false),
                id,
                "MSSQL",
                new StoredConfiguration(1, "{}"))
            .created("ada", NOON)
            .build());
  }

  private static QuotaRow row(String connection, Optional<String> budget, long used, int second) {
    Quota quota =
        new Quota(
            "daily calls ☃",
            OptionalLong.of(used),
            OptionalLong.of(5_000_000_000L),
            Optional.of(NOON.plusSeconds(3600)));
    return new QuotaRow(connection, budget, new SeenQuota(quota, NOON.plusSeconds(second)));
  }

  private static QuotaRow alone(String connection, long used, int second) {
    return row(connection, Optional.empty(), used, second);
  }

  @Test
  void what_was_said_comes_back_as_it_was_also_where_much_of_it_is_unknown() {
    QuotaRow known = alone("a", 4_000_000_000L, 0);
    QuotaRow unknown =
        new QuotaRow(
            "a",
            Optional.empty(),
            new SeenQuota(
                new Quota("x", OptionalLong.empty(), OptionalLong.empty(), Optional.empty()),
                NOON));
    quotas.keep("acme", List.of(known, unknown));
    assertThat(quotas.find("acme", "a")).containsExactlyInAnyOrder(known, unknown);
    assertThat(quotas.find("acme", "b")).isEmpty();
    assertThat(quotas.find("other", "a")).isEmpty();
    assertThat(quotas.find("acme", "a\0b")).isEmpty();
  }

  @Test
  void what_was_said_later_replaces_what_was_said_before_and_not_the_other_way_round() {
    quotas.keep("acme", List.of(alone("a", 1, 10)));
    quotas.keep("acme", List.of(alone("a", 2, 20)));
    quotas.keep("acme", List.of(alone("a", 3, 15)));
    assertThat(quotas.find("acme", "a")).containsExactly(alone("a", 2, 20));
  }

  @Test
  void connections_that_share_a_budget_hear_of_each_others_calls() {
    Optional<String> shared = Optional.of("org 1");
    QuotaRow first = row("a", shared, 1, 0);
    QuotaRow second = row("b", shared, 2, 5);
    quotas.keep("acme", List.of(second, first, row("c", Optional.of("org 2"), 9, 9)));
    assertThat(quotas.find("acme", "a")).containsExactlyInAnyOrder(first, second);
    assertThat(quotas.find("acme", "c")).hasSize(1);
  }

  @Test
  void rows_are_deleted_with_their_connection_and_none_is_kept_of_one_that_is_gone() {
    quotas.keep("acme", List.of(alone("a", 1, 0), alone("gone", 1, 0), alone("b", 1, 0)));
    assertThat(quotas.find("acme", "b")).hasSize(1);
    assertThat(quotas.find("acme", "gone")).isEmpty();
    store.delete("acme", "a", 1);
    connection("acme", "a");
    assertThat(quotas.find("acme", "a")).isEmpty();
  }

  @Test
  void rows_are_kept_with_the_work_they_belong_to_or_not_at_all() {
    assertThatThrownBy(
            () ->
                store.atomically(
                    "acme",
                    () -> {
                      quotas.keep("acme", List.of(alone("a", 1, 0)));
                      throw new IllegalStateException("broken off");
                    }))
        .isInstanceOf(IllegalStateException.class);
    assertThat(quotas.find("acme", "a")).isEmpty();
  }
}
