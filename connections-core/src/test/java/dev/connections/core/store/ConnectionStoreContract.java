package dev.connections.core.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.connections.api.ConnectionException;
import dev.connections.api.Page;
import dev.connections.core.ConnectionFilter;
import dev.connections.core.ConnectionSort;
import dev.connections.core.CoreErrorCode;
import dev.connections.core.ListRequest;
import dev.connections.core.TestStatus;
import dev.connections.core.TestSummary;
import dev.connections.core.access.AccessRules;
import dev.connections.core.access.Actor;
import dev.connections.core.access.Ownership;
import dev.connections.core.access.Permission;
import dev.connections.core.access.Role;
import dev.connections.core.access.Visibility;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every {@link ConnectionStore} must do. A store's test extends it. */
public abstract class ConnectionStoreContract {
  private static final Instant NOON = Instant.parse("2026-05-01T12:00:00Z");
  private static final Actor ADMIN = Actor.of("acme", "root", Role.ADMIN);

  private final Random random = new Random(42);
  private ConnectionStore store;

  /** {@return an empty store, open until it is closed after the test} */
  protected abstract ConnectionStore emptyStore() throws Exception;

  @BeforeEach
  final void open() throws Exception {
    store = emptyStore();
  }

  @AfterEach
  final void closeTwice() {
    store.close();
    store.close();
  }

  private String id() {
    return new UUID(random.nextLong(), random.nextLong()).toString();
  }

  private static Ownership owned(String account, Optional<String> workspace, String owner) {
    return new Ownership(account, workspace, owner, Visibility.PRIVATE, false);
  }

  private StoredConnection.Builder row(String account, String name) {
    return StoredConnection.builder(
            id(),
            owned(account, Optional.empty(), "ada"),
            name,
            "MSSQL",
            new StoredConfiguration(1, "{\"server\":\"s\"}"))
        .created("ada", NOON);
  }

  private StoredConnection stored(StoredConnection row) {
    store.insert(row);
    return row;
  }

  private StoredConnection present(StoredConnection row) {
    return store.find(row.account(), row.id()).orElseThrow();
  }

