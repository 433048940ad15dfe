package dev.connections.databricks.internal;

import dev.connections.api.Category;
import dev.connections.api.ConnectionException;
import dev.connections.api.ErrorCode;
import dev.connections.api.Failure;
import dev.connections.api.Field;
import dev.connections.api.Operation;
import dev.connections.api.SchemaInfo;
import dev.connections.api.SchemaName;
import dev.connections.api.ServerInfo;
import dev.connections.api.StandardErrorCode;
import dev.connections.api.StandardStep;
import dev.connections.api.TestResult;
import dev.connections.api.TestSteps;
import dev.connections.databricks.ComputeStatus;
import dev.connections.databricks.DatabricksErrorCode;
import dev.connections.http.FirstCall;
import dev.connections.http.JsonObject;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The test: compute first, by its state alone, so that nothing is woken; then the metastore, the
 * rights and a page of tables. At most nine calls, whatever the workspace holds.
 */
final class DatabricksCheck {
  /** An empty catalog or schema says nothing; a few are looked into. */
  private static final int LOOKED_INTO = 3;

  private final Catalogs catalogs;
  private final UnityCatalog unity;
  private final Optional<ConfiguredCompute> compute;
  private final Optional<String> catalog;
  private final Optional<String> schema;
  private final Operation operation;
  private List<SchemaName> looked = List.of();

  DatabricksCheck(
      Catalogs catalogs,
      Optional<ConfiguredCompute> compute,
      Optional<String> catalog,
      Optional<String> schema,
      Operation operation) {
    this.catalogs = catalogs;
    this.unity = catalogs.unity();
    this.compute = compute;
    this.catalog = catalog;
    this.schema = schema;
    this.operation = operation;
  }

  TestResult run() {
    FirstCall<Object> call =
        new FirstCall<>(
            unity.service(),
            () -> compute.isPresent() ? compute.get().ask(operation) : unity.metastore(operation));
    TestSteps steps = call.steps(operation).step(StandardStep.AUTHENTICATE, step -> letIn(call));
    if (compute.isPresent()) {
      steps =
          steps.step(
              "compute",
              "Check the " + compute.get().word(),
              step -> state((ComputeStatus.Compute) call.get(), step));
    }
    return steps
        .step("metastore", "Find the metastore", step -> metastore(call, step))
        .step(StandardStep.AUTHORIZE, this::authorize)
        .step(StandardStep.READ, this::read)
        .server(new ServerInfo("Databricks", Optional.empty(), Map.of()))
        .result();
  }

  /** Who lacks a right, or asks for what isn't there, was let in: the next steps say so. */
  static void letIn(FirstCall<?> call) {
    call.letIn(DatabricksErrorCode.NO_METASTORE);
  }

  private void state(ComputeStatus.Compute found, TestSteps.Findings step) {
    step.detail(found.state().name().toLowerCase(Locale.ROOT));
    ConfiguredCompute named = compute.orElseThrow();
    switch (found.state()) {
      case RUNNING, OTHER -> {}
      case DELETED ->
          throw failure(
                  DatabricksErrorCode.NO_COMPUTE,
                  "The " + named.word() + " was deleted.",
                  "Enter the id of another one.")
              .withFields(named.field())
              .asException();
      case STARTING, STOPPED, STOPPING ->
          step.warn(
              failure(
                      DatabricksErrorCode.COMPUTE_STOPPED,
                      "The " + named.word() + " doesn't run now; the test doesn't start it.",
                      "Start it before statements are needed. Metadata is read without it.")
                  .withFields(named.field()));
    }
  }

  private void metastore(FirstCall<?> call, TestSteps.Findings step) {
    try {
      JsonObject found = compute.isPresent() ? unity.metastore(operation) : (JsonObject) call.get();
      found.text("cloud").ifPresent(step::detail);
    } catch (ConnectionException failed) {
      if (failed.category() != Category.PERMISSION) {
        throw failed; // whoever may not see the summary may still browse
      }
    }
  }

  private void authorize(TestSteps.Findings step) {
    if (catalog.isPresent()) {
      String name = catalog.get();
      named(name, () -> unity.catalog(name, operation), DatabricksFields.CATALOG, "catalog");
      schema.ifPresent(
          part ->
              named(
                  name + "." + part,
                  () -> unity.schema(SchemaName.of(name, part), operation),
                  DatabricksFields.SCHEMA,
                  "schema"));
    }
    Catalogs.Listing listing = visible();
    listing
        .notices()
        .forEach(
            notice ->
                step.warn(
                    Failure.of(notice.code(), notice.message())
                        .withRemedy(notice.remedy().orElse(""))));
    looked =
        schema
            .map(part -> List.of(SchemaName.of(catalog.orElseThrow(), part)))
            .orElseGet(
                () -> listing.schemas().stream().limit(LOOKED_INTO).map(SchemaInfo::name).toList());
    step.detail(listing.schemas().size() + " schemas");
    if (looked.isEmpty()) {
      step.warn(nothingVisible("schema"));
    }
  }

  /** Where no catalog is named, one that shows its schemas is enough; others may be closed. */
  private Catalogs.Listing visible() {
    if (catalog.isPresent()) {
      return catalogs.list(operation);
    }
    List<String> seen =
        unity.catalogs(operation).stream()
            .flatMap(each -> each.text("name").filter(UnityCatalog::isName).stream())
            .limit(LOOKED_INTO)
            .toList();
    for (String name : seen) {
      Optional<Catalogs.Listing> listing = visible(name);
      if (listing.filter(found -> !found.schemas().isEmpty()).isPresent()) {
        return listing.get();
      }
    }
    return new Catalogs.Listing(List.of(), List.of());
  }

  private Optional<Catalogs.Listing> visible(String name) {
    try {
      return Optional.of(new Catalogs(unity, Optional.of(name), Optional.empty()).list(operation));
    } catch (ConnectionException failed) {
      if (failed.category() != Category.PERMISSION && failed.category() != Category.NOT_FOUND) {
        throw failed;
      }
      return Optional.empty();
    }
  }

  private static void named(String name, Supplier<?> call, Field<?> field, String what) {
    try {
      UnityCatalog.named(what, name, call);
    } catch (ConnectionException failed) {
      throw failed.failure().withFields(field).asException(failed);
    }
  }

  private void read(TestSteps.Findings step) {
    List<JsonObject> tables = List.of();
    for (SchemaName each : looked) {
      if (tables.isEmpty()) {
        tables = unity.names(each, 20, Optional.empty(), row -> row, operation).rows();
      }
    }
    if (looked.isEmpty()) {
      return;
    }
    step.detail(tables.size() + " tables on the first page");
    long browseOnly =
        tables.stream().filter(table -> table.flag("browse_only").orElse(false)).count();
    if (tables.isEmpty()) {
      step.warn(nothingVisible("table"));
    } else if (browseOnly == tables.size()) {
      step.warn(
          failure(
              StandardErrorCode.PERMISSION_DENIED,
              "The login may browse the tables it sees and not read their rows.",
              "That is enough for metadata. Ask the owner for SELECT if rows are needed."));
    }
  }

  private Failure nothingVisible(String what) {
    return failure(
        StandardErrorCode.PERMISSION_DENIED,
        "The login is let in and sees no " + what + ": there is none, or it is hidden.",
        "Ask the owner for BROWSE, or for USE CATALOG, USE SCHEMA and SELECT.");
  }

  private Failure failure(ErrorCode code, String message, String remedy) {
    return unity.service().failures().of(code, message, remedy);
  }
}
