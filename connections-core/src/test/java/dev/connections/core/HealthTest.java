package dev.connections.core;

import static dev.connections.core.Stage.failing;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.connections.api.Registration;
import dev.connections.api.StandardErrorCode;
import dev.connections.core.access.Ownership;
import dev.connections.core.audit.AuditOperation;
import dev.connections.core.health.HealthOptions;
import dev.connections.core.health.HealthReport;
import dev.connections.core.health.HealthResult.Outcome;
import dev.connections.core.history.HistoryQuery;
import dev.connections.core.store.PendingTest;
import dev.connections.core.store.StoredConfiguration;
import dev.connections.core.store.StoredConnection;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class HealthTest {
  private static final Duration LONG = Duration.ofSeconds(60);

  private final Stage stage = Stage.set();
  private final TenantConnections ada = stage.ada;

  @AfterEach
  void close() {
    stage.close();
  }

  private List<Connection> created(int count) {
    List<Connection> made = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      made.add(stage.created("Sales " + i));
    }
    return made;
  }

  private static long tested(HealthReport report) {
    return report.count(Outcome.PASSED) + report.count(Outcome.FAILED);
  }

  @Test
  void each_connection_that_is_switched_on_is_tested_once_and_has_the_status_of_a_test() {
    List<Connection> made = created(9);
    ada.update(made.get(0).id(), ConnectionUpdate.of(made.get(0)).active(false));
    List<String> heard = new ArrayList<>();
    HealthReport report =
        ada.health()
            .check(HealthOptions.defaults().hears(result -> heard.add(result.connection())));
    assertThat(report.count(Outcome.PASSED)).isEqualTo(8);
    assertThat(report.unwell()).isEmpty();
    assertThat(report.stopped()).isEmpty();
    assertThat(heard)
        .containsExactlyInAnyOrderElementsOf(
            made.subList(1, 9).stream().map(Connection::id).toList());
    for (Connection one : made.subList(1, 9)) {
      assertThat(ada.get(one.id()).testStatus()).isEqualTo(TestStatus.SUCCESS);
    }
    assertThat(ada.get(made.get(0).id()).testStatus()).isEqualTo(TestStatus.UNTESTED);
    assertThat(stage.audited(AuditOperation.TEST)).hasSize(8);
    assertThat(ada.history().tests(HistoryQuery.ofTests()).items()).hasSize(8);
  }

  @Test
  void more_than_a_page_of_connections_is_tested_and_no_more_at_once_than_wanted()
      throws Exception {
    created(205);
    stage.source.faults().hang();
    CompletableFuture<HealthReport> report =
        CompletableFuture.supplyAsync(
            () -> ada.health().check(HealthOptions.defaults().parallel(3)));
    assertThat(stage.source.faults().awaitHanging(3, LONG)).isTrue();
    assertThat(stage.source.faults().awaitHanging(4, Duration.ofMillis(200))).isFalse();
    stage.source.faults().letGo();
    assertThat(report.get(60, TimeUnit.SECONDS).count(Outcome.PASSED)).isEqualTo(205);
  }

  @Test
  void what_fails_is_named_with_its_failure() {
    Connection made = stage.created("Sales");
    stage.source.faults().fail(100, StandardErrorCode.CONNECTION_REFUSED);
    HealthReport report = ada.health().check(HealthOptions.defaults());
    assertThat(report.unwell())
        .singleElement()
        .satisfies(
            result -> {
              assertThat(result.connection()).isEqualTo(made.id());
              assertThat(result.name()).isEqualTo("Sales");
              assertThat(result.outcome()).isEqualTo(Outcome.FAILED);
              assertThat(result.failure()).isPresent();
            });
    assertThat(ada.get(made.id()).testStatus()).isEqualTo(TestStatus.FAILED);
  }

  @Test
  void what_can_not_be_tested_is_named_and_its_status_stays() {
    stage.store.insert(
        StoredConnection.builder(
                "foreign",
                Ownership.startingWith(Stage.ADA),
                "Foreign",
                "MSSQL",
                new StoredConfiguration(1, "{}"))
            .created("ada", Instant.now())
            .build());
    HealthReport report = ada.health().check(HealthOptions.defaults());
    assertThat(report.unwell())
        .singleElement()
        .satisfies(
            result -> {
              assertThat(result.outcome()).isEqualTo(Outcome.NOT_TESTED);
              assertThat(result.failure().orElseThrow().code())
                  .isEqualTo(StandardErrorCode.UNSUPPORTED);
            });
    assertThat(ada.get("foreign").testStatus()).isEqualTo(TestStatus.UNTESTED);
  }

  @Test
  void a_refused_login_is_not_tried_again_until_somebody_changes_or_tests_the_connection() {
    Connection made = stage.created("Sales");
    stage.source.refuseCredentials();
    assertThat(ada.health().check(HealthOptions.defaults()).count(Outcome.FAILED)).isEqualTo(1);
    long opens = stage.source.counts().opens();
    HealthReport again = ada.health().check(HealthOptions.defaults());
    assertThat(again.count(Outcome.LOGIN_REFUSED)).isEqualTo(1);
    assertThat(again.unwell()).hasSize(1);
    assertThat(stage.source.counts().opens()).isEqualTo(opens);
    assertThat(tested(ada.health().check(HealthOptions.defaults().refusedLogins(true))))
        .isEqualTo(1);
    stage.source.acceptCredentials();
    ada.update(
        made.id(), ConnectionUpdate.of(ada.get(made.id())).set("advanced.connection_timeout", 20));
    assertThat(ada.health().check(HealthOptions.defaults()).count(Outcome.PASSED)).isEqualTo(1);
  }

  @Test
  void what_was_tested_lately_or_is_being_tested_elsewhere_is_left_out() {
    List<Connection> made = created(3);
    ada.test(made.get(0).id());
    stage.store.beginTest(
        "acme", made.get(1).id(), new PendingTest("elsewhere", Instant.now().plusSeconds(600)));
    HealthReport report =
        ada.health().check(HealthOptions.defaults().untestedFor(Duration.ofHours(1)));
    assertThat(report.count(Outcome.RECENT)).isEqualTo(2);
    assertThat(report.count(Outcome.PASSED)).isEqualTo(1);
  }

  @Test
  void a_check_tests_what_its_actor_sees_and_its_filter_lets_through() {
    created(2);
    stage.shared("Shared");
    HealthOptions options = HealthOptions.defaults();
    assertThat(tested(stage.connections.as(Stage.BOB).health().check(options))).isEqualTo(1);
    assertThat(tested(stage.connections.as(Stage.EVE).health().check(options))).isZero();
    assertThat(
            tested(
                ada.health().check(options.filter(ConnectionFilter.all().withTypes("SYNTHETIC")))))
        .isEqualTo(3);
    assertThat(
            tested(ada.health().check(options.filter(ConnectionFilter.all().withText("shared")))))
        .isEqualTo(1);
  }

  @Test
  void a_cancelled_check_ends_in_a_report_and_puts_the_status_back() throws Exception {
    List<Connection> made = created(5);
    stage.source.faults().hang();
    CancelToken cancel = new CancelToken();
    HealthOptions options =
        HealthOptions.defaults().parallel(2).call(CallOptions.defaults().withCancelToken(cancel));
    CompletableFuture<HealthReport> report =
        CompletableFuture.supplyAsync(() -> ada.health().check(options));
    assertThat(stage.source.faults().awaitHanging(2, LONG)).isTrue();
    cancel.cancel();
    HealthReport cut = report.get(60, TimeUnit.SECONDS);
    assertThat(cut.stopped().orElseThrow().code()).isEqualTo(StandardErrorCode.CANCELLED);
    assertThat(tested(cut)).isZero();
    for (Connection one : made) {
      assertThat(ada.get(one.id()).testStatus()).isEqualTo(TestStatus.UNTESTED);
    }
  }

  @Test
  void a_check_that_takes_too_long_calls_no_connection_failed() {
    created(2);
    stage.source.faults().hang();
    HealthOptions options =
        HealthOptions.defaults().call(CallOptions.defaults().withTimeout(Duration.ofMillis(300)));
    HealthReport cut = ada.health().check(options);
    assertThat(cut.stopped()).isPresent();
    assertThat(cut.count(Outcome.FAILED)).isZero();
  }

  @Test
  @SuppressWarnings("try") // the repetition is there to be closed
  void a_check_is_repeated_on_the_hosts_executor_until_it_is_taken_back() throws Exception {
    created(1);
    CountDownLatch heard = new CountDownLatch(3);
    ScheduledExecutorService executor = Executors.newSingleThreadScheduledExecutor();
    try (Registration repeated =
        ada.health()
            .every(
                HealthOptions.defaults(),
                Duration.ofMillis(5),
                executor,
                report -> {
                  heard.countDown();
                  throw new IllegalStateException("a listener that throws ends nothing");
                })) {
      assertThat(heard.await(60, TimeUnit.SECONDS)).isTrue();
    } finally {
      executor.shutdownNow();
    }
    assertThat(executor.awaitTermination(60, TimeUnit.SECONDS)).isTrue();
    assertThatThrownBy(
            () ->
                ada.health().every(HealthOptions.defaults(), Duration.ZERO, executor, report -> {}))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void what_the_listener_throws_does_not_end_a_check_and_a_closed_door_does_not_begin_one() {
    created(3);
    HealthOptions options =
        HealthOptions.defaults()
            .hears(
                result -> {
                  throw new IllegalStateException("of the host");
                });
    assertThat(tested(ada.health().check(options))).isEqualTo(3);
    stage.connections.close();
    failing(() -> ada.health().check(options), CoreErrorCode.CLOSED);
  }

  @Test
  void numbers_out_of_bounds_are_refused() {
    for (int parallel : new int[] {0, 65}) {
      assertThatThrownBy(() -> HealthOptions.defaults().parallel(parallel))
          .isInstanceOf(IllegalArgumentException.class);
    }
    assertThatThrownBy(() -> HealthOptions.defaults().untestedFor(Duration.ofSeconds(-1)))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
