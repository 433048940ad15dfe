package dev.connections.servicenow.internal;

import dev.connections.api.ConnectionException;
import dev.connections.api.Failure;
import dev.connections.api.Operation;
import dev.connections.api.ServerInfo;
import dev.connections.api.StandardErrorCode;
import dev.connections.api.StandardStep;
import dev.connections.api.TestResult;
import dev.connections.api.TestSteps;
import dev.connections.http.FirstCall;
import dev.connections.http.JsonObject;
import dev.connections.http.OffsetPage;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The test: two requests, whatever the instance holds. */
final class ServiceNowCheck {
  private static final int LOOKED_AT = 20;

  private final TableApi api;
  private final Operation operation;

  ServiceNowCheck(TableApi api, Operation operation) {
    this.api = api;
    this.operation = operation;
  }

  TestResult run() {
    FirstCall<OffsetPage<JsonObject>> first =
        new FirstCall<>(api.service(), () -> some(TableRow.QUERY));
    TestSteps steps =
        first
            .steps(operation)
            .step(StandardStep.AUTHENTICATE, step -> first.letIn())
            .step(StandardStep.AUTHORIZE, step -> step.detail(visible(first.get(), TableRow.QUERY)))
            .step(
                StandardStep.READ,
                step -> step.detail(visible(some(DictionaryRow.ALL), DictionaryRow.ALL)));
    return steps.server(new ServerInfo("ServiceNow", Optional.empty(), Map.of())).result();
  }

  private OffsetPage<JsonObject> some(RecordQuery query) {
    RecordQuery keys = new RecordQuery(query.table(), query.condition(), List.of("sys_id", "name"));
    return api.once(keys, new TableApi.Part(query.condition(), 0, LOOKED_AT, true), operation);
  }

  private String visible(OffsetPage<JsonObject> page, RecordQuery query) {
    long total = page.total().orElse(page.rows().size());
    if (page.rows().isEmpty()) {
      throw nothingVisible(query.table(), total);
    }
    return total + (query.equals(TableRow.QUERY) ? " tables" : " columns");
  }

  private ConnectionException nothingVisible(String table, long total) {
    Failure failure =
        api.service()
            .failures()
            .of(
                StandardErrorCode.PERMISSION_DENIED,
                total > 0
                    ? "The user is signed in and may read none of the "
                        + total
                        + " rows of "
                        + table
                        + "."
                    : "The user is signed in and sees nothing in " + table + ".",
                InstanceFailures.RIGHTS);
    return failure.asException();
  }
}
