package dev.connections.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.connections.api.AdapterContext;
import dev.connections.api.Category;
import dev.connections.api.ConfigurationValues;
import dev.connections.api.ConnectionAdapter;
import dev.connections.api.ConnectionAdapterProvider;
import dev.connections.api.ConnectionException;
import dev.connections.api.ImportEnd;
import dev.connections.api.ImportSelection;
import dev.connections.api.MetadataSink;
import dev.connections.api.Operation;
import dev.connections.api.Page;
import dev.connections.api.SchemaName;
import dev.connections.api.TableInfo;
import dev.connections.api.TableMetadata;
import dev.connections.api.TableName;
import dev.connections.api.TableQuery;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;

/** One test of the contract: the adapters it opens, and what it asks of them. */
final class AdapterTrial {
  private final AdapterUnderTest contract;
  private final Duration soon;
  private final WatchedContext context;
  private final List<ConnectionAdapter> opened;

  /**
   * Begins a trial.
   *
   * @param soon how long a call may take that was told to end
   */
  AdapterTrial(AdapterUnderTest contract, Duration soon) {
    this(contract, soon, new CopyOnWriteArrayList<>());
  }

  private AdapterTrial(AdapterUnderTest contract, Duration soon, List<ConnectionAdapter> opened) {
    this.contract = contract;
    this.soon = soon;
    this.context = new WatchedContext(contract.context());
    this.opened = opened;
  }

  /**
   * {@return a trial of one call} It watches surroundings of its own, so that a call which goes on
   * is held against itself alone; what it opens is closed with this one.
   */
  AdapterTrial ofOneCall() {
    return new AdapterTrial(contract, soon, opened);
  }

  ConnectionAdapterProvider provider() {
    return contract.provider();
  }

  /** {@return how long a call may take that was told to end} */
  Duration soon() {
    return soon;
  }

  /** {@return what a call gives that has to end soon} */
  <T> T call(String what, Callable<T> call) throws Exception {
    return Bounded.start(what, call).await(soon);
  }

  WatchedContext context() {
    return context;
  }

  TableName table() {
    return contract.someTable();
  }

  /** Names that no source has: a schema's and a table's. */
  static SchemaName missingSchema(SchemaName like) {
    return new SchemaName(like.catalog(), "no_such_schema_4711");
  }

  TableName missingTable() {
    return table().schema().table("no_such_table_4711");
  }

  ConnectionAdapter open() {
    return open(contract.goodConfiguration());
  }

  ConnectionAdapter open(ConfigurationValues values) {
    return open(values, context);
  }

  private ConnectionAdapter open(ConfigurationValues values, AdapterContext surroundings) {
    ConnectionAdapterProvider provider = contract.provider();
    ConnectionAdapter adapter = provider.open(provider.configuration().bind(values), surroundings);
    opened.add(adapter);
    return adapter;
  }

  /** Imports everything there is. */
  RecordingSink imported(ConnectionAdapter adapter) {
    RecordingSink sink = sink();
    ImportEnd end = adapter.importMetadata(TestSelection.everything(), sink, TestOperation.start());
    assertThat(end).as("how an import of everything ended").isInstanceOf(ImportEnd.Done.class);
    return sink;
  }

  /** A sink that notes when it is called from within a remote call. */
  RecordingSink sink() {
    return new RecordingSink().onEvent(context::sinkCalled);
  }

  /** Every table of a schema, by pages. */
  static List<TableInfo> browse(ConnectionAdapter adapter, TableQuery query) {
    List<TableInfo> tables = new ArrayList<>();
    Optional<String> token = Optional.empty();
    do {
      TableQuery next = token.map(query::after).orElse(query);
      Page<TableInfo> page = adapter.listTables(next, TestOperation.start());
      assertThat(page.items())
          .as("a page of a list with the limit %s", query.limit())
          .hasSizeLessThanOrEqualTo(query.limit());
      tables.addAll(page.items());
      assertThat(page.next())
          .as("the token of the page after the one of the token %s", token)
          .isNotEqualTo(token.isPresent() ? token : Optional.of(""));
      token = page.next();
    } while (token.isPresent());
    return tables;
  }

  /** Runs what must fail, and gives what it failed with. */
  static ConnectionException failureOf(String what, Callable<?> call) {
    Object result;
    try {
      result = call.call();
    } catch (Exception e) {
      return typed(what, e);
    }
    throw new AssertionError(what + " should have failed and gave " + result);
  }

  /** Fails unless the exception is one that an adapter may throw. */
  static ConnectionException typed(String what, Throwable thrown) {
    if (thrown instanceof ConnectionException typed && typed.category() != Category.INTERNAL) {
      return typed;
    }
    throw new AssertionError(
        what + " threw " + thrown.getClass().getName() + " instead of a precise failure", thrown);
  }

  /** The calls an adapter has, each by a name. */
  Map<String, AdapterCall> calls() {
    Map<String, AdapterCall> calls = new LinkedHashMap<>();
    calls.put("test", (adapter, operation) -> adapter.test(operation));
    calls.putAll(readingCalls());
    return calls;
  }

  /** The calls that throw where {@code test} gives a result. */
  Map<String, AdapterCall> readingCalls() {
    TableName table = table();
    Map<String, AdapterCall> calls = new LinkedHashMap<>();
    calls.put("listSchemas", (adapter, operation) -> adapter.listSchemas(operation));
    calls.put(
        "listTables",
        (adapter, operation) -> adapter.listTables(TableQuery.of(table.schema()), operation));
    calls.put(
        "getTableMetadata", (adapter, operation) -> adapter.getTableMetadata(table, operation));
    calls.put(
        "importMetadata",
        (adapter, operation) ->
            adapter.importMetadata(TestSelection.everything(), sink(), operation));
    return calls;
  }

  /** One call to an adapter. */
  @FunctionalInterface
  interface AdapterCall {
    Object on(ConnectionAdapter adapter, Operation operation) throws Exception;
  }

  static TableMetadata read(ConnectionAdapter adapter, TableName table) {
    return adapter.getTableMetadata(table, TestOperation.start());
  }

  static ImportEnd importInto(
      MetadataSink sink, ConnectionAdapter adapter, ImportSelection selection) {
    return adapter.importMetadata(selection, sink, TestOperation.start());
  }

  /** Closes an adapter before the test is over. */
  boolean close(ConnectionAdapter adapter) {
    opened.remove(adapter);
    adapter.close();
    return true;
  }

  /** Closes what is still open. */
  void close() throws Exception {
    for (ConnectionAdapter adapter : List.copyOf(opened)) {
      call("close", () -> close(adapter));
    }
  }
}
