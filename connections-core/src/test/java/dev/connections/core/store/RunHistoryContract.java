package dev.connections.core.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.connections.api.ConnectionException;
import dev.connections.api.Page;
import dev.connections.core.CoreErrorCode;
import dev.connections.core.ListRequest;
import dev.connections.core.TestStatus;
import dev.connections.core.access.Actor;
import dev.connections.core.access.Ownership;
import dev.connections.core.access.Role;
import dev.connections.core.access.Visibility;
import dev.connections.core.history.HistoryQuery;
import dev.connections.core.history.HistorySettings;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every {@link RunHistory} must do. The test of a store that has one extends it. */
public abstract class RunHistoryContract {
  private static final Instant NOON = Instant.parse("2026-05-01T12:00:00.123456Z");
  private static final HistorySettings MANY = new HistorySettings(1000, Duration.ofDays(365));
  private static final Actor ROOT = Actor.of("acme", "root", Role.ADMIN);
  private static final Actor ADA = Actor.of("acme", "ada", Role.MEMBER);
  private static final Actor BOB = Actor.of("acme", "bob", Role.MEMBER);
  private static final Actor EVE = Actor.of("other", "ada", Role.ADMIN);

  private ConnectionStore store;
  private RunHistory history;

  /** {@return an empty store, open until it is closed after the test} */
  protected abstract ConnectionStore emptyStore() throws Exception;

  @BeforeEach
  final void open() throws Exception {
    store = emptyStore();
    history = store.runs().orElseThrow();
    connection("acme", "hers", Visibility.PRIVATE, Optional.empty());
    connection("acme", "shared", Visibility.PUBLIC, Optional.of("north"));
    connection("other", "hers", Visibility.PUBLIC, Optional.empty());
  }

  @AfterEach
  final void close() {
    store.close();
  }

  private void connection(
      String account, String id, Visibility visibility, Optional<String> workspace) {
    store.insert(
        StoredConnection.builder(
                id,
                new Ownership(account, workspace, "ada", visibility, false),
                id,
                "MSSQL",
                new StoredConfiguration(1, "{}"))
            .created("ada", NOON)
            .build());
  }

  private static StoredRun run(String connection, int number) {
    boolean failed = number % 3 == 0;
    return new StoredRun(
        "run " + connection + number,
        "acme",
        connection,
        StoredRun.Kind.TEST,
        failed ? "failed" : "success",
        failed ? Optional.of("WRONG_CREDENTIALS") : Optional.empty(),
        "bob",
        NOON.plusSeconds(number).minusMillis(7),
        NOON.plusSeconds(number),
        "{\"format\":1,\"text\":\"☃ \\u0000 'x'\"}");
  }

  private List<StoredRun> added(String connection, int count) {
    List<StoredRun> runs = new ArrayList<>();
    for (int number = 0; number < count; number++) {
      runs.add(run(connection, number));
      assertThat(history.add(runs.get(number), MANY)).isTrue();
    }
    return runs;
  }

  private List<StoredRun> tests(Actor viewer, HistoryQuery<TestStatus> query) {
    return history.list(viewer, StoredRun.Kind.TEST, query).items();
  }

  private static List<StoredRun> latestFirst(List<StoredRun> runs) {
    return runs.stream().sorted(Comparator.comparing(RunPosition::of)).toList();
  }

  @Test
  void runs_come_back_as_they_went_in_the_latest_first_and_of_their_kind_only() {
    List<StoredRun> runs = added("hers", 3);
    StoredRun imported =
        new StoredRun(
            "i",
            "acme",
            "hers",
            StoredRun.Kind.IMPORT,
            "complete",
            Optional.empty(),
            "ada",
            NOON,
            NOON,
            "{}");
    assertThat(history.add(imported, MANY)).isTrue();
    assertThat(tests(ADA, HistoryQuery.ofTests()))
        .containsExactly(runs.get(2), runs.get(1), runs.get(0));
    assertThat(history.list(ADA, StoredRun.Kind.IMPORT, HistoryQuery.ofImports()).items())
        .containsExactly(imported);
  }

  @Test
  void runs_are_found_by_connection_result_and_time_and_by_all_together() {
    List<StoredRun> all = new ArrayList<>(added("hers", 8));
    all.addAll(added("shared", 8));
    HistoryQuery<TestStatus> any = HistoryQuery.ofTests();
    assertThat(tests(ADA, any)).isEqualTo(latestFirst(all));
    assertThat(tests(ADA, any.connection("shared"))).isEqualTo(latestFirst(all.subList(8, 16)));
    assertThat(tests(ADA, any.result(TestStatus.FAILED)))
        .hasSize(6)
        .allMatch(run -> run.code().isPresent());
    assertThat(
            tests(
                ADA,
                any.connection("hers")
                    .result(TestStatus.SUCCESS)
                    .from(NOON.plusSeconds(2))
                    .until(NOON.plusSeconds(5))))
        .containsExactly(all.get(4), all.get(2));
    assertThat(tests(ADA, any.result(TestStatus.PENDING))).isEmpty();
    assertThat(tests(ADA, any.connection("a\0b"))).isEmpty();
    assertThat(tests(ADA, any.connection("' OR 1=1 --"))).isEmpty();
  }

