package dev.connections.databricks.internal;

import dev.connections.api.CallLimits;
import dev.connections.api.Category;
import dev.connections.api.Configuration;
import dev.connections.api.ConnectionException;
import dev.connections.api.Failure;
import dev.connections.api.Operation;
import dev.connections.api.StandardErrorCode;
import dev.connections.api.StandardFailures;
import dev.connections.databricks.DatabricksErrorCode;
import dev.connections.http.AnswerReader;
import dev.connections.http.HttpRequest;
import dev.connections.http.HttpService;
import dev.connections.http.JsonObject;
import dev.connections.http.JsonRows;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;

/**
 * Statements on a SQL warehouse, by the statement execution interface: submitted, asked for until
 * they are done, read chunk by chunk, and cancelled where nobody waits for them any more. A stopped
 * warehouse isn't woken unless the connection allows it. Safe for any thread.
 *
 * <p>Answers come within the answer's text, which holds 25 MiB at most; more is {@link
 * StandardErrorCode#TOO_LARGE}, and the caller asks for less at once.
 */
final class WarehouseStatements implements WritingCompute {
  private static final String[] ROOT = {"api", "2.0", "sql", "statements"};
  private static final long LARGEST_RESULT = 25L << 20;
  private static final Duration FIRST_PAUSE = Duration.ofMillis(100);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(2);

  /** What is put in order after the end has so long: a round trip's own time-out keeps to it. */
  private static final Duration LAST_MOMENT = Duration.ofSeconds(2);

  /** A brief statement ends by itself after at most so many seconds; fewer than five can't be. */
  private static final long LONGEST_WAIT = 30;

  private static final long SHORTEST_WAIT = 5;

  /** The status for a statement that the service has forgotten. */
  private static final Optional<String> GONE = Optional.of("404");

  private static final AnswerReader<JsonRows<JsonRows.Row>> ROWS =
      answer -> JsonRows.read(answer, "data_array", Function.identity());

  private final HttpService service;
  private final ConfiguredCompute warehouse;
  private final boolean mayStart;
  private final Duration timeout;
  private final StatementFailures failures;
  private final boolean once;
  private volatile Optional<ConnectionException> waitedInVain = Optional.empty();

  /**
   * Takes the warehouse that statements run on.
   *
   * @param timeout how long one round trip may take
   * @param once whether a wait for the warehouse that was in vain ends all further statements too
   */
  private WarehouseStatements(
      HttpService service,
      ConfiguredCompute warehouse,
      boolean mayStart,
      Duration timeout,
      boolean once) {
    this.service = service;
    this.once = once;
    this.warehouse = warehouse;
    this.mayStart = mayStart;
    this.timeout = timeout;
    this.failures = new StatementFailures(service.failures());
  }

  /** {@return statements on the warehouse that the configuration names; empty if it names none} */
  static Optional<WarehouseStatements> of(Configuration configuration, HttpService service) {
    return ConfiguredCompute.of(configuration, service)
        .filter(ConfiguredCompute::isWarehouse)
        .map(
            warehouse ->
                new WarehouseStatements(
                    service,
                    warehouse,
                    configuration.get(DatabricksFields.START),
                    configuration.get(DatabricksFields.TIMEOUT),
                    false));
  }

  /**
   * {@return the same warehouse for one import: statements keep other limits, and it is waited for
   * once}
   */
  WarehouseStatements limited(CallLimits limits) {
    return new WarehouseStatements(service.limited(limits), warehouse, mayStart, timeout, true);
  }

  /** {@return the same warehouse, which isn't started if it is stopped} */
  WarehouseStatements asleep() {
    return new WarehouseStatements(service, warehouse, false, timeout, false);
  }

  /**
   * {@return why the warehouse takes no statements; empty if it does} One round trip. One that is
   * stopped does if the connection allows to start it: the first statement starts it then.
   */
  @Override
  public Optional<Failure> unready(Operation operation) {
    try {
      return warehouse.unready(mayStart, operation);
    } catch (ConnectionException failed) {
      if (failed.category() != Category.NOT_FOUND && failed.category() != Category.PERMISSION) {
        throw failed;
      }
      return Optional.of(failed.failure());
    }
  }

  /** {@return all rows of a statement that changes nothing: a round trip may be repeated} */
  StatementResult query(SqlStatement statement, Operation operation) {
    return run(statement, operation, service::read);
  }

  @Override
  public void change(SqlStatement statement, Operation operation) {
    run(statement, operation, service::write);
  }

  /** How a statement is submitted. */
  private interface Submitting {
    JsonRows<JsonRows.Row> submit(
        String name,
        HttpRequest request,
        AnswerReader<JsonRows<JsonRows.Row>> reader,
        Operation operation);
  }

  private StatementResult run(SqlStatement statement, Operation operation, Submitting way) {
    if (waitedInVain.isPresent()) {
      throw waitedInVain.get().failure().asException(waitedInVain.get());
    }
    boolean wait = statement.brief() && seconds(operation) >= SHORTEST_WAIT;
    JsonRows<JsonRows.Row> answer;
    try {
      answer =
          way.submit(statement.name(), submission(statement, wait, operation), ROWS, operation);
    } catch (ConnectionException failed) {
      throw refused(failed);
    }
    String id =
        answer
            .rest()
            .text("statement_id")
            .filter(text -> text.matches("[A-Za-z0-9_-]{1,100}"))
            .orElseThrow(this::malformed);
    try {
      answer = done(statement, id, answer, operation);
      return read(statement, id, answer, operation);
    } catch (ConnectionException failed) {
      boolean inVain = failed.code().equals(DatabricksErrorCode.COMPUTE_STARTING);
      if (inVain && once) {
        waitedInVain = Optional.of(failed);
      }
      if (inVain
          || failed.category() == Category.CANCELLED
          || failed.category() == Category.TIMEOUT) {
        cancel(id);
      }
      if (failed.category() == Category.NOT_FOUND && failed.failure().vendorCode().equals(GONE)) {
        throw failures.ended().asException(failed);
      }
      throw failed;
    }
  }

