package dev.connections.simulators.internal.databricks;

import dev.connections.simulators.internal.Answer;
import dev.connections.simulators.internal.Incoming;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * {@code /api/2.0/sql/statements}: a statement is answered by the script where one fits, else from
 * the catalogs' {@code information_schema}. It is pending when it is submitted without waiting, and
 * done after it was asked for so often.
 */
public final class StatementsApi {
  private static final String ROOT = "/api/2.0/sql/statements";

  private final Compute compute;
  private final InformationSchema schema;
  private final Ddl ddl;
  private final Map<String, Rows> script = new ConcurrentHashMap<>();
  private final Map<String, StatementRefused> refusals = new ConcurrentHashMap<>();
  private final Map<String, SubmittedStatement> running = new ConcurrentHashMap<>();
  private final List<String> texts = new CopyOnWriteArrayList<>();
  private final AtomicInteger cancelled = new AtomicInteger();
  private final AtomicInteger number = new AtomicInteger();
  private volatile int doneAfter = 1;
  private volatile int chunk = 10_000;
  private volatile long inlineLimit = 25L << 20;

  /** Runs statements on warehouses. */
  public StatementsApi(Compute compute, Lakehouse lakehouse, CatalogApi catalogs) {
    this.compute = compute;
    this.schema = new InformationSchema(lakehouse, catalogs);
    this.ddl = new Ddl(lakehouse, schema);
  }

  /** Answers statements that hold a text. */
  public void script(String containing, Rows rows) {
    script.put(containing, rows);
  }

  /** Lets statements that hold a text fail. */
  public void refuse(String containing, String errorClass, String state) {
    refusals.put(containing, new StatementRefused(errorClass, state, "Refused."));
  }

  /** Adds a relation that queries may read. */
  public void relation(String fullName, Rows rows) {
    schema.add(fullName, rows);
  }

  /** How often a statement is asked for until it is done. */
  public void doneAfter(int questions) {
    doneAfter = questions;
  }

  /** How many rows a chunk holds. */
  public void chunk(int rows) {
    chunk = rows;
  }

  /** How many bytes a result within an answer may hold. */
  public void inlineLimit(long bytes) {
    inlineLimit = bytes;
  }

  /** The texts of all statements so far. */
  public List<String> texts() {
    return List.copyOf(texts);
  }

  /** How many statements were cancelled. */
  public int cancelled() {
    return cancelled.get();
  }

  Optional<Answer> answer(Incoming request) {
    if (!request.path().startsWith(ROOT)) {
      return Optional.empty();
    }
    String[] path = request.path().substring(ROOT.length()).split("/", -1);
    if (request.is("POST") && (path.length <= 1 || path[1].isEmpty())) {
      return Optional.of(submit(JsonTree.parse(request.text())));
    }
    SubmittedStatement statement = path.length > 1 ? running.get(path[1]) : null;
    if (statement == null) {
      return Optional.of(
          Json.refusal(404, "RESOURCE_DOES_NOT_EXIST", "The statement does not exist."));
    }
    if (request.is("POST") && path.length == 3 && path[2].equals("cancel")) {
      statement.end("CANCELED");
      cancelled.incrementAndGet();
      return Optional.of(Answer.json(200, "{}"));
    }
    if (request.is("DELETE")) {
      running.remove(path[1]);
      return Optional.of(Answer.json(200, "{}"));
    }
    if (path.length == 5 && path[2].equals("result")) {
      return Optional.of(
          Answer.json(200, StatementAnswers.chunk(statement, Integer.parseInt(path[4]), chunk)));
    }
    if (compute.runs(statement.warehouse())) {
      statement.asked(doneAfter);
    }
    return Optional.of(StatementAnswers.state(statement, chunk));
  }

  private Answer submit(Map<String, Object> asked) {
    String warehouse = JsonTree.text(asked, "warehouse_id", "");
    if (!compute.starts(warehouse)) {
      return compute.noWarehouse(warehouse);
    }
    String text = JsonTree.text(asked, "statement", "");
    texts.add(text);
    SubmittedStatement statement = statement(warehouse, text, parameters(asked), limit(asked));
    running.put(statement.id(), statement);
    String wait = JsonTree.text(asked, "wait_timeout", "10s");
    if (!wait.equals("0s")) {
      if (doneAfter <= 1 && compute.runs(warehouse)) {
        statement.asked(1);
      } else if (JsonTree.text(asked, "on_wait_timeout", "CONTINUE").equals("CANCEL")) {
        statement.end("CANCELED");
      }
    }
    return StatementAnswers.state(statement, chunk);
  }

  /** Without a limit of its own, a result that is too large fails; with one it is cut. */
  private static long limit(Map<String, Object> asked) {
    return Long.parseLong(JsonTree.text(asked, "byte_limit", "-1"));
  }

  private static Map<String, String> parameters(Map<String, Object> asked) {
    Map<String, String> values = new HashMap<>();
    for (Map<String, Object> parameter : JsonTree.objects(asked, "parameters")) {
      values.put(JsonTree.text(parameter, "name", ""), JsonTree.text(parameter, "value", ""));
    }
    return values;
  }

  private SubmittedStatement statement(
      String warehouse, String text, Map<String, String> parameters, long limit) {
    String id = "01f0-statement-" + number.incrementAndGet();
    try {
      Rows rows = run(text, parameters);
      if (limit < 0 && StatementAnswers.size(rows) > inlineLimit) {
        throw new StatementRefused(
            "BAD_REQUEST",
            "54000",
            "Inline byte limit exceeded. Statements executed with disposition=INLINE can have a result"
                + " size of at most 26214400 bytes.");
      }
      return new SubmittedStatement(
          id, warehouse, rows, null, limit < 0 ? inlineLimit : Math.min(limit, inlineLimit));
    } catch (StatementRefused refused) {
      return new SubmittedStatement(
          id, warehouse, new Rows(List.of(), List.of()), refused, inlineLimit);
    }
  }

  private Rows run(String text, Map<String, String> parameters) {
    for (Map.Entry<String, StatementRefused> refusal : refusals.entrySet()) {
      if (text.contains(refusal.getKey())) {
        throw refusal.getValue();
      }
    }
    for (Map.Entry<String, Rows> entry : script.entrySet()) {
      if (text.contains(entry.getKey())) {
        return entry.getValue();
      }
    }
    SqlTokens tokens = new SqlTokens(text);
    if (ddl.run(tokens)) {
      return new Rows(List.of(), List.of());
    }
    tokens.expect("SELECT");
    return schema.answer(Select.parse(tokens, parameters));
  }
}
