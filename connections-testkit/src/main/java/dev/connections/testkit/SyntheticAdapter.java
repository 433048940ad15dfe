package dev.connections.testkit;

import dev.connections.api.AdapterContext;
import dev.connections.api.Configuration;
import dev.connections.api.ConnectionAdapter;
import dev.connections.api.ConnectionException;
import dev.connections.api.Failure;
import dev.connections.api.ImportEnd;
import dev.connections.api.ImportSelection;
import dev.connections.api.MetadataSink;
import dev.connections.api.Operation;
import dev.connections.api.Page;
import dev.connections.api.RowPreview;
import dev.connections.api.SchemaInfo;
import dev.connections.api.SchemaName;
import dev.connections.api.ServerInfo;
import dev.connections.api.StandardFailures;
import dev.connections.api.StandardStep;
import dev.connections.api.StatementRunner;
import dev.connections.api.TableInfo;
import dev.connections.api.TableMetadata;
import dev.connections.api.TableName;
import dev.connections.api.TableQuery;
import dev.connections.api.TestResult;
import dev.connections.api.TestSteps;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.stream.IntStream;

/** Reads a synthetic source as a real adapter reads a remote one. */
final class SyntheticAdapter implements ConnectionAdapter, RowPreview, StatementRunner {
  private final SyntheticSource source;
  private final SyntheticLine line;
  private final SyntheticCatalog catalog;
  private final boolean statementsAllowed;

  SyntheticAdapter(SyntheticSource source, Configuration configuration, AdapterContext context) {
    this.source = source;
    this.line = new SyntheticLine(source, configuration, context);
    this.catalog =
        new SyntheticCatalog(
            configuration.get(SyntheticConfiguration.SCHEMAS),
            configuration.get(SyntheticConfiguration.TABLES),
            configuration.get(SyntheticConfiguration.COLUMNS));
    this.statementsAllowed = configuration.get(SyntheticConfiguration.ALLOW_STATEMENTS);
  }

  @Override
  public TestResult test(Operation operation) {
    TestSteps steps =
        TestSteps.of(operation)
            .step(StandardStep.RESOLVE, step -> line.resolve())
            .step(StandardStep.CONNECT, step -> line.connect(operation))
            .step(StandardStep.AUTHENTICATE, step -> line.signIn(operation))
            .step(StandardStep.AUTHORIZE, step -> line.ask("check rights", operation, () -> true))
            .step(
                StandardStep.READ,
                step ->
                    step.detail(
                        line.ask("count schemas", operation, catalog::schemas) + " schemas"));
    if (steps.result().passed()) {
      steps.server(
          new ServerInfo("Synthetic source", Optional.of("2.0"), Map.of("Region", "nowhere")));
    }
    return steps.result();
  }

  @Override
  public List<SchemaInfo> listSchemas(Operation operation) {
    return line.ask(
        "list schemas",
        operation,
        () -> IntStream.range(0, catalog.schemas()).mapToObj(catalog::schemaInfo).toList());
  }

  @Override
  public Page<TableInfo> listTables(TableQuery query, Operation operation) {
    return line.ask("list tables", operation, () -> page(query));
  }

  private Page<TableInfo> page(TableQuery query) {
    SchemaName schema = query.schema();
    if (catalog.schemaNumber(schema).isEmpty()) {
      throw StandardFailures.notFound("schema", schema.display()).asException();
    }
    throwIfPresent(source.failureOfListing(schema));
    int table = query.pageToken().map(this::first).orElse(0);
    Optional<String> part = query.nameContains().map(text -> text.toLowerCase(Locale.ROOT));
    List<TableInfo> items = new ArrayList<>();
    for (; table < catalog.tables(); table++) {
      TableInfo info = catalog.info(schema, table);
      boolean matches = part.isEmpty() || info.name().table().contains(part.get());
      if (matches && !source.isRemoved(info.name())) {
        if (items.size() == query.limit()) {
          return new Page<>(
              items, Optional.of(Integer.toString(table)), OptionalLong.empty(), List.of());
        }
        items.add(info);
      }
    }
    return new Page<>(items, Optional.empty(), OptionalLong.empty(), List.of());
  }

  private int first(String token) {
    if (!token.matches("[0-9]{1,9}")) {
      throw SyntheticFailures.noSuchPage().asException();
    }
    return Integer.parseInt(token);
  }

  @Override
  public TableMetadata getTableMetadata(TableName table, Operation operation) {
    return line.ask(
        "read table",
        operation,
        () -> {
          int number = existing(table);
          throwIfPresent(source.failureOf(table));
          source.counts().read(table.schema(), number, catalog.tables());
          return catalog.metadata(table.schema(), number, SyntheticCatalog.ALL_SECTIONS);
        });
  }

  private int existing(TableName table) {
    OptionalInt number = catalog.tableNumber(table);
    if (number.isEmpty() || source.isRemoved(table)) {
      throw StandardFailures.notFound("table", table.display()).asException();
    }
    return number.getAsInt();
  }

  @Override
  public ImportEnd importMetadata(
      ImportSelection selection, MetadataSink sink, Operation operation) {
    return new SyntheticImport(source, line, catalog, selection, sink, operation).run();
  }

  @Override
  public <T> Optional<T> as(Class<T> feature) {
    return feature == StatementRunner.class && !statementsAllowed
        ? Optional.empty()
        : ConnectionAdapter.super.as(feature);
  }

  @Override
  public RowSample preview(TableName table, int rows, Operation operation) {
    return line.ask(
        "preview rows",
        operation,
        () -> {
          existing(table);
          throwIfPresent(source.failureOf(table));
          List<String> columns = catalog.columnNames();
          List<List<Optional<Object>>> values =
              IntStream.range(0, rows).mapToObj(row -> row(columns.size(), row)).toList();
          return new RowSample(columns, values, true);
        });
  }

  private static List<Optional<Object>> row(int columns, int row) {
    List<Optional<Object>> values = new ArrayList<>(columns);
    for (int column = 0; column < columns; column++) {
      boolean absent = column > 0 && (row + column) % 7 == 0;
      Object value = column == 0 ? (Object) (long) row : "row " + row + ", column " + column;
      values.add(absent ? Optional.empty() : Optional.of(value));
    }
    return values;
  }

  @Override
  public void run(String statement, Operation operation) {
    line.tell("run statement", operation, () -> source.ran(statement));
  }

  private static void throwIfPresent(Optional<Failure> failure) {
    if (failure.isPresent()) {
      throw ConnectionException.of(failure.get());
    }
  }

  @Override
  public void close() {
    line.close();
  }
}
