package dev.connections.databricks.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.connections.api.ConfigurationValues;
import dev.connections.api.ConnectionAdapter;
import dev.connections.api.ConnectionException;
import dev.connections.api.RowPreview;
import dev.connections.api.SchemaName;
import dev.connections.api.Secret;
import dev.connections.api.StandardErrorCode;
import dev.connections.api.TableName;
import dev.connections.databricks.DatabricksErrorCode;
import dev.connections.jdbc.SqlAccess;
import dev.connections.simulators.DatabricksSimulator;
import dev.connections.simulators.Fault;
import dev.connections.testkit.Canary;
import dev.connections.testkit.LogCapture;
import dev.connections.testkit.TestOperation;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The real driver, on the protocol that it speaks with warehouses and clusters. */
@Timeout(180)
class WorkspaceSqlTest {
  private static final TableName TABLE = SchemaName.of("main", "schema_000").table("table_00001");

  private final DatabricksSimulator workspace = DatabricksSimulator.withTables(4, 1, 2);
  private final ThriftCompute compute = ThriftCompute.before(workspace);
  private final ConfigurationValues good =
      Workspaces.values(workspace)
          .with("workspace_url", compute.url())
          .with("compute.warehouse_id", "warehouse-1")
          .with("advanced.row_preview", true);

  @AfterEach
  void close() {
    compute.close();
    workspace.close();
  }

  private static Connection borrowed(ConnectionAdapter adapter) throws SQLException {
    return adapter.as(SqlAccess.class).orElseThrow().dataSource().getConnection();
  }

  private static String answer(ConnectionAdapter adapter) throws SQLException {
    try (Connection connection = borrowed(adapter);
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("SELECT 42 AS answer")) {
      assertThat(rows.next()).isTrue();
      return rows.getString("answer");
    }
  }

  private void answering42() {
    compute.answering(text -> ThriftCompute.Result.of(List.of("answer"), List.of(List.of("42"))));
  }

  private static ConnectionException refusedBy(ConnectionAdapter adapter) {
    SQLException refused = catchThrowableOfType(SQLException.class, () -> answer(adapter));
    return (ConnectionException) refused.getCause();
  }

  private static RowPreview.RowSample previewed(ConnectionAdapter adapter, int rows) {
    return adapter
        .as(RowPreview.class)
        .orElseThrow()
        .preview(TABLE, rows, TestOperation.within(Duration.ofSeconds(60)));
  }

  @Test
  void a_host_queries_on_a_pool_of_the_connection() throws SQLException {
    answering42();
    try (ConnectionAdapter adapter = Workspaces.open(good)) {
      for (int i = 0; i < 3; i++) {
        assertThat(answer(adapter)).isEqualTo("42");
      }
    }

    assertThat(compute.calls("OpenSession")).isEqualTo(1);
    assertThat(compute.statements()).hasSize(3).containsOnly("SELECT 42 AS answer");
    assertThat(compute.paths()).containsOnly("/sql/1.0/warehouses/warehouse-1");
    assertThat(compute.tokens()).containsOnly(workspace.token());
    assertThat(workspace.requests().all())
        .noneMatch(request -> request.path().contains("telemetry"));
  }

  @Test
  void a_cluster_is_reached_by_the_number_of_its_workspace() throws SQLException {
    answering42();
    try (ConnectionAdapter adapter =
        Workspaces.open(
            good.without("compute.warehouse_id").with("compute.cluster_id", "cluster-1"))) {
      assertThat(answer(adapter)).isEqualTo("42");
    }

    assertThat(compute.paths()).containsOnly("/sql/protocolv1/o/1234567890/cluster-1");
  }

  @ParameterizedTest
  @ValueSource(strings = {"STOPPED", "STOPPING"})
  void a_stopped_warehouse_is_not_woken(String state) {
    workspace.warehouse("warehouse-1", state);
    try (ConnectionAdapter adapter = Workspaces.open(good)) {
      ConnectionException refused = refusedBy(adapter);

      assertThat(refused.code().id()).isEqualTo(DatabricksErrorCode.COMPUTE_STOPPED.id());
      assertThat(refused.failure().fields())
          .containsExactly("compute.start_stopped", "compute.warehouse_id");
    }
    assertThat(compute.calls("OpenSession")).isZero();
  }

