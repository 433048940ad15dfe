package dev.connections.core;

import static dev.connections.core.Stage.failing;
import static org.assertj.core.api.Assertions.assertThat;

import dev.connections.api.Category;
import dev.connections.api.Page;
import dev.connections.api.StandardErrorCode;
import dev.connections.api.TestResult;
import dev.connections.core.access.Actor;
import dev.connections.core.access.Role;
import dev.connections.core.history.HistoryQuery;
import dev.connections.core.history.HistorySettings;
import dev.connections.core.history.PastImport;
import dev.connections.core.history.PastTest;
import dev.connections.core.importing.ImportListener;
import dev.connections.core.importing.ImportOptions;
import dev.connections.core.importing.ImportReport;
import dev.connections.core.store.RunHistory;
import dev.connections.core.store.StoredRun;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class HistoryTest {
  private static final Actor ADMIN = Actor.of("acme", "root", Role.ADMIN);

  private Stage stage = Stage.set();

  @AfterEach
  void close() {
    stage.close();
  }

  private List<PastTest> tests(String id) {
    return stage.ada.history().tests(HistoryQuery.ofTests().connection(id)).items();
  }

  private List<PastImport> imports(String id) {
    return stage.ada.history().imports(HistoryQuery.ofImports().connection(id)).items();
  }

  private ImportReport imported(String id) {
    return stage.ada.importMetadata(id, ImportOptions.all(), ImportListener.NONE).join();
  }

  @Test
  void a_test_that_passed_is_kept_with_its_steps_and_the_server() {
    Connection made = stage.created("Sales");
    TestResult result = stage.ada.test(made.id());
    PastTest kept = tests(made.id()).get(0);
    assertThat(kept.status()).isEqualTo(TestStatus.SUCCESS);
    assertThat(kept.user()).isEqualTo("ada");
    assertThat(kept.connection()).isEqualTo(made.id());
    assertThat(kept.code()).isEmpty();
    assertThat(kept.steps())
        .extracting(PastTest.Step::id)
        .isEqualTo(result.steps().stream().map(TestResult.Step::id).toList());
    assertThat(kept.server().orElseThrow()).startsWith(result.server().orElseThrow().product());
    assertThat(kept.finishedAt()).isAfterOrEqualTo(kept.startedAt());
    assertThat(stage.ada.get(made.id()).test().at().orElseThrow())
        .isAfterOrEqualTo(kept.finishedAt());
  }

  @Test
  void a_failed_test_is_kept_with_the_code_and_the_sentence_and_no_secret() {
    Connection made = stage.created("Sales");
    stage.source.refuseCredentials();
    TestResult result = stage.ada.test(made.id());
    PastTest kept = tests(made.id()).get(0);
    assertThat(kept.status()).isEqualTo(TestStatus.FAILED);
    assertThat(kept.code()).contains("WRONG_CREDENTIALS");
    assertThat(kept.category()).contains(Category.AUTHENTICATION);
    assertThat(kept.steps())
        .filteredOn(step -> step.status() == TestResult.Status.FAILED)
        .singleElement()
        .satisfies(
            step ->
                assertThat(step.message()).contains(result.firstFailure().orElseThrow().message()));
    stage.source.password().assertAbsentFrom("the history", kept.toString());
    List<StoredRun> rows =
        stage
            .store
            .runs()
            .orElseThrow()
            .list(Stage.ROOT, StoredRun.Kind.TEST, HistoryQuery.ofTests())
            .items();
    stage.source.password().assertAbsentFrom("the rows", rows.toString());
  }

  @Test
  void a_cancelled_test_and_a_test_of_a_draft_leave_nothing_and_one_that_is_stored_does() {
    Connection made = stage.created("Sales");
    CancelToken cancelled = new CancelToken();
    cancelled.cancel();
    failing(
        () -> stage.ada.test(made.id(), CallOptions.defaults().withCancelToken(cancelled)),
        StandardErrorCode.CANCELLED);
    stage.ada.test(stage.draft("Draft"));
    assertThat(tests(made.id())).isEmpty();
    Connection tested = stage.ada.createTested(stage.draft("Tested")).connection().orElseThrow();
    assertThat(tests(tested.id()))
        .singleElement()
        .satisfies(kept -> assertThat(kept.status()).isEqualTo(TestStatus.SUCCESS));
  }

  @Test
  void an_import_is_kept_with_its_counts_its_time_and_what_has_changed() {
    Connection made = stage.created("Sales");
    ImportReport first = imported(made.id());
    ImportReport second = imported(made.id());
    List<PastImport> kept = imports(made.id());
    assertThat(kept).hasSize(2);
    assertThat(kept.get(1).drift()).isEqualTo(first.drift()).isEmpty();
    PastImport last = kept.get(0);
    assertThat(last.status()).isEqualTo(second.status());
    assertThat(last.ledger()).isEqualTo(second.ledger());
    assertThat(last.columns()).isEqualTo(second.columns()).isPositive();
    assertThat(last.took()).isBetween(Duration.ZERO, Duration.ofHours(1));
    assertThat(last.drift().orElseThrow().summary())
        .isEqualTo(second.drift().orElseThrow().summary());
  }

  @Test
  void an_import_that_failed_is_kept_with_its_code() {
    Connection made = stage.created("Sales");
    stage.source.refuseCredentials();
    ImportReport report = imported(made.id());
    assertThat(imports(made.id()))
        .singleElement()
        .satisfies(
            kept -> {
              assertThat(kept.status()).isEqualTo(ImportReport.Status.FAILED);
              assertThat(kept.code()).contains("WRONG_CREDENTIALS");
              assertThat(kept.message()).contains(report.failure().orElseThrow().message());
            });
    assertThat(
            stage
                .ada
                .history()
                .imports(HistoryQuery.ofImports().result(ImportReport.Status.COMPLETE))
                .items())
        .isEmpty();
  }

  @Test
  void others_see_the_history_of_what_they_may_see() {
    Connection hers = stage.created("Hers");
    Connection shared = stage.shared("Shared");
    stage.ada.test(hers.id());
    stage.ada.test(shared.id());
    History bobs = stage.connections.as(Stage.BOB).history();
    assertThat(bobs.tests(HistoryQuery.ofTests()).items())
        .extracting(PastTest::connection)
        .containsExactly(shared.id());
    failing(
        () -> bobs.tests(HistoryQuery.ofTests().connection(hers.id())),
        StandardErrorCode.NOT_FOUND);
    failing(
        () -> bobs.imports(HistoryQuery.ofImports().connection(hers.id())),
        StandardErrorCode.NOT_FOUND);
    assertThat(stage.connections.as(Stage.EVE).history().tests(HistoryQuery.ofTests()).items())
        .isEmpty();
  }

  @Test
  void only_as_much_is_kept_as_the_host_wants() {
    stage.close();
    stage = Stage.set(builder -> builder.history(new HistorySettings(2, Duration.ofDays(1))));
    Connection made = stage.created("Sales");
    for (int i = 0; i < 4; i++) {
      stage.ada.test(made.id());
    }
    assertThat(tests(made.id())).hasSize(2);
    stage.close();
    stage = Stage.set(builder -> builder.history(HistorySettings.NONE));
    Connection other = stage.created("Sales");
    stage.ada.test(other.id());
    assertThat(tests(other.id())).isEmpty();
    assertThat(stage.ada.get(other.id()).testStatus()).isEqualTo(TestStatus.SUCCESS);
  }

  @Test
  void what_is_too_old_is_not_shown_although_no_later_run_has_taken_it_away() {
    Connection made = stage.created("Sales");
    Instant longAgo = Instant.now().minus(Duration.ofDays(400));
    stage.store.runs().orElseThrow().add(stored(made.id(), longAgo, "{}"), HistorySettings.DEFAULT);
    Page<PastTest> page = stage.ada.history().tests(HistoryQuery.ofTests());
    assertThat(page.items()).isEmpty();
    assertThat(page.notices()).isEmpty();
  }

  @Test
  void runs_in_a_form_of_another_version_are_left_out_and_told() {
    Connection made = stage.created("Sales");
    for (String content : List.of("{\"format\":2}", "no JSON", "{}")) {
      stage
          .store
          .runs()
          .orElseThrow()
          .add(stored(made.id(), Instant.now(), content), HistorySettings.DEFAULT);
    }
    stage.ada.test(made.id());
    Page<PastTest> page = stage.ada.history().tests(HistoryQuery.ofTests());
    assertThat(page.items()).hasSize(1);
    assertThat(page.notices())
        .singleElement()
        .satisfies(notice -> assertThat(notice.hidden()).hasValue(3));
  }

  @Test
  void what_is_too_old_is_deleted_though_its_connection_is_never_tested_again() {
    stage.close();
    stage = Stage.set(builder -> builder.history(new HistorySettings(100, Duration.ofMillis(100))));
    Connection made = stage.created("Sales");
    RunHistory kept = stage.store.runs().orElseThrow();
    Instant longAgo = Instant.now().minus(Duration.ofDays(2));
    kept.add(stored(made.id(), longAgo, "{}"), HistorySettings.DEFAULT);
    long deadline = System.nanoTime() + Duration.ofSeconds(60).toNanos();
    while (!kept.list(ADMIN, StoredRun.Kind.TEST, HistoryQuery.ofTests()).items().isEmpty()) {
      assertThat(System.nanoTime()).as("it is still there").isLessThan(deadline);
      LockSupport.parkNanos(1_000_000);
    }
  }

  private static StoredRun stored(String connection, Instant at, String content) {
    return new StoredRun(
        "by hand " + content.length() + at,
        "acme",
        connection,
        StoredRun.Kind.TEST,
        "success",
        Optional.empty(),
        "ada",
        at,
        at,
        content);
  }
}
