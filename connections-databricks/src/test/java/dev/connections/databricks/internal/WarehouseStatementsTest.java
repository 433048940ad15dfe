package dev.connections.databricks.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.connections.api.ConfigurationValues;
import dev.connections.api.ConnectionException;
import dev.connections.api.Operation;
import dev.connections.api.ProgressListener;
import dev.connections.api.Registration;
import dev.connections.api.StandardErrorCode;
import dev.connections.api.StandardFailures;
import dev.connections.databricks.DatabricksErrorCode;
import dev.connections.http.HttpService;
import dev.connections.simulators.DatabricksSimulator;
import dev.connections.simulators.Fault;
import dev.connections.testkit.TestAdapterContext;
import dev.connections.testkit.TestOperation;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class WarehouseStatementsTest {
  private static final String STATEMENTS = "/api/2.0/sql/statements";
  private static final SqlStatement NAMES =
      SqlStatement.of(
          "names",
          "SELECT table_name, comment FROM main.information_schema.tables ORDER BY table_name");

  private final DatabricksSimulator workspace = DatabricksSimulator.withTables(25, 2, 2);
  private final TestAdapterContext context = TestAdapterContext.create();
  private HttpService service = service(Workspaces.values(workspace));

  @AfterEach
  void close() {
    service.close();
    workspace.close();
  }

  private HttpService service(ConfigurationValues values) {
    return Workspace.open(DatabricksFields.SPEC.bind(values), context);
  }

  private WarehouseStatements warehouse(ConfigurationValues values) {
    service = service(values);
    return WarehouseStatements.of(DatabricksFields.SPEC.bind(values), service).orElseThrow();
  }

  private WarehouseStatements warehouse() {
    return warehouse(Workspaces.values(workspace).with("compute.warehouse_id", "warehouse-1"));
  }

  private static ConnectionException thrownBy(ThrowingCallable call) {
    return catchThrowableOfType(ConnectionException.class, call);
  }

  @Test
  void a_statement_is_submitted_and_asked_for_until_it_is_done() {
    workspace.statementsDoneAfter(2);

    StatementResult result = warehouse().query(NAMES, TestOperation.start());

    assertThat(result.columns()).containsExactly("table_name", "comment");
    assertThat(result.rows()).hasSize(25);
    assertThat(result.text(result.rows().get(3), "table_name")).contains("table_00003");
    assertThat(result.text(result.rows().get(3), "nosuch")).isEmpty();
    assertThat(workspace.requests().count()).isEqualTo(3);
  }

  @Test
  void a_brief_statement_costs_one_round_trip_and_ends_by_itself() {
    WarehouseStatements warehouse = warehouse();

    assertThat(warehouse.query(NAMES.inOneRoundTrip(), TestOperation.start()).rows()).hasSize(25);
    assertThat(workspace.requests().count()).isEqualTo(1);
    workspace.statementsDoneAfter(9);
    assertThat(
            thrownBy(() -> warehouse.query(NAMES.inOneRoundTrip(), TestOperation.start())).code())
        .isEqualTo(StandardErrorCode.TIMEOUT);
  }

  @Test
  void a_result_comes_chunk_by_chunk_and_nulls_are_absent() {
    workspace.rowsPerChunk(10);
    workspace.statement("FROM nulls", List.of("A", "b"), List.of(Arrays.asList(null, "x")));
    WarehouseStatements warehouse = warehouse();

    assertThat(warehouse.query(NAMES, TestOperation.start()).rows()).hasSize(25);
    assertThat(workspace.requests().all())
        .anyMatch(request -> request.path().endsWith("/chunks/2"));
    StatementResult nulls =
        warehouse.query(SqlStatement.of("nulls", "SELECT * FROM nulls"), TestOperation.start());
    assertThat(nulls.text(nulls.rows().get(0), "a")).isEmpty();
    assertThat(nulls.text(nulls.rows().get(0), "b")).contains("x");
  }

  @Test
  void values_go_along_as_parameters() {
    SqlStatement one =
        SqlStatement.of(
                "one",
                "SELECT table_name FROM main.information_schema.tables WHERE table_name = :name")
            .with("name", "table_00007");

    assertThat(warehouse().query(one, TestOperation.start()).rows()).hasSize(1);
    assertThat(workspace.statements()).noneMatch(text -> text.contains("00007"));
    assertThat(SqlNames.quoted("a`b c")).isEqualTo("`a``b c`");
  }

  @ParameterizedTest
  @CsvSource({
    "42501, PERMISSION_DENIED",
    "42P01, NOT_FOUND",
    "42704, NOT_FOUND",
    "0A000, UNSUPPORTED",
    "57014, UNAVAILABLE",
    "22012, STATEMENT_REFUSED"
  })
  void a_refusal_is_known_by_its_sql_state_and_its_text_is_kept_back(String state, String code) {
    workspace.refuseStatement("tables", "SOME_CLASS", state);

    ConnectionException refused = thrownBy(() -> warehouse().query(NAMES, TestOperation.start()));

    assertThat(refused.code().id()).isEqualTo(code);
    assertThat(refused.failure().vendorCode()).contains("SOME_CLASS");
    assertThat(refused).hasMessageNotContaining("Refused.");
  }

  @ParameterizedTest
  @CsvSource({
    "DEADLINE_EXCEEDED, TIMEOUT",
    "RESOURCE_EXHAUSTED, THROTTLED",
    "TEMPORARILY_UNAVAILABLE, UNAVAILABLE",
    "CANCELLED, UNAVAILABLE",
    "BAD_REQUEST, STATEMENT_REFUSED"
  })
  void without_a_state_the_code_or_the_state_in_the_text_counts(String word, String code) {
    answered(
        "{\"state\":\"FAILED\",\"error\":{\"error_code\":\"" + word + "\",\"message\":\"x\"}}");
    assertThat(thrownBy(() -> warehouse().query(NAMES, TestOperation.start())).code().id())
        .isEqualTo(code);

    answered(
        "{\"state\":\"FAILED\",\"error\":{\"error_code\":\""
            + word
            + "\",\"message\":\"no table SQLSTATE: 42P01\"}}");
    ConnectionException missing = thrownBy(() -> warehouse().query(NAMES, TestOperation.start()));
    assertThat(missing.code()).isEqualTo(StandardErrorCode.NOT_FOUND);
    assertThat(missing.failure().vendorCode()).contains("42P01");
  }

  private void answered(String status) {
    workspace.faults().clear();
    workspace
        .faults()
        .always(STATEMENTS, Fault.json(200, "{\"statement_id\":\"1\",\"status\":" + status + "}"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"state\":\"NOVELTY\"}",
        "{}",
        "{\"state\":\"SUCCEEDED\"},\"manifest\":{\"total_row_count\":2},\"result\":{\"data_array\":[[\"a\"]]}",
        "{\"state\":\"SUCCEEDED\"},\"result\":{\"next_chunk_index\":0,\"data_array\":[[\"a\"]]}",
        "{\"state\":\"SUCCEEDED\"},\"result\":{\"data_array\":[{\"a\":1}]}"
      })
  void an_answer_that_cannot_be_is_malformed(String status) {
    answered(status);

    assertThat(thrownBy(() -> warehouse().query(NAMES, TestOperation.start())).code())
        .isEqualTo(StandardErrorCode.MALFORMED_DATA);
  }

  @Test
  void more_than_an_answer_holds_is_too_large_and_never_half_a_result() {
    workspace.inlineLimit(200);
    assertThat(thrownBy(() -> warehouse().query(NAMES, TestOperation.start())).code())
        .isEqualTo(StandardErrorCode.TOO_LARGE);

    answered(
        "{\"state\":\"FAILED\",\"error\":{\"error_code\":\"BAD_REQUEST\",\"message\":"
            + "\"Inline byte limit exceeded.\"}}");
    assertThat(thrownBy(() -> warehouse().query(NAMES, TestOperation.start())).code())
        .isEqualTo(StandardErrorCode.TOO_LARGE);
  }

  @Test
  void a_cancelled_call_cancels_its_statement() {
    workspace.statementsDoneAfter(Integer.MAX_VALUE);
    WarehouseStatements warehouse = warehouse();
    TestOperation operation = TestOperation.start();
    CompletableFuture<ConnectionException> waiting =
        CompletableFuture.supplyAsync(() -> thrownBy(() -> warehouse.query(NAMES, operation)));
    while (workspace.requests().count(STATEMENTS) < 2) {
      Thread.onSpinWait();
    }

    operation.cancel();

    assertThat(waiting.join().code()).isEqualTo(StandardErrorCode.CANCELLED);
    assertThat(workspace.cancelledStatements()).isEqualTo(1);
  }

  @Test
  void a_deadline_cancels_its_statement_too() {
    workspace.statementsDoneAfter(Integer.MAX_VALUE);

    ConnectionException late = thrownBy(() -> warehouse().query(NAMES, new UntilAsked()));

    assertThat(late.code()).isEqualTo(StandardErrorCode.TIMEOUT);
    assertThat(workspace.cancelledStatements()).isEqualTo(1);
  }

  /** An operation whose deadline comes when the statement was asked for once. */
  private final class UntilAsked implements Operation {
    @Override
    public Duration remaining() {
      return workspace.requests().count(STATEMENTS) < 2 ? Duration.ofSeconds(50) : Duration.ZERO;
    }

    @Override
    public boolean cancelled() {
      return false;
    }

    @Override
    public Registration onCancel(Runnable hook) {
      return () -> {};
    }

    @Override
    public void checkpoint() {
      if (remaining().isZero()) {
        throw StandardFailures.timedOut("operation").asException();
      }
    }

    @Override
    public ProgressListener progress() {
      return ProgressListener.NONE;
    }
  }

  @Test
  void a_query_is_submitted_again_after_a_lost_answer_and_a_change_is_not() {
    workspace.faults().at(STATEMENTS, 1, Fault.status(503)).at(STATEMENTS, 4, Fault.status(503));
    WarehouseStatements warehouse = warehouse();

    assertThat(warehouse.query(NAMES, TestOperation.start()).rows()).hasSize(25);
    assertThat(thrownBy(() -> warehouse.change(NAMES, TestOperation.start())).code())
        .isEqualTo(StandardErrorCode.UNAVAILABLE);
    assertThat(workspace.requests().count(STATEMENTS)).isEqualTo(4);
  }

  @ParameterizedTest
  @ValueSource(strings = {"STOPPED", "STOPPING"})
  void a_stopped_warehouse_is_not_started_unless_that_is_allowed(String state) {
    workspace.warehouse("warehouse-1", state);
    ConfigurationValues values =
        Workspaces.values(workspace).with("compute.warehouse_id", "warehouse-1");

    assertThat(warehouse(values).unready(TestOperation.start()).orElseThrow().code())
        .isEqualTo(DatabricksErrorCode.COMPUTE_STOPPED);
    assertThat(warehouse(values.with("compute.start_stopped", true)).unready(TestOperation.start()))
        .isEmpty();
    assertThat(workspace.statements()).isEmpty();
  }

  @Test
  void progress_is_told_while_a_statement_waits_for_its_warehouse_and_not_while_it_runs() {
    workspace.warehouse("warehouse-1", "STOPPED");
    workspace.computeStartsAfter(3);
    workspace.statementsDoneAfter(3);
    List<String> told = new CopyOnWriteArrayList<>();

    warehouse()
        .query(NAMES, TestOperation.telling((phase, done, total) -> told.add(phase + " " + done)));

    assertThat(told)
        .containsExactly(
            "waiting for the warehouse 1",
            "waiting for the warehouse 2",
            "waiting for the warehouse 3");
  }

  @Test
  void a_warehouse_that_never_takes_a_statement_is_waited_for_so_long_and_the_statement_ended() {
    workspace.warehouse("warehouse-1", "STOPPED");
    workspace.computeStartsAfter(Integer.MAX_VALUE);
    List<String> told = new CopyOnWriteArrayList<>();
    WarehouseStatements impatient =
        warehouse(
            Workspaces.values(workspace)
                .with("compute.warehouse_id", "warehouse-1")
                .with("compute.start_timeout", 1));

    ConnectionException late =
        thrownBy(
            () ->
                impatient.query(
                    NAMES, TestOperation.telling((phase, done, total) -> told.add(phase))));

    assertThat(late.code()).isEqualTo(DatabricksErrorCode.COMPUTE_STARTING);
    assertThat(late.failure().fields())
        .containsExactly("compute.start_timeout", "compute.warehouse_id");
    assertThat(told).isNotEmpty().containsOnly("waiting for the warehouse");
    assertThat(workspace.requests().all())
        .filteredOn(request -> request.path().endsWith("/cancel"))
        .hasSize(1);
  }

  @Test
  void a_warehouse_that_is_not_there_has_its_own_code() {
    WarehouseStatements unknown =
        warehouse(Workspaces.values(workspace).with("compute.warehouse_id", "nosuch"));

    assertThat(unknown.unready(TestOperation.start()).orElseThrow().code())
        .isEqualTo(DatabricksErrorCode.NO_COMPUTE);
    assertThat(thrownBy(() -> unknown.query(NAMES, TestOperation.start())).code())
        .isEqualTo(DatabricksErrorCode.NO_COMPUTE);
    workspace.warehouse("warehouse-1", "DELETED");
    assertThat(warehouse().unready(TestOperation.start()).orElseThrow().code())
        .isEqualTo(DatabricksErrorCode.NO_COMPUTE);
    workspace.warehouse("warehouse-1", "STARTING");
    assertThat(warehouse().unready(TestOperation.start())).isEmpty();
  }

  @Test
  void who_may_not_use_the_warehouse_is_told_of_it_and_a_forgotten_statement_ended() {
    workspace
        .faults()
        .always(STATEMENTS, Fault.json(403, "{\"error_code\":\"PERMISSION_DENIED\"}"));
    ConnectionException denied = thrownBy(() -> warehouse().query(NAMES, TestOperation.start()));
    assertThat(denied.code()).isEqualTo(StandardErrorCode.PERMISSION_DENIED);
    assertThat(denied.failure().fields()).containsExactly("compute.warehouse_id");

    workspace.faults().clear();
    workspace.faults().always(STATEMENTS + "/", Fault.status(404));
    assertThat(thrownBy(() -> warehouse().query(NAMES, TestOperation.start())).code())
        .isEqualTo(StandardErrorCode.UNAVAILABLE);
  }
}
