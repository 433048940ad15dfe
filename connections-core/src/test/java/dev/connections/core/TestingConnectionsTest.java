package dev.connections.core;

import static dev.connections.core.Stage.failing;
import static org.assertj.core.api.Assertions.assertThat;

import dev.connections.api.Category;
import dev.connections.api.StandardErrorCode;
import dev.connections.api.TestResult;
import dev.connections.core.audit.AuditOperation;
import dev.connections.core.audit.AuditRecord;
import dev.connections.core.store.PendingTest;
import dev.connections.testkit.LogCapture;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class TestingConnectionsTest {
  private static final Duration LONG = Duration.ofSeconds(60);

  private final Stage stage = Stage.set();
  private final TenantConnections ada = stage.ada;

  @AfterEach
  void close() {
    stage.close();
  }

  @Test
  void a_test_begins_with_the_check_of_the_configuration_and_is_kept_in_short() {
    Connection made = stage.created("Sales");
    TestResult result = ada.test(made.id());
    assertThat(result.passed()).isTrue();
    assertThat(result.steps().get(0).id()).isEqualTo("validate");
    assertThat(result.steps()).hasSizeGreaterThan(2);
    Connection tested = ada.get(made.id());
    assertThat(tested.testStatus()).isEqualTo(TestStatus.SUCCESS);
    assertThat(tested.test().at()).isPresent();
    AuditRecord record = stage.audited(AuditOperation.TEST).get(0);
    assertThat(record.fields()).containsExactly("authentication.password");
  }

  @Test
  void a_failed_test_is_a_result_and_its_message_is_kept() {
    Connection made = stage.created("Sales");
    stage.source.refuseCredentials();
    TestResult result = ada.test(made.id());
    assertThat(result.firstFailure().orElseThrow().code())
        .isEqualTo(StandardErrorCode.WRONG_CREDENTIALS);
    Connection tested = ada.get(made.id());
    assertThat(tested.testStatus()).isEqualTo(TestStatus.FAILED);
    assertThat(tested.test().message()).contains(result.firstFailure().orElseThrow().message());
  }

  @Test
  void a_test_is_pending_while_it_runs_and_put_back_when_it_is_cancelled() throws Exception {
    Connection made = stage.created("Sales");
    ada.test(made.id());
    stage.source.faults().hang();
    CancelToken cancel = new CancelToken();
    CompletableFuture<Void> ended =
        CompletableFuture.runAsync(
            () ->
                failing(
                    () -> ada.test(made.id(), CallOptions.defaults().withCancelToken(cancel)),
                    StandardErrorCode.CANCELLED));
    assertThat(stage.source.faults().awaitHanging(1, LONG)).isTrue();
    assertThat(ada.get(made.id()).testStatus()).isEqualTo(TestStatus.PENDING);
    cancel.cancel();
    ended.get();
    assertThat(ada.get(made.id()).testStatus()).isEqualTo(TestStatus.SUCCESS);
  }

  @Test
  void a_pending_test_whose_process_died_counts_no_more_after_its_time() {
    Connection made = stage.created("Sales");
    stage.store.beginTest(
        "acme", made.id(), new PendingTest("dead", Instant.now().minusSeconds(1)));
    assertThat(ada.get(made.id()).testStatus()).isEqualTo(TestStatus.UNTESTED);
  }

  @Test
  void a_test_that_takes_too_long_fails_with_a_time_out() {
    Connection made = ada.create(stage.draft("Slow").set("advanced.connection_timeout", 1));
    stage.source.faults().hang();
    TestResult result = ada.test(made.id());
    assertThat(result.firstFailure().orElseThrow().code().category()).isEqualTo(Category.TIMEOUT);
    TestResult shortened =
        ada.test(made.id(), CallOptions.defaults().withTimeout(Duration.ofMillis(50)));
    assertThat(shortened.passed()).isFalse();
  }

  @Test
  void a_defect_of_an_adapter_is_internal_puts_the_status_back_and_leaves_all_usable() {
    Connection made = stage.created("Sales");
    stage.source.faults().defective(true);
    try (LogCapture logged = LogCapture.start()) {
      failing(() -> ada.listSchemas(made.id()), StandardErrorCode.INTERNAL);
      stage.source.password().assertAbsentFrom("the log", logged.text());
      assertThat(logged.text()).contains("A defect showed while listing schemas");
    }
    stage.source.faults().defective(false);
    assertThat(ada.listSchemas(made.id())).hasSize(2);
    assertThat(ada.test(made.id()).passed()).isTrue();
  }

  @Test
  void testing_a_draft_stores_nothing_and_leaves_no_adapter_open() {
    assertThat(ada.test(stage.draft("Draft")).passed()).isTrue();
    assertThat(ada.count(ConnectionFilter.all())).isZero();
    assertThat(stage.source.counts().opens()).isEqualTo(1);
    assertThat(stage.source.counts().closes()).isEqualTo(1);
    assertThat(stage.audited(AuditOperation.TEST))
        .singleElement()
        .satisfies(record -> assertThat(record.connection()).isEmpty());
  }

  @Test
  void a_draft_that_is_not_well_formed_fails_the_first_step_and_nothing_is_dialled() {
    TestResult result = ada.test(stage.draft("Draft").unset("authentication.password"));
    assertThat(result.steps())
        .singleElement()
        .satisfies(
            step -> {
              assertThat(step.id()).isEqualTo("validate");
              assertThat(step.failure().orElseThrow().fields())
                  .containsExactly("authentication.password");
            });
    assertThat(stage.source.counts().opens()).isZero();
  }

  @Test
  void a_draft_of_a_stored_connection_has_its_secrets_unless_they_would_go_elsewhere() {
    Connection made = stage.created("Sales");
    long roundTrips = stage.source.counts().roundTrips();
    TestResult moved = ada.test(ConnectionDraft.of(made).set("port", 4712));
    assertThat(moved.firstFailure().orElseThrow().code())
        .isEqualTo(StandardErrorCode.MISSING_SECRET);
    assertThat(stage.source.counts().roundTrips()).isEqualTo(roundTrips);
    assertThat(ada.test(ConnectionDraft.of(made).set("advanced.tables", 1)).passed()).isTrue();
    assertThat(
            ada.test(
                    ConnectionDraft.of("synthetic", "x")
                        .basedOn(made.id())
                        .set("host", stage.source.host())
                        .set("port", stage.source.port())
                        .set("authentication.username", stage.source.username()))
                .passed())
        .isTrue();
    assertThat(ada.get(made.id())).isEqualTo(made);
  }

  @Test
  void only_what_passed_its_test_is_stored() {
    stage.source.refuseCredentials();
    TestedConnection refused = ada.createTested(stage.draft("Sales"));
    assertThat(refused.result().passed()).isFalse();
    assertThat(refused.connection()).isEmpty();
    assertThat(ada.count(ConnectionFilter.all())).isZero();
    assertThat(ada.createTested(stage.draft("Sales").unset("host")).connection()).isEmpty();
    stage.source.acceptCredentials();
    Connection stored = ada.createTested(stage.draft("Sales")).connection().orElseThrow();
    assertThat(stored.testStatus()).isEqualTo(TestStatus.SUCCESS);
    assertThat(ada.get(stored.id())).isEqualTo(stored);
    long opens = stage.source.counts().opens();
    failing(() -> ada.createTested(stage.draft(" ")), CoreErrorCode.INVALID_ARGUMENT);
    failing(
        () ->
            stage
                .connections
                .as(Stage.ADA.in("north"))
                .createTested(stage.draft("South").workspace("south")),
        StandardErrorCode.PERMISSION_DENIED);
    assertThat(stage.source.counts().opens()).as("nothing was dialled").isEqualTo(opens);
  }

  @Test
  void an_inactive_connection_is_not_used() {
    Connection made = ada.create(stage.draft("Off").active(false));
    failing(() -> ada.test(made.id()), CoreErrorCode.INACTIVE);
    failing(() -> ada.listSchemas(made.id()), CoreErrorCode.INACTIVE);
    ada.update(made.id(), ConnectionUpdate.of(made).active(true));
    assertThat(ada.test(made.id()).passed()).isTrue();
  }

  @Test
  void without_audit_there_is_no_secret() {
    Connection made = stage.created("Sales");
    try (Connections unaudited =
        Connections.builder()
            .store(stage.store)
            .keys(stage.keys)
            .provider(stage.source.provider())
            .pluginLoader(Optional.empty())
            .audit(
                record -> {
                  throw new IllegalStateException("disk full: " + stage.source.password().value());
                })
            .build()) {
      TenantConnections mine = unaudited.as(Stage.ADA);
      try (LogCapture logged = LogCapture.start()) {
        failing(() -> mine.test(made.id()), CoreErrorCode.NOT_AUDITED);
        failing(() -> mine.listSchemas(made.id()), CoreErrorCode.NOT_AUDITED);
        failing(() -> mine.create(stage.draft("New")), CoreErrorCode.NOT_AUDITED);
        failing(() -> mine.delete(made.id()), CoreErrorCode.NOT_AUDITED);
        stage.source.password().assertAbsentFrom("the log", logged.text());
      }
      assertThat(stage.source.counts().opens()).isZero();
      assertThat(mine.count(ConnectionFilter.all())).isEqualTo(1);
      assertThat(mine.get(made.id()).testStatus()).isEqualTo(TestStatus.UNTESTED);
    }
  }
}