  @Test
  void a_stopped_warehouse_is_used_where_that_is_allowed() throws SQLException {
    answering42();
    workspace.warehouse("warehouse-1", "STOPPED");
    try (ConnectionAdapter adapter = Workspaces.open(good.with("compute.start_stopped", true))) {
      assertThat(answer(adapter)).isEqualTo("42");
    }
  }

  /** What an adapter may do with compute that isn't there yet, and what it tells meanwhile. */
  private List<String> waited(ConfigurationValues values) {
    List<String> told = new CopyOnWriteArrayList<>();
    answering42();
    try (WorkspaceSql sql = Workspaces.sql(values)) {
      assertThat(
              sql.list(
                  "answer",
                  "SELECT 42",
                  row -> row.getString(1),
                  TestOperation.telling((phase, done, total) -> told.add(phase + " " + done))))
          .containsExactly("42");
    }
    return told;
  }

  @Test
  void a_stopped_warehouse_is_started_waited_for_and_progress_is_told_meanwhile() {
    workspace.warehouse("warehouse-1", "STOPPED");
    workspace.computeStartsAfter(2);

    assertThat(waited(good.with("compute.start_stopped", true)))
        .containsExactly("waiting for the warehouse 1", "waiting for the warehouse 2");
    assertThat(workspace.requests().count("/api/2.0/sql/warehouses/warehouse-1/start"))
        .isEqualTo(1);
  }

  @Test
  void a_stopped_cluster_is_started_too() {
    workspace.cluster("cluster-1", "TERMINATED");
    ConfigurationValues values =
        good.without("compute.warehouse_id")
            .with("compute.cluster_id", "cluster-1")
            .with("compute.start_stopped", true);

    assertThat(waited(values)).containsExactly("waiting for the cluster 1");
  }

  @Test
  void a_starting_warehouse_is_waited_for_also_by_who_may_not_start_one() {
    workspace.warehouse("warehouse-1", "STARTING");

    assertThat(waited(good)).containsExactly("waiting for the warehouse 1");
    assertThat(workspace.requests().all()).noneMatch(request -> request.path().endsWith("/start"));
  }

  @Test
  void compute_that_never_runs_is_waited_for_so_long() {
    workspace.computeStartsAfter(Integer.MAX_VALUE);
    workspace.warehouse("warehouse-1", "STARTING");

    ConnectionException late =
        catchThrowableOfType(
            ConnectionException.class, () -> waited(good.with("compute.start_timeout", 1)));

    assertThat(late.code()).isEqualTo(DatabricksErrorCode.COMPUTE_STARTING);
    assertThat(compute.calls("OpenSession")).isZero();
  }

  @Test
  void who_may_not_start_a_warehouse_is_told_which_right_is_missing() {
    workspace.warehouse("warehouse-1", "STOPPED");
    workspace
        .faults()
        .always(
            "/api/2.0/sql/warehouses/warehouse-1/start",
            Fault.json(403, "{\"error_code\":\"PERMISSION_DENIED\"}"));
    try (ConnectionAdapter adapter = Workspaces.open(good.with("compute.start_stopped", true))) {
      ConnectionException refused = refusedBy(adapter);

      assertThat(refused.is(StandardErrorCode.PERMISSION_DENIED)).isTrue();
      assertThat(refused.failure().remedy().orElseThrow()).contains("CAN USE");
      assertThat(refused.failure().fields()).containsExactly("compute.warehouse_id");
    }
  }

  @Test
  void a_warehouse_that_does_not_start_is_not_waited_for_for_ever() {
    workspace.warehouse("warehouse-1", "STOPPED");
    workspace.faults().always("/api/2.0/sql/warehouses/warehouse-1/start", Fault.json(200, "{}"));
    try (ConnectionAdapter adapter = Workspaces.open(good.with("compute.start_stopped", true))) {
      ConnectionException refused = refusedBy(adapter);

      assertThat(refused.code().id()).isEqualTo(DatabricksErrorCode.COMPUTE_STOPPED.id());
      assertThat(refused.failure().message()).contains("was started and doesn't run");
    }
    assertThat(compute.paths()).isEmpty();
  }