  private HttpRequest submission(SqlStatement statement, boolean wait, Operation operation) {
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("warehouse_id", warehouse.id());
    body.put("statement", statement.text());
    body.put(
        "parameters",
        statement.parameters().entrySet().stream()
            .sorted(Map.Entry.comparingByKey())
            .map(entry -> Map.of("name", entry.getKey(), "value", entry.getValue()))
            .toList());
    body.put("disposition", "INLINE");
    body.put("format", "JSON_ARRAY");
    body.put("byte_limit", LARGEST_RESULT);
    body.put("wait_timeout", (wait ? seconds(operation) : 0) + "s");
    body.put("on_wait_timeout", wait ? "CANCEL" : "CONTINUE");
    return HttpRequest.of(HttpRequest.Method.POST, ROOT).json(body);
  }

  /** How long the warehouse may take for a brief statement, so that its answer is still read. */
  private long seconds(Operation operation) {
    long allowed = Math.min(timeout.toSeconds(), operation.remaining().toSeconds()) - 1;
    return Math.min(LONGEST_WAIT, allowed);
  }

  private JsonRows<JsonRows.Row> done(
      SqlStatement statement, String id, JsonRows<JsonRows.Row> first, Operation operation) {
    JsonRows<JsonRows.Row> answer = first;
    ConfiguredCompute.Waiting starting = warehouse.new Waiting(FIRST_PAUSE, LONGEST_PAUSE);
    GrowingPause running = new GrowingPause(FIRST_PAUSE, LONGEST_PAUSE);
    while (true) {
      JsonObject status = answer.rest().object("status").orElseThrow(this::malformed);
      switch (status.text("state").orElse("")) {
        case "SUCCEEDED" -> {
          return answer;
        }
        case "FAILED" -> throw failures.of(status);
        case "CANCELED" ->
            throw (statement.brief() ? StandardFailures.timedOut("statement") : failures.ended())
                .asException();
        case "CLOSED" -> throw failures.ended().asException();
        // Its warehouse is starting, or has others to run first: no reason to give up.
        case "PENDING" -> starting.more(operation);
        case "RUNNING" -> running.take(LONGEST_PAUSE, operation);
        default -> throw malformed();
      }
      answer = service.read("statement", statement(HttpRequest.Method.GET, id), ROWS, operation);
    }
  }

  private StatementResult read(
      SqlStatement statement, String id, JsonRows<JsonRows.Row> first, Operation operation) {
    JsonObject manifest = first.rest().object("manifest").orElse(JsonObject.EMPTY);
    if (manifest.flag("truncated").orElse(false)) {
      throw failures.tooLarge().asException();
    }
    List<String> columns =
        manifest.object("schema").orElse(JsonObject.EMPTY).objects("columns").stream()
            .map(column -> column.text("name").orElse(""))
            .toList();
    List<JsonRows.Row> rows = new ArrayList<>(first.rows());
    OptionalLong next = next(first.rest().object("result").orElse(JsonObject.EMPTY), 0);
    while (next.isPresent()) {
      operation.checkpoint();
      long index = next.getAsLong();
      HttpRequest request =
          statement(HttpRequest.Method.GET, id, "result", "chunks", Long.toString(index));
      JsonRows<JsonRows.Row> chunk = service.read(statement.name(), request, ROWS, operation);
      rows.addAll(chunk.rows());
      next = next(chunk.rest(), index);
    }
    OptionalLong total = manifest.number("total_row_count");
    if (total.isPresent() && total.getAsLong() != rows.size()) {
      throw malformed(); // half a result is none
    }
    return new StatementResult(columns, rows);
  }

  /** Chunks come in order; one that leads back would never end. */
  private OptionalLong next(JsonObject chunk, long current) {
    OptionalLong next = chunk.number("next_chunk_index");
    if (next.isPresent() && next.getAsLong() <= current) {
      throw malformed();
    }
    return next;
  }

  private static HttpRequest statement(HttpRequest.Method method, String id, String... more) {
    List<String> segments = new ArrayList<>(List.of(ROOT));
    segments.add(id);
    segments.addAll(List.of(more));
    return HttpRequest.of(method, segments.toArray(String[]::new));
  }

  /** Nobody waits for the statement any more, so it has a moment of its own to be ended. */
  private void cancel(String id) {
    boolean interrupted = Thread.interrupted();
    try {
      service.write(
          "cancel statement",
          statement(HttpRequest.Method.POST, id, "cancel"),
          answer -> answer.status(),
          Operation.within("cancelling", LAST_MOMENT));
    } catch (ConnectionException failed) {
      // What can't be cancelled ends by itself; the caller hears why it was to be.
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private ConnectionException refused(ConnectionException failed) {
    if (failed.category() == Category.NOT_FOUND
        && !failed.code().id().equals(DatabricksErrorCode.NO_METASTORE.id())) {
      return warehouse.missing(failed);
    }
    if (failed.category() == Category.PERMISSION) {
      return service
          .failures()
          .of(
              StandardErrorCode.PERMISSION_DENIED,
              "The login may not use the warehouse.",
              "Ask for the permission CAN USE on it, or enter another warehouse.")
          .withFields(DatabricksFields.WAREHOUSE)
          .asException(failed);
    }
    return failed;
  }

  private ConnectionException malformed() {
    return failures.of(StandardErrorCode.MALFORMED_DATA).asException();
  }
}