  @Test
  void pages_follow_each_other_without_a_gap_also_where_runs_end_at_one_moment() {
    List<StoredRun> all = new ArrayList<>(added("hers", 10));
    all.addAll(added("shared", 10));
    List<StoredRun> found = new ArrayList<>();
    HistoryQuery<TestStatus> query = HistoryQuery.ofTests().limit(3);
    Page<StoredRun> page = history.list(ROOT, StoredRun.Kind.TEST, query);
    int pages = 1;
    found.addAll(page.items());
    while (page.next().isPresent()) {
      page = history.list(ROOT, StoredRun.Kind.TEST, query.after(page.next().get()));
      found.addAll(page.items());
      pages++;
    }
    assertThat(found).isEqualTo(latestFirst(all));
    assertThat(pages).isEqualTo(7);
  }

  @Test
  void a_token_of_another_list_is_refused() {
    String ofConnections = new ListPosition("hers", NOON, "id").token(ListRequest.first());
    for (String token : List.of("", "x", "????", "cnVu", ofConnections)) {
      assertThatThrownBy(() -> tests(ADA, HistoryQuery.ofTests().after(token)))
          .isInstanceOfSatisfying(
              ConnectionException.class,
              refused -> assertThat(refused.code()).isEqualTo(CoreErrorCode.INVALID_ARGUMENT));
    }
  }

  @Test
  void nobody_sees_runs_of_what_he_may_not_see() {
    List<StoredRun> hers = added("hers", 2);
    List<StoredRun> shared = added("shared", 2);
    List<StoredRun> all = new ArrayList<>(hers);
    all.addAll(shared);
    assertThat(tests(BOB, HistoryQuery.ofTests())).isEqualTo(latestFirst(shared));
    assertThat(tests(BOB, HistoryQuery.ofTests().connection("hers"))).isEmpty();
    assertThat(tests(BOB.in("south"), HistoryQuery.ofTests())).isEmpty();
    assertThat(tests(ROOT.in("south"), HistoryQuery.ofTests())).isEqualTo(latestFirst(hers));
    assertThat(tests(ROOT, HistoryQuery.ofTests())).isEqualTo(latestFirst(all));
    assertThat(tests(EVE, HistoryQuery.ofTests())).isEmpty();
    assertThat(tests(EVE, HistoryQuery.ofTests().connection("hers"))).isEmpty();
  }

  @Test
  void what_is_too_much_or_too_old_goes_with_the_next_run_of_its_connection_and_kind() {
    List<StoredRun> shared = added("shared", 6);
    List<StoredRun> hers = added("hers", 6);
    HistorySettings three = new HistorySettings(3, Duration.ofDays(1));
    StoredRun last = run("hers", 6);
    history.add(last, three);
    assertThat(tests(ADA, HistoryQuery.ofTests().connection("hers")))
        .containsExactly(last, hers.get(5), hers.get(4));
    StoredRun later = run("hers", 8);
    history.add(later, new HistorySettings(1000, Duration.ofSeconds(2)));
    assertThat(tests(ADA, HistoryQuery.ofTests().connection("hers"))).containsExactly(later, last);
    assertThat(tests(ADA, HistoryQuery.ofTests().connection("shared")))
        .isEqualTo(latestFirst(shared));
  }

  @Test
  void what_is_too_old_is_deleted_in_steps_whose_ever_it_is_and_nothing_else() {
    List<StoredRun> shared = added("shared", 6);
    List<StoredRun> hers = added("hers", 6);
    StoredRun others = of("other", run("hers", 2));
    history.add(others, MANY);
    Instant before = NOON.plusSeconds(4);
    List<Integer> steps = new ArrayList<>();
    do {
      steps.add(history.deleteOld(before, 2));
    } while (steps.get(steps.size() - 1) > 0 && steps.size() < 20);
    assertThat(steps).allSatisfy(step -> assertThat(step).isBetween(0, 2));
    assertThat(steps.stream().mapToInt(Integer::intValue).sum()).isEqualTo(9);
    assertThat(tests(ROOT, HistoryQuery.ofTests()))
        .isEqualTo(latestFirst(List.of(shared.get(4), shared.get(5), hers.get(4), hers.get(5))));
    assertThat(tests(EVE, HistoryQuery.ofTests())).isEmpty();
    assertThat(history.deleteOld(before, 1000)).isZero();
  }

  private static StoredRun of(String account, StoredRun run) {
    return new StoredRun(
        run.id(),
        account,
        run.connection(),
        run.kind(),
        run.result(),
        run.code(),
        run.user(),
        run.startedAt(),
        run.finishedAt(),
        run.content());
  }

  @Test
  void a_run_is_kept_with_the_work_it_belongs_to_or_not_at_all() {
    assertThatThrownBy(
            () ->
                store.atomically(
                    "acme",
                    () -> {
                      history.add(run("hers", 1), MANY);
                      throw new IllegalStateException("broken off");
                    }))
        .isInstanceOf(IllegalStateException.class);
    assertThat(tests(ADA, HistoryQuery.ofTests())).isEmpty();
  }

  @Test
  void runs_are_deleted_with_their_connection_and_none_is_added_to_one_that_is_gone() {
    added("hers", 2);
    store.delete("acme", "hers", 1);
    assertThat(tests(ADA, HistoryQuery.ofTests())).isEmpty();
    assertThat(history.add(run("hers", 3), MANY)).isFalse();
    connection("acme", "hers", Visibility.PRIVATE, Optional.empty());
    assertThat(tests(ADA, HistoryQuery.ofTests())).isEmpty();
  }
}
