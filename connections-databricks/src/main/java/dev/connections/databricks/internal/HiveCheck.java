package dev.connections.databricks.internal;

import dev.connections.api.Failure;
import dev.connections.api.Operation;
import dev.connections.api.SchemaInfo;
import dev.connections.api.SchemaName;
import dev.connections.api.ServerInfo;
import dev.connections.api.StandardErrorCode;
import dev.connections.api.StandardFailures;
import dev.connections.api.StandardStep;
import dev.connections.api.TableInfo;
import dev.connections.api.TestResult;
import dev.connections.api.TestSteps;
import dev.connections.databricks.ComputeStatus;
import dev.connections.databricks.DatabricksErrorCode;
import dev.connections.http.FirstCall;
import dev.connections.http.HttpService;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The test of a connection to {@code hive_metastore}: the state of the compute first, by REST. What
 * doesn't run isn't started, so nothing more is tested then, and the test says so.
 */
final class HiveCheck {
  /** An empty schema says nothing; a few are looked into. */
  private static final int LOOKED_INTO = 3;

  private final HttpService service;
  private final ConfiguredCompute compute;
  private final HiveMetastore metastore;
  private final Optional<String> schema;
  private final Operation operation;
  private List<SchemaName> looked = List.of();

  HiveCheck(
      HttpService service,
      ConfiguredCompute compute,
      HiveMetastore metastore,
      Optional<String> schema,
      Operation operation) {
    this.service = service;
    this.compute = compute;
    this.metastore = metastore;
    this.schema = schema;
    this.operation = operation;
  }

  TestResult run() {
    FirstCall<ComputeStatus.Compute> call = new FirstCall<>(service, () -> compute.ask(operation));
    TestSteps steps =
        call.steps(operation)
            .step(StandardStep.AUTHENTICATE, step -> DatabricksCheck.letIn(call))
            .step("compute", "Check the " + compute.word(), step -> state(call.get(), step));
    if (runs(call)) {
      steps =
          steps.step(StandardStep.AUTHORIZE, this::authorize).step(StandardStep.READ, this::read);
    }
    return steps.server(new ServerInfo("Databricks", Optional.empty(), Map.of())).result();
  }

  /** Whether statements would be answered without anything being started. */
  private static boolean runs(FirstCall<ComputeStatus.Compute> call) {
    try {
      ComputeStatus.State state = call.get().state();
      return state == ComputeStatus.State.RUNNING || state == ComputeStatus.State.OTHER;
    } catch (RuntimeException failed) {
      return true; // the steps are skipped then, and shown so
    }
  }

  private void state(ComputeStatus.Compute found, TestSteps.Findings step) {
    step.detail(found.state().name().toLowerCase(Locale.ROOT));
    if (found.state() == ComputeStatus.State.DELETED) {
      throw compute.unready(true, operation).orElseThrow().asException();
    }
    if (found.state() != ComputeStatus.State.RUNNING
        && found.state() != ComputeStatus.State.OTHER) {
      step.warn(
          service
              .failures()
              .of(
                  DatabricksErrorCode.COMPUTE_STOPPED,
                  "The "
                      + compute.word()
                      + " doesn't run now and the test doesn't start it: whether tables can be read"
                      + " wasn't tested.",
                  "Start it and test again.")
              .withFields(compute.field()));
    }
  }

  private void authorize(TestSteps.Findings step) {
    List<SchemaInfo> found = metastore.schemas(operation).items();
    step.detail(found.size() + (found.size() == 1 ? " schema" : " schemas"));
    if (found.isEmpty() && schema.isPresent()) {
      throw StandardFailures.notFound("schema", schema.get())
          .withFields(DatabricksFields.SCHEMA)
          .asException();
    }
    looked = found.stream().limit(LOOKED_INTO).map(SchemaInfo::name).toList();
  }

  private void read(TestSteps.Findings step) {
    List<TableInfo> tables = List.of();
    for (SchemaName each : looked) {
      if (tables.isEmpty()) {
        tables = metastore.tables(each, operation).items();
      }
    }
    step.detail(tables.size() + (tables.size() == 1 ? " table" : " tables"));
    if (tables.isEmpty()) {
      step.warn(nothingVisible());
    } else {
      metastore.table(tables.get(0).name(), operation);
    }
  }

  private Failure nothingVisible() {
    return service
        .failures()
        .of(
            StandardErrorCode.PERMISSION_DENIED,
            "The login is let in and sees no table: there is none, or it is hidden.",
            "Ask the owner for USAGE and READ_METADATA, or SELECT.");
  }
}
