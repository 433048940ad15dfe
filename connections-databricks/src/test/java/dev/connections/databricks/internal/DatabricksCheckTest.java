package dev.connections.databricks.internal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.connections.api.ConfigurationValues;
import dev.connections.api.ConnectionAdapter;
import dev.connections.api.Secret;
import dev.connections.api.StandardErrorCode;
import dev.connections.api.TestResult;
import dev.connections.databricks.ComputeStatus;
import dev.connections.databricks.DatabricksErrorCode;
import dev.connections.http.HttpErrorCode;
import dev.connections.simulators.DatabricksSimulator;
import dev.connections.simulators.Fault;
import dev.connections.testkit.TestOperation;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class DatabricksCheckTest {
  private final DatabricksSimulator workspace = DatabricksSimulator.withTables(20, 2, 2);
  private final ConfigurationValues good = Workspaces.values(workspace);

  @AfterEach
  void close() {
    workspace.close();
  }

  private static TestResult tested(ConfigurationValues values) {
    try (ConnectionAdapter adapter = Workspaces.open(values)) {
      return adapter.test(TestOperation.start());
    }
  }

  private static List<String> codes(TestResult result) {
    return result.steps().stream()
        .flatMap(step -> step.failure().stream())
        .map(failure -> failure.code().id())
        .toList();
  }

  @ParameterizedTest
  @ValueSource(strings = {"STOPPED", "STARTING", "STOPPING"})
  void a_warehouse_that_does_not_run_is_a_warning_and_is_not_woken(String state) {
    workspace.warehouse("warehouse-1", state);

    TestResult result = tested(good.with("compute.warehouse_id", "warehouse-1"));

    assertThat(codes(result)).containsExactly(DatabricksErrorCode.COMPUTE_STOPPED.id());
    assertThat(result.passed()).isTrue();
    assertThat(result.hasWarnings()).isTrue();
    assertThat(workspace.requests().all()).allMatch(request -> request.method().equals("GET"));
  }

  @Test
  void a_deleted_warehouse_and_an_unknown_cluster_fail() {
    workspace.warehouse("warehouse-1", "DELETED");

    assertThat(codes(tested(good.with("compute.warehouse_id", "warehouse-1"))))
        .containsExactly(DatabricksErrorCode.NO_COMPUTE.id());
    assertThat(codes(tested(good.with("compute.cluster_id", "nosuch"))))
        .containsExactly(DatabricksErrorCode.NO_COMPUTE.id());
    assertThat(codes(tested(good.with("compute.cluster_id", "cluster-1")))).isEmpty();
  }

  @Test
  void the_state_of_compute_is_known_without_a_test() {
    workspace.cluster("cluster-1", "TERMINATED");
    ConfigurationValues classic =
        good.with("compute.cluster_id", "cluster-1").with("compute.compute_type", "classic");
    try (ConnectionAdapter adapter = Workspaces.open(classic)) {
      ComputeStatus.Compute compute =
          adapter.as(ComputeStatus.class).orElseThrow().compute(TestOperation.start());

      assertThat(compute.state()).isEqualTo(ComputeStatus.State.STOPPED);
      assertThat(compute.kind()).isEqualTo(ComputeStatus.Kind.CLUSTER);
      assertThat(compute.name()).contains("Simulated");
    }
    assertThat(workspace.requests().count()).isEqualTo(1);
  }

  @Test
  void a_workspace_without_a_metastore_says_so() {
    workspace.unityCatalog(false);

    assertThat(codes(tested(good))).containsExactly(DatabricksErrorCode.NO_METASTORE.id());
  }

  @Test
  void rights_to_browse_alone_are_a_warning() {
    workspace.add("tables", "only", "s", "t", "{\"name\":\"t\"}");
    workspace.browseOnly("only.s.t");

    TestResult result = tested(good.with("catalog", "only"));

    assertThat(codes(result)).containsExactly(StandardErrorCode.PERMISSION_DENIED.id());
    assertThat(result.passed()).isTrue();
  }

  @Test
  void a_closed_catalog_and_one_with_an_odd_name_do_not_hide_the_others() {
    workspace.addCatalog("a.b");
    workspace.addCatalog("closed");
    workspace.close("closed");

    TestResult result = tested(good.without("catalog"));

    assertThat(result.passed()).as(result.toString()).isTrue();
    assertThat(result.hasWarnings()).isFalse();
    assertThat(workspace.requests().count()).isLessThanOrEqualTo(9);
  }

  @Test
  void an_empty_workspace_is_a_warning_and_no_silence() {
    workspace.addCatalog("bare");

    TestResult result = tested(good.with("catalog", "bare"));

    assertThat(codes(result)).containsExactly(StandardErrorCode.PERMISSION_DENIED.id());
    assertThat(result.hasWarnings()).isTrue();
  }

  @Test
  void a_catalog_without_rights_fails_at_the_rights_and_the_token_is_not_blamed() {
    workspace.close("main");

    TestResult result = tested(good);

    assertThat(codes(result)).containsExactly(StandardErrorCode.PERMISSION_DENIED.id());
    assertThat(result.step("authenticate").orElseThrow().status())
        .isEqualTo(TestResult.Status.PASSED);
    assertThat(result.firstFailure().orElseThrow().fields()).containsExactly("catalog");
  }

  @Test
  void a_wrong_client_secret_names_its_field() {
    TestResult result =
        tested(
            good.without("authentication.token")
                .with("authentication.type", "oauth_m2m")
                .with("authentication.client_id", workspace.clientId())
                .with("authentication.client_secret", Secret.of("wrong-secret")));

    assertThat(result.firstFailure().orElseThrow().fields())
        .contains("authentication.client_secret");
  }

  @Test
  void a_page_for_people_is_told_apart() {
    workspace.faults().always(Fault.html(200, "<!DOCTYPE html><html></html>"));

    assertThat(codes(tested(good))).containsExactly(HttpErrorCode.WEB_PAGE.id());
  }

  @Test
  void the_test_costs_the_same_whatever_the_workspace_holds() {
    tested(good.with("schema", "schema_001"));
    int small = workspace.requests().count();
    try (DatabricksSimulator large = DatabricksSimulator.withTables(2_000, 40, 1)) {
      tested(Workspaces.values(large).with("schema", "schema_001"));

      assertThat(large.requests().count()).isEqualTo(small).isLessThanOrEqualTo(7);
    }
  }

  @Test
  void without_a_catalog_at_most_three_are_looked_into() {
    for (int i = 0; i < 9; i++) {
      workspace.addCatalog("a" + i);
    }

    TestResult result = tested(good.without("catalog"));

    assertThat(result.passed()).isTrue();
    assertThat(workspace.requests().count("/api/2.1/unity-catalog/schemas")).isEqualTo(3);
  }
}