  @Test
  void a_deleted_and_an_unknown_warehouse_are_told() {
    workspace.warehouse("warehouse-1", "DELETED");
    for (String id : List.of("warehouse-1", "nosuch")) {
      try (ConnectionAdapter adapter = Workspaces.open(good.with("compute.warehouse_id", id))) {
        assertThat(refusedBy(adapter).code().id()).isEqualTo(DatabricksErrorCode.NO_COMPUTE.id());
      }
    }
    assertThat(compute.calls("OpenSession")).isZero();
  }

  @ParameterizedTest
  @CsvSource({
    "403, PERMISSION_DENIED",
    "404, NO_COMPUTE",
    "429, THROTTLED",
    "500, UNAVAILABLE",
  })
  void what_refuses_the_driver_is_told_by_its_status(int status, String code) {
    compute.refusing(status);
    try (ConnectionAdapter adapter = Workspaces.open(good)) {
      assertThat(refusedBy(adapter).code().id()).isEqualTo(code);
    }
  }

  @Test
  void a_host_with_a_wrong_token_is_refused_before_the_driver_hears_of_it() {
    try (ConnectionAdapter adapter =
        Workspaces.open(good.with("authentication.token", Secret.of("dapi-wrong-1")))) {
      assertThat(refusedBy(adapter).is(StandardErrorCode.WRONG_CREDENTIALS)).isTrue();
    }
    assertThat(compute.paths()).isEmpty();
  }

  private ConfigurationValues principal() {
    return good.without("authentication.token")
        .with("authentication.type", "oauth_m2m")
        .with("authentication.client_id", workspace.clientId())
        .with("authentication.client_secret", Secret.of(workspace.clientSecret()));
  }

  @Test
  void a_principals_token_is_handed_to_the_driver_and_a_refused_one_is_renewed_once() {
    compute.answering(text -> ThriftCompute.Result.of(List.of("id"), List.of(List.of("1"))));
    try (ConnectionAdapter adapter = Workspaces.open(principal())) {
      previewed(adapter, 1);
      assertThat(compute.tokens()).containsOnly("granted-1");

      workspace.expireTokens();
      previewed(adapter, 1); // over REST the token is renewed first
      assertThat(compute.tokens()).contains("granted-2").doesNotContain("granted-3");
    }
    assertThat(compute.calls("OpenSession")).isEqualTo(2);
    assertThat(workspace.requests().count("/oidc/v1/token")).isEqualTo(2);
  }

  @Test
  void a_token_that_ends_in_the_midst_of_statements_is_renewed_by_them() {
    compute.answering(text -> ThriftCompute.Result.of(List.of("id"), List.of(List.of("1"))));
    try (WorkspaceSql sql = Workspaces.sql(principal())) {
      for (int i = 0; i < 2; i++) {
        assertThat(
                sql.list(
                    "rows",
                    "SELECT 1",
                    row -> row.getString(1),
                    TestOperation.within(Duration.ofSeconds(60))))
            .containsExactly("1");
        workspace.expireTokens();
      }
    }
    assertThat(compute.calls("OpenSession")).isEqualTo(2);
    assertThat(compute.statements()).hasSize(2);
  }

  @Test
  void rows_are_shown_with_their_values_up_to_a_limit() {
    compute.answering(
        text ->
            ThriftCompute.Result.of(
                List.of("a", "b"),
                List.of(List.of("1", "x"), Arrays.asList(null, "y"), List.of("3", "z"))));
    try (ConnectionAdapter adapter = Workspaces.open(good)) {
      RowPreview.RowSample sample = previewed(adapter, 2);

      assertThat(sample.columns()).containsExactly("a", "b");
      assertThat(sample.rows())
          .containsExactly(
              List.of(Optional.of("1"), Optional.of("x")),
              List.of(Optional.empty(), Optional.of("y")));
      assertThat(sample.more()).isTrue();
    }
    assertThat(compute.statements())
        .containsExactly("SELECT * FROM `main`.`schema_000`.`table_00001` LIMIT 3");
  }

