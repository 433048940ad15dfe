package dev.connections.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.connections.api.ConnectionException;
import dev.connections.api.StandardErrorCode;
import dev.connections.core.CallOptions;
import dev.connections.core.ConnectionDraft;
import dev.connections.core.Connections;
import dev.connections.core.TenantConnections;
import dev.connections.core.access.Actor;
import dev.connections.core.access.Role;
import dev.connections.core.importing.ImportJob;
import dev.connections.core.importing.ImportListener;
import dev.connections.core.importing.ImportOptions;
import dev.connections.core.importing.ImportReport;
import dev.connections.simulators.DatabricksSimulator;
import dev.connections.simulators.Fault;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What core makes of several connections to one metastore, and of a workspace that isn't there. */
@Timeout(value = 3, unit = TimeUnit.MINUTES)
final class DatabricksThroughCoreTest {
  private static final String STATEMENTS = "/api/2.0/sql/statements";

  private final DatabricksSimulator workspace = DatabricksSimulator.start();
  private final Connections connections = Connections.builder().build();
  private final TenantConnections mine = connections.as(Actor.of("acme", "ada", Role.ADMIN));
  private final TenantConnections theirs = connections.as(Actor.of("other", "bob", Role.ADMIN));

  @AfterEach
  void close() {
    connections.close();
    workspace.close();
  }

  private ConnectionDraft draft(String catalog, int parallel) {
    workspace.add("tables", catalog, "s", "t", "{\"name\":\"t\",\"columns\":[]}");
    return ConnectionDraft.of("databricks", catalog)
        .set("workspace_url", workspace.url().toString())
        .set("authentication.token", workspace.token())
        .set("catalog", catalog)
        .set("compute.warehouse_id", "warehouse-1")
        .set("advanced.parallel_requests", parallel);
  }

  private String connection(TenantConnections tenant, String catalog, int parallel) {
    return tenant.create(draft(catalog, parallel)).id();
  }

  private static ImportJob started(TenantConnections tenant, String id) {
    return tenant.importMetadata(id, ImportOptions.all(), ImportListener.NONE);
  }

  private boolean asked(String catalog) {
    return workspace.statements().stream().anyMatch(text -> text.contains("`" + catalog + "`"));
  }

  private static void await(BooleanSupplier condition) throws InterruptedException {
    long end = System.nanoTime() + Duration.ofSeconds(60).toNanos();
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime() - end).as("in time").isNegative();
      Thread.sleep(5);
    }
  }

  /** The first connection allows one request at once, and its first statement isn't answered. */
  @Test
  void connections_of_an_account_to_one_metastore_share_its_budget_and_other_accounts_do_not()
      throws InterruptedException {
    workspace.faults().at(STATEMENTS, 1, Fault.silence());
    ImportJob first = started(mine, connection(mine, "first", 1));
    await(() -> workspace.requests().count(STATEMENTS) == 1);

    ImportJob second = started(mine, connection(mine, "second", 8));
    await(() -> workspace.requests().to("/api/2.1/unity-catalog/metastore_summary").size() == 2);
    ImportReport other = started(theirs, connection(theirs, "other", 8)).join();

    assertThat(other.complete()).isTrue();
    assertThat(asked("other")).isTrue();
    assertThat(asked("second")).isFalse();
    assertThat(second.future()).isNotDone();
    first.cancel();
    assertThat(second.join().complete()).isTrue();
    assertThat(asked("second")).isTrue();
  }

  @Test
  void a_warehouse_that_does_not_start_in_time_costs_an_import_what_statements_tell_and_no_more() {
    workspace.computeStartsAfter(Integer.MAX_VALUE);
    workspace.warehouse("warehouse-1", "STARTING");
    List<String> told = new CopyOnWriteArrayList<>();
    String id = mine.create(draft("first", 1).set("compute.start_timeout", 1)).id();

    ImportReport report =
        mine.importMetadata(
                id,
                ImportOptions.all(),
                ImportListener.NONE,
                CallOptions.defaults().withProgress((phase, done, total) -> told.add(phase)))
            .join();

    assertThat(report.ledger().imported()).isEqualTo(1);
    assertThat(told).contains("waiting for the warehouse");
    assertThat(report.notices())
        .anyMatch(notice -> notice.message().contains("took no statement within 1 second."));
    assertThat(workspace.statements()).as("waited for once").hasSize(1);
  }

  private ConnectionException failure(String id) {
    return catchThrowableOfType(ConnectionException.class, () -> mine.listSchemas(id));
  }

  @Test
  void a_workspace_that_asks_for_an_hour_is_not_waited_for_by_who_looks_at_it() {
    String id = connection(mine, "first", 8);
    workspace.faults().always("/api", Fault.json(503, "{}").with("Retry-After", "3600"));

    assertThat(failure(id).code()).isEqualTo(StandardErrorCode.UNAVAILABLE);
    assertThat(workspace.requests().count()).isEqualTo(1);
  }

  @Test
  void an_import_waits_for_a_workspace_that_is_away_until_its_own_time_is_over() {
    String id = connection(mine, "first", 8);
    workspace.faults().always("/api", Fault.json(503, "{}").with("Retry-After", "3600"));

    ImportReport report =
        mine.importMetadata(
                id,
                ImportOptions.all(),
                ImportListener.NONE,
                CallOptions.defaults().withTimeout(Duration.ofSeconds(2)))
            .join();

    assertThat(report.complete()).isFalse();
    assertThat(report.ledger().imported()).isZero();
    assertThat(workspace.requests().count()).isEqualTo(1);
  }

  @Test
  void a_workspace_that_is_away_is_asked_a_few_times_and_then_given_a_rest() {
    String id = connection(mine, "first", 8);
    workspace.faults().always("/api", Fault.status(503));
    assertThat(failure(id).failure().message()).doesNotContain("rest");
    assertThat(workspace.requests().count()).isEqualTo(4);

    failure(id);
    ConnectionException resting = failure(id);

    assertThat(resting.code()).isEqualTo(StandardErrorCode.UNAVAILABLE);
    assertThat(resting.failure().message()).contains("short rest");
    assertThat(resting.failure().remedy().orElseThrow()).startsWith("Try again in");
    assertThat(workspace.requests().count()).as("six failures in a row").isEqualTo(6);
  }
}
