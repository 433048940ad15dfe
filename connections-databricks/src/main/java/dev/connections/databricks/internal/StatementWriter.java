package dev.connections.databricks.internal;

import dev.connections.api.Category;
import dev.connections.api.ConnectionException;
import dev.connections.api.Failure;
import dev.connections.api.Operation;
import dev.connections.api.SchemaName;
import dev.connections.api.StandardErrorCode;
import dev.connections.api.StatementRunner;
import dev.connections.databricks.CatalogWriter;
import dev.connections.databricks.WritePlan;
import dev.connections.databricks.WritePlan.Kind;
import dev.connections.databricks.WriteReport;
import dev.connections.http.HttpService;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** Writes by statements on a warehouse or cluster. Safe for any thread. */
final class StatementWriter implements CatalogWriter, StatementRunner {
  private final HttpService service;
  private final WriteTarget target;
  private final WritingCompute compute;
  private final Optional<String> catalog;

  /**
   * Takes the compute that writes.
   *
   * @param target the metastore that it writes to
   * @param catalog the one that may be written to; empty for any
   */
  StatementWriter(
      HttpService service, WriteTarget target, WritingCompute compute, Optional<String> catalog) {
    this.service = service;
    this.target = target;
    this.compute = compute;
    this.catalog = catalog;
  }

  @Override
  public void run(String statement, Operation operation) {
    Operation call = service.during(operation);
    ready(call);
    compute.change(SqlStatement.of("statement", statement), call);
  }

  private void ready(Operation operation) {
    Optional<Failure> unready = compute.unready(operation);
    if (unready.isPresent()) {
      throw unready.get().asException();
    }
  }

  @Override
  public WritePlan plan(String script, Operation operation) {
    Operation call = service.during(operation);
    Present present = new Present(call);
    List<WritePlan.Statement> statements = new ArrayList<>();
    for (Script.Part part : Script.parts(script)) {
      Optional<Failure> refusal = refusal(part);
      statements.add(
          new WritePlan.Statement(
              statements.size() + 1,
              part.kind(),
              String.join(".", part.path()),
              part.text(),
              refusal.isEmpty() && present.is(part),
              refusal));
    }
    return new WritePlan(statements);
  }

  private Optional<Failure> refusal(Script.Part part) {
    if (part.kind() == Kind.OTHER) {
      return Optional.of(
          service
              .failures()
              .of(
                  StandardErrorCode.UNSUPPORTED,
                  "The statement isn't one that creates a schema or a table, or names keys, tags or"
                      + " comments.",
                  "Take it out of the script. The feature StatementRunner runs any statement."));
    }
    boolean elsewhere =
        catalog.filter(name -> !name.equalsIgnoreCase(part.path().get(0))).isPresent();
    return elsewhere
        ? Optional.of(
            service
                .failures()
                .of(
                    StandardErrorCode.PERMISSION_DENIED,
                    "The statement writes to a catalog that isn't the connection's.",
                    "Write to the catalog " + catalog.get() + ", or use another connection.")
                .withFields(DatabricksFields.CATALOG))
        : target.refusal(part);
  }

  /** What is there already: asked once for each schema that the script names. */
  private final class Present {
    private final Operation operation;
    private final Map<SchemaName, Optional<Set<String>>> tables = new HashMap<>();

    Present(Operation operation) {
      this.operation = operation;
    }

    boolean is(Script.Part part) {
      if (part.kind() != Kind.CREATE_SCHEMA && part.kind() != Kind.CREATE_TABLE) {
        return false;
      }
      SchemaName schema = SchemaName.of(folded(part.path().get(0)), folded(part.path().get(1)));
      Optional<Set<String>> known =
          tables.computeIfAbsent(schema, name -> target.tables(name, operation));
      return part.kind() == Kind.CREATE_SCHEMA
          ? known.isPresent()
          : known.filter(names -> names.contains(folded(part.path().get(2)))).isPresent();
    }
  }

  private static String folded(String name) {
    return name.toLowerCase(Locale.ROOT);
  }

  @Override
  public WriteReport apply(
      WritePlan plan, Consumer<? super WriteReport.Outcome> listener, Operation operation) {
    if (!plan.refused().isEmpty()) {
      throw plan.refused().get(0).refusal().orElseThrow().asException();
    }
    Operation call = service.during(operation);
    ready(call);
    Set<String> broken = new HashSet<>();
    List<WriteReport.Outcome> outcomes = new ArrayList<>();
    for (WritePlan.Statement statement : plan.statements()) {
      WriteReport.Outcome outcome = written(statement, broken, call);
      outcomes.add(outcome);
      listener.accept(outcome);
    }
    return new WriteReport(outcomes);
  }

  private WriteReport.Outcome written(
      WritePlan.Statement statement, Set<String> broken, Operation operation) {
    operation.checkpoint();
    String object = folded(statement.object());
    if (broken.stream().anyMatch(name -> object.equals(name) || object.startsWith(name + "."))) {
      return new WriteReport.Outcome(
          statement,
          WriteReport.Result.SKIPPED,
          Optional.of(
              service
                  .failures()
                  .of(
                      StandardErrorCode.NOT_FOUND,
                      "What the statement builds on couldn't be created.",
                      "See the failure of the statement before it.")));
    }
    try {
      compute.change(SqlStatement.of("write", statement.text()), operation);
      return new WriteReport.Outcome(statement, WriteReport.Result.DONE, Optional.empty());
    } catch (ConnectionException failed) {
      if (Finality.ofStatements(failed) || failed.category() == Category.TIMEOUT) {
        throw failed;
      }
      if (statement.kind() == Kind.CREATE_SCHEMA || statement.kind() == Kind.CREATE_TABLE) {
        broken.add(object);
      }
      return new WriteReport.Outcome(
          statement, WriteReport.Result.FAILED, Optional.of(failed.failure()));
    }
  }
}