  @Test
  void rows_are_shown_only_where_that_was_chosen() {
    try (ConnectionAdapter adapter = Workspaces.open(good.with("advanced.row_preview", false))) {
      assertThat(adapter.as(RowPreview.class)).isEmpty();
      assertThat(adapter.as(SqlAccess.class)).isPresent();
    }
    try (ConnectionAdapter adapter = Workspaces.open(good.without("compute.warehouse_id"))) {
      assertThat(adapter.as(RowPreview.class)).isEmpty();
      assertThat(adapter.as(SqlAccess.class)).isEmpty();
    }
  }

  @Test
  void a_name_that_is_no_table_never_gets_into_a_statement() {
    try (ConnectionAdapter adapter = Workspaces.open(good)) {
      RowPreview preview = adapter.as(RowPreview.class).orElseThrow();
      for (String name : List.of("nosuch", "t`; DROP TABLE x; --", "a/../b", "")) {
        ConnectionException refused =
            catchThrowableOfType(
                ConnectionException.class,
                () ->
                    preview.preview(
                        SchemaName.of("main", "schema_000").table(name), 1, TestOperation.start()));
        assertThat(refused.is(StandardErrorCode.NOT_FOUND)).as(name).isTrue();
      }
    }
    assertThat(compute.statements()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "42P01, NOT_FOUND",
    "42501, PERMISSION_DENIED",
    "42K03, NOT_FOUND",
    "0A000, UNSUPPORTED",
    "'', PERMISSION_DENIED",
  })
  void a_statement_that_fails_has_the_code_of_its_state(String state, String code) {
    compute.answering(
        text -> {
          throw new ThriftCompute.Refused(
              state.isEmpty() ? null : state, "[SOMETHING] secret-of-the-table SQLSTATE: 42501");
        });
    try (ConnectionAdapter adapter = Workspaces.open(good)) {
      ConnectionException refused =
          catchThrowableOfType(ConnectionException.class, () -> previewed(adapter, 1));

      assertThat(refused.code().id()).isEqualTo(code);
      assertThat(refused.getMessage()).doesNotContain("secret-of-the-table");
    }
  }

  @Test
  void a_cancelled_statement_is_cancelled_at_the_source() throws Exception {
    CountDownLatch running = new CountDownLatch(1);
    compute.answering(
        text -> {
          running.countDown();
          throw new ThriftCompute.Endless();
        });
    TestOperation operation = TestOperation.within(Duration.ofSeconds(120));
    try (ConnectionAdapter adapter = Workspaces.open(good)) {
      RowPreview preview = adapter.as(RowPreview.class).orElseThrow();
      CompletableFuture<RowPreview.RowSample> sample =
          CompletableFuture.supplyAsync(() -> preview.preview(TABLE, 1, operation));
      assertThat(running.await(60, TimeUnit.SECONDS)).isTrue();
      compute.awaitCall("GetOperationStatus");

      operation.cancel();

      ExecutionException failed =
          catchThrowableOfType(ExecutionException.class, () -> sample.get(60, TimeUnit.SECONDS));
      assertThat(((ConnectionException) failed.getCause()).is(StandardErrorCode.CANCELLED))
          .isTrue();
      compute.awaitCall("CancelOperation");
    }
  }

  @Test
  void the_token_is_in_no_log_and_no_exception() throws SQLException {
    Canary canary = Canary.of("token", workspace.token());
    StringWriter printed = new StringWriter();
    try (LogCapture logs = LogCapture.start();
        ConnectionAdapter adapter = Workspaces.open(good)) {
      answering42();
      answer(adapter);
      compute.answering(
          text -> {
            throw new ThriftCompute.Refused("42P01", "[TABLE_OR_VIEW_NOT_FOUND]");
          });
      catchThrowableOfType(SQLException.class, () -> answer(adapter))
          .printStackTrace(new PrintWriter(printed, true));
      compute.refusing(403);
      catchThrowableOfType(ConnectionException.class, () -> previewed(adapter, 1))
          .printStackTrace(new PrintWriter(printed, true));

      canary.assertAbsentFrom("the logs", logs.text());
    }
    canary.assertAbsentFrom("the exceptions", printed.toString());
    assertThat(printed.toString()).contains("TABLE_OR_VIEW_NOT_FOUND");
  }
}
