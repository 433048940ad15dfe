package dev.connections.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.connections.api.Failure;
import dev.connections.api.StandardErrorCode;
import dev.connections.api.TestResult;
import dev.connections.core.ConnectionDraft;
import dev.connections.core.Connections;
import dev.connections.core.TenantConnections;
import dev.connections.core.access.Actor;
import dev.connections.core.access.Role;
import dev.connections.core.importing.ImportListener;
import dev.connections.core.importing.ImportOptions;
import dev.connections.core.importing.ImportReport;
import dev.connections.core.importing.TableDrift;
import dev.connections.simulators.ServiceNowSimulator;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What core makes of what an instance hides. */
@Timeout(value = 3, unit = TimeUnit.MINUTES)
final class ServiceNowThroughCoreTest {
  private ServiceNowSimulator instance;
  private Connections connections;
  private TenantConnections mine;
  private String id;

  @BeforeEach
  void start() {
    instance = ServiceNowSimulator.withTables(20).start();
    connections = Connections.builder().build();
    mine = connections.as(Actor.of("acme", "ada", Role.ADMIN));
    id = mine.create(draft("Service desk")).id();
  }

  private ConnectionDraft draft(String name) {
    return ConnectionDraft.of("servicenow", name)
        .set("instance_url", instance.url().toString())
        .set("authentication.username", instance.user())
        .set("authentication.password", instance.password());
  }

  @AfterEach
  void stop() {
    connections.close();
    instance.close();
  }

  private ImportReport imported() {
    return mine.importMetadata(id, ImportOptions.all(), ImportListener.NONE).join();
  }

  private static Map<String, TableDrift.Kind> drift(ImportReport report) {
    return report.drift().orElseThrow().tables().stream()
        .collect(Collectors.toMap(table -> table.name().table(), table -> table.kind()));
  }

  /** Rights alone are no change that an instance tells. */
  private void touch(String moment) {
    String other =
        instance.find("sys_db_object", "name", "u_table_00012").getOrDefault("sys_id", "");
    instance.update("sys_db_object", other, Map.of("sys_updated_on", moment));
  }

  @Test
  void a_table_that_is_hidden_from_now_on_is_not_called_deleted() {
    imported();
    instance.hideRows("sys_db_object", row -> "u_table_00011".equals(row.get("name")));
    touch("2027-01-01 00:00:00");
    assertThat(drift(imported())).containsEntry("u_table_00011", TableDrift.Kind.UNSEEN);

    instance.openEverything();
    touch("2027-01-02 00:00:00");
    assertThat(drift(imported())).doesNotContainKey("u_table_00011");
  }

  @Test
  void a_table_that_is_deleted_is_called_so() {
    imported();
    String row = instance.find("sys_db_object", "name", "u_table_00011").getOrDefault("sys_id", "");
    instance.delete("sys_db_object", row);

    assertThat(drift(imported())).containsEntry("u_table_00011", TableDrift.Kind.REMOVED);
  }

  /** Were they spaced, the five requests would take most of an hour. */
  @Test
  void an_hourly_budget_is_spent_as_fast_as_it_is_needed_and_then_there_is_none() {
    String few = mine.create(draft("A few calls").set("advanced.rate_limit", 5)).id();
    ImportReport report = mine.importMetadata(few, ImportOptions.all(), ImportListener.NONE).join();

    assertThat(report.status()).isEqualTo(ImportReport.Status.COMPLETE);
    assertThat(report.ledger().imported()).isEqualTo(20);
    assertThat(instance.requests().count()).isEqualTo(5);
    TestResult test = mine.test(few);
    Failure ended = test.firstFailure().orElseThrow();
    assertThat(ended.code()).isEqualTo(StandardErrorCode.QUOTA_EXHAUSTED);
    assertThat(ended.message()).startsWith("The limit of 5 calls in an hour, which the connection");
    assertThat(ended.fields()).containsExactly("advanced.rate_limit");
    assertThat(ended.remedy()).hasValueSatisfying(told -> assertThat(told).startsWith("Raise"));
    assertThat(test.steps())
        .filteredOn(step -> step.status() == TestResult.Status.PASSED)
        .extracting(TestResult.Step::id)
        .as("nothing was sent, so nobody knows whether it connects")
        .containsExactly("validate", "resolve");
    assertThat(instance.requests().count()).isEqualTo(5);
  }
}