  private static void assertCode(ThrowingCallable call, CoreErrorCode code) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            ConnectionException.class, e -> assertThat(e.code().id()).isEqualTo(code.id()));
  }

  private static List<String> names(Page<StoredConnection> page) {
    return page.items().stream().map(StoredConnection::name).toList();
  }

  @Test
  void a_row_comes_back_as_it_went_in() {
    StoredConnection row =
        row("acme", "Sales")
            .description(Optional.of("Zeile 1\nLigne 2 — ☃ 𝄞"))
            .active(false)
            .test(new TestSummary(TestStatus.FAILED, Optional.of(NOON), Optional.of("no")))
            .pending(Optional.of(new PendingTest("run", NOON.plusSeconds(30))))
            .importSettings(Optional.of("{\"version\":1}"))
            .lastImport(Optional.of(NOON.plusMillis(5)))
            .importRate(OptionalDouble.of(1234.5))
            .ownership(new Ownership("acme", Optional.of("north"), "bob", Visibility.LOCKED, true))
            .changed(NOON.plusSeconds(9), 7, 3)
            .build();
    store.insert(row);
    assertThat(store.find("acme", row.id())).contains(row);
  }

  @Test
  void nothing_is_found_under_another_account_or_another_id() {
    StoredConnection row = stored(row("acme", "Sales").build());
    assertThat(store.find("other", row.id())).isEmpty();
    assertThat(store.find("acme", id())).isEmpty();
    assertThat(store.find("acme", "'; drop table connections; --")).isEmpty();
    assertThat(store.find("acme", "")).isEmpty();
  }

  @Test
  void a_name_is_taken_once_in_an_account_and_workspace_and_case_matters() {
    stored(row("acme", "Sales").build());
    assertCode(() -> store.insert(row("acme", "Sales").build()), CoreErrorCode.NAME_TAKEN);
    stored(row("acme", "SALES").build());
    stored(row("other", "Sales").build());
    Ownership north = owned("acme", Optional.of("north"), "ada");
    stored(row("acme", "Sales").ownership(north).build());
    assertCode(
        () -> store.insert(row("acme", "Sales").ownership(north).build()),
        CoreErrorCode.NAME_TAKEN);
    assertThat(store.count(ADMIN, ConnectionFilter.all())).isEqualTo(3);
  }

  @Test
  void a_name_is_free_again_after_a_rename_or_a_deletion() {
    StoredConnection row = stored(row("acme", "Sales").build());
    store.replace(row.toBuilder().name("Old").changed(NOON, 2, 1).build(), 1);
    StoredConnection second = stored(row("acme", "Sales").build());
    assertCode(
        () -> store.replace(row.toBuilder().name("Sales").changed(NOON, 3, 1).build(), 2),
        CoreErrorCode.NAME_TAKEN);
    store.delete("acme", second.id(), 1);
    store.replace(row.toBuilder().name("Sales").changed(NOON, 3, 1).build(), 2);
    assertThat(present(row).name()).isEqualTo("Sales");
  }

  @Test
  void a_change_needs_the_version_it_is_based_on() {
    StoredConnection row = stored(row("acme", "Sales").build());
    StoredConnection second = row.toBuilder().active(false).changed(NOON, 2, 1).build();
    store.replace(second, 1);
    assertCode(() -> store.replace(second, 1), CoreErrorCode.STALE_VERSION);
    assertCode(() -> store.delete("acme", row.id(), 1), CoreErrorCode.STALE_VERSION);
    assertThat(present(row)).isEqualTo(second);
    store.delete("acme", row.id(), 2);
    assertThat(store.find("acme", row.id())).isEmpty();
    assertCode(() -> store.replace(second, 2), CoreErrorCode.STALE_VERSION);
    assertCode(() -> store.delete("acme", row.id(), 2), CoreErrorCode.STALE_VERSION);
  }

  @Test
  void nobody_deletes_or_changes_a_row_of_another_account() {
    StoredConnection row = stored(row("acme", "Sales").build());
    assertCode(() -> store.delete("other", row.id(), 1), CoreErrorCode.STALE_VERSION);
    Ownership theirs = owned("other", Optional.empty(), "eve");
    assertCode(
        () -> store.replace(row.toBuilder().ownership(theirs).build(), 1),
        CoreErrorCode.STALE_VERSION);
    assertThat(store.beginTest("other", row.id(), new PendingTest("r", NOON))).isFalse();
    assertThat(store.rememberImportSettings("other", row.id(), "{}")).isFalse();
    assertThat(store.recordImport("other", row.id(), NOON, OptionalDouble.of(1))).isFalse();
    assertThat(present(row)).isEqualTo(row);
  }

  @Test
  void of_many_who_change_the_same_version_one_succeeds() throws Exception {
    StoredConnection row = stored(row("acme", "Sales").build());
    List<Callable<Boolean>> changes = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      StoredConnection changed =
          row.toBuilder().description(Optional.of("by " + i)).changed(NOON, 2, 1).build();
      changes.add(
          () -> {
            try {
              store.replace(changed, 1);
              return true;
            } catch (ConnectionException stale) {
              assertThat(stale.is(CoreErrorCode.STALE_VERSION)).isTrue();
              return false;
            }
          });
    }
    ExecutorService threads = Executors.newFixedThreadPool(8);
    try {
      int succeeded = 0;
      for (Future<Boolean> change : threads.invokeAll(changes)) {
        succeeded += change.get() ? 1 : 0;
      }
      assertThat(succeeded).isEqualTo(1);
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  void a_change_leaves_what_is_recorded_of_tests_and_imports() {
    StoredConnection row = stored(row("acme", "Sales").build());
    store.beginTest("acme", row.id(), new PendingTest("r1", NOON.plusSeconds(30)));
    TestSummary passed = new TestSummary(TestStatus.SUCCESS, Optional.of(NOON), Optional.empty());
    assertThat(store.endTest("acme", row.id(), "r1", 1, passed)).isTrue();
    store.rememberImportSettings("acme", row.id(), "{\"version\":1}");
    store.recordImport("acme", row.id(), NOON.minusSeconds(1), OptionalDouble.of(0.125));
    store.recordImport("acme", row.id(), NOON, OptionalDouble.empty());
    store.replace(row.toBuilder().name("Renamed").changed(NOON, 2, 1).build(), 1);
    StoredConnection renamed = present(row);
    assertThat(renamed.test()).isEqualTo(passed);
    assertThat(renamed.importSettings()).contains("{\"version\":1}");
    assertThat(renamed.lastImport()).contains(NOON);
    assertThat(renamed.importRate()).hasValue(0.125);
    assertThat(renamed.version()).isEqualTo(2);
  }

  @Test
  void a_new_configuration_is_untested_and_an_older_test_says_nothing_of_it() {
    StoredConnection row = stored(row("acme", "Sales").build());
    store.beginTest("acme", row.id(), new PendingTest("r1", NOON.plusSeconds(30)));
    store.replace(row.toBuilder().changed(NOON, 2, 2).build(), 1);
    assertThat(present(row).pending()).isEmpty();
    TestSummary passed = new TestSummary(TestStatus.SUCCESS, Optional.of(NOON), Optional.empty());
    assertThat(store.endTest("acme", row.id(), "r1", 1, passed)).isFalse();
    assertThat(present(row).shownTest(NOON)).isEqualTo(TestSummary.UNTESTED);
  }

  @Test
  void a_test_is_pending_until_it_ends_is_abandoned_or_its_time_is_over() {
    StoredConnection row = stored(row("acme", "Sales").build());
    TestSummary failed = new TestSummary(TestStatus.FAILED, Optional.of(NOON), Optional.of("no"));
    store.beginTest("acme", row.id(), new PendingTest("r1", NOON.plusSeconds(30)));
    assertThat(present(row).shownTest(NOON).status()).isEqualTo(TestStatus.PENDING);
    store.endTest("acme", row.id(), "r1", 1, failed);
    assertThat(present(row).shownTest(NOON)).isEqualTo(failed);
    store.beginTest("acme", row.id(), new PendingTest("r2", NOON.plusSeconds(30)));
    store.abandonTest("acme", row.id(), "another");
    assertThat(present(row).shownTest(NOON).status()).isEqualTo(TestStatus.PENDING);
    assertThat(present(row).shownTest(NOON.plusSeconds(30))).isEqualTo(failed);
    store.abandonTest("acme", row.id(), "r2");
    assertThat(present(row).shownTest(NOON)).isEqualTo(failed);
    assertThat(present(row).version()).isEqualTo(1);
  }

  @Test
  void a_list_has_what_the_actor_may_see_and_nothing_else() {
    List<StoredConnection> rows = new ArrayList<>();
    for (String account : List.of("acme", "other")) {
      for (Visibility visibility : Visibility.values()) {
        for (Optional<String> workspace :
            List.of(Optional.<String>empty(), Optional.of("north"), Optional.of("south"))) {
          for (String owner : List.of("ada", "bob")) {
            String name = visibility + " " + workspace + " " + owner;
            Ownership ownership =
                new Ownership(account, workspace, owner, visibility, random.nextBoolean());
            rows.add(stored(row(account, name).ownership(ownership).build()));
          }
        }
      }
    }
    List<Actor> actors = new ArrayList<>();
    for (Role role : Role.values()) {
      for (String user : List.of("ada", "bob", "eve")) {
        actors.add(Actor.of("acme", user, role));
        actors.add(Actor.of("acme", user, role).in("north"));
        actors.add(Actor.of("third", user, role));
      }
    }
    for (Actor actor : actors) {
      List<String> expected =
          rows.stream()
              .filter(row -> AccessRules.allows(actor, Permission.SEE, row.ownership()))
              .map(StoredConnection::id)
              .toList();
      Page<StoredConnection> page =
          store.list(actor, ConnectionFilter.all(), ListRequest.first().limit(100));
      assertThat(page.items().stream().map(StoredConnection::id))
          .as("%s", actor)
          .containsExactlyInAnyOrderElementsOf(expected);
      assertThat(store.count(actor, ConnectionFilter.all())).isEqualTo(expected.size());
    }
  }

  @Test
  void filters_narrow_a_list_and_its_count() {
    stored(row("acme", "Sales").description(Optional.of("the Northern shop")).build());
    stored(row("acme", "HR").active(false).build());
    stored(
        row("acme", "Stock 100%_").ownership(owned("acme", Optional.of("north"), "bob")).build());
    ConnectionFilter all = ConnectionFilter.all();
    assertFiltered(all.withTypes("mssql"), "HR", "Sales", "Stock 100%_");
    assertFiltered(all.withTypes("mssql", "Oracle"), "HR", "Sales", "Stock 100%_");
    assertFiltered(all.withTypes("oracle"));
    assertFiltered(all.withActive(true), "Sales", "Stock 100%_");
    assertFiltered(all.withActive(false), "HR");
    assertFiltered(all.withText("NORTHERN"), "Sales");
    assertFiltered(all.withText("sal"), "Sales");
    assertFiltered(all.withText("%_"), "Stock 100%_");
    assertFiltered(all.withText("s%s"));
    assertFiltered(all.withOwner("bob"), "Stock 100%_");
    assertFiltered(all.withWorkspace("north"), "Stock 100%_");
    assertFiltered(all.withOwner("ada").withActive(true), "Sales");
  }

  private void assertFiltered(ConnectionFilter filter, String... names) {
    assertThat(names(store.list(ADMIN, filter, ListRequest.first()))).containsExactly(names);
    assertThat(store.count(ADMIN, filter)).isEqualTo(names.length);
  }

  @Test
  void names_are_sorted_without_regard_to_case_by_code_points() {
    for (String name : List.of("b", "A", "a", "B", "Ä", "\uD834\uDD1E", "\uFB01", "10", "9")) {
      stored(row("acme", name).build());
    }
    List<String> sorted =
        names(store.list(ADMIN, ConnectionFilter.all(), ListRequest.first())).stream()
            .map(name -> name.equals("A") ? "a" : name.equals("B") ? "b" : name)
            .toList();
    assertThat(sorted)
        .containsExactly("10", "9", "a", "a", "b", "b", "Ä", "\uFB01", "\uD834\uDD1E");
  }

  @Test
  void pages_follow_each_other_in_every_order_without_gap_and_repetition() {
    for (int i = 0; i < 23; i++) {
      StoredConnection row =
          stored(
              row("acme", "Connection " + random.nextInt(1000) + "-" + i)
                  .created("ada", NOON.plusSeconds(random.nextInt(5)))
                  .build());
      if (i % 3 == 0) {
        TestSummary tested =
            new TestSummary(
                TestStatus.SUCCESS,
                Optional.of(NOON.plusSeconds(random.nextInt(4))),
                Optional.empty());
        store.endTest("acme", row.id(), "run", 1, tested);
      }
    }
    for (ConnectionSort sort : ConnectionSort.values()) {
      for (ListRequest order : List.of(ListRequest.by(sort), ListRequest.by(sort).backwards())) {
        List<StoredConnection> whole =
            store.list(ADMIN, ConnectionFilter.all(), order.limit(100)).items();
        List<StoredConnection> pieces = new ArrayList<>();
        ListRequest request = order.limit(4);
        Optional<String> next;
        do {
          Page<StoredConnection> page = store.list(ADMIN, ConnectionFilter.all(), request);
          pieces.addAll(page.items());
          next = page.next();
          request = next.map(request::after).orElse(request);
        } while (next.isPresent());
        assertThat(pieces).as("%s", order).hasSize(23).isEqualTo(whole);
        List<ListPosition> places = whole.stream().map(row -> ListPosition.of(row, sort)).toList();
        List<ListPosition> sorted = new ArrayList<>(places);
        sorted.sort(order.descending() ? Comparator.reverseOrder() : Comparator.naturalOrder());
        assertThat(places).as("%s", order).isEqualTo(sorted);
      }
    }
  }

  @Test
  void a_token_of_another_list_or_of_none_is_refused() {
    stored(row("acme", "a").build());
    stored(row("acme", "b").build());
    ListRequest byName = ListRequest.first().limit(1);
    String token = store.list(ADMIN, ConnectionFilter.all(), byName).next().orElseThrow();
    for (ListRequest request :
        List.of(
            byName.backwards().after(token),
            ListRequest.by(ConnectionSort.CREATED).after(token),
            byName.after("no token"),
            byName.after(""),
            byName.after("AAAA"))) {
      assertCode(
          () -> store.list(ADMIN, ConnectionFilter.all(), request), CoreErrorCode.INVALID_ARGUMENT);
    }
  }

  @Test
  void work_that_fails_leaves_nothing_behind() {
    StoredConnection kept = stored(row("acme", "Kept").build());
    StoredConnection doomed = row("acme", "Doomed").build();
    assertThatThrownBy(
            () ->
                store.atomically(
                    "acme",
                    () -> {
                      store.insert(doomed);
                      store.replace(kept.toBuilder().name("New").changed(NOON, 2, 1).build(), 1);
                      store.delete("acme", kept.id(), 2);
                      throw new IllegalStateException("the audit log is full");
                    }))
        .isInstanceOf(IllegalStateException.class);
    assertThat(present(kept)).isEqualTo(kept);
    assertThat(store.find("acme", doomed.id())).isEmpty();
    stored(row("acme", "Doomed").build());
    stored(row("acme", "New").build());
  }

  @Test
  void work_within_work_is_kept_with_the_outer_one() {
    StoredConnection row = row("acme", "Inner").build();
    String result =
        store.atomically(
            "acme",
            () ->
                store.atomically(
                    "acme",
                    () -> {
                      store.insert(row);
                      return "done";
                    }));
    assertThat(result).isEqualTo("done");
    assertThat(present(row)).isEqualTo(row);
  }

  @Test
  void a_workspace_and_an_account_are_deleted_with_all_they_have() {
    stored(row("acme", "Whole").build());
    stored(row("acme", "North").ownership(owned("acme", Optional.of("north"), "bob")).build());
    StoredConnection theirs = stored(row("other", "Theirs").build());
    assertThat(store.deleteWorkspace("acme", "north")).isEqualTo(1);
    assertThat(names(store.list(ADMIN, ConnectionFilter.all(), ListRequest.first())))
        .containsExactly("Whole");
    assertThat(store.deleteAccount("acme")).isEqualTo(1);
    assertThat(store.deleteAccount("acme")).isZero();
    assertThat(present(theirs)).isEqualTo(theirs);
    stored(row("acme", "Whole").build());
  }
}
