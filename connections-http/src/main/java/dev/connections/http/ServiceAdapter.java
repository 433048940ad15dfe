package dev.connections.http;

import dev.connections.api.AdapterContext;
import dev.connections.api.ConnectionAdapter;
import dev.connections.api.ImportEnd;
import dev.connections.api.ImportSelection;
import dev.connections.api.MetadataSink;
import dev.connections.api.Operation;
import dev.connections.api.Page;
import dev.connections.api.SchemaInfo;
import dev.connections.api.TableInfo;
import dev.connections.api.TableMetadata;
import dev.connections.api.TableName;
import dev.connections.api.TableQuery;
import dev.connections.api.TestResult;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * An adapter of one service that lists all its tables in a few requests: what its catalog says is
 * browsed and imported in the same way for every such service. Safe for any thread.
 *
 * @param <L> its list of tables
 */
public final class ServiceAdapter<L extends TableList> implements ConnectionAdapter {
  private final HttpService service;
  private final ServiceCatalog<L> catalog;
  private final ServiceBrowsing<L> browsing;
  private final Function<Operation, TestResult> test;
  private final Map<Class<?>, Object> features;

  private ServiceAdapter(
      HttpService service,
      ServiceCatalog<L> catalog,
      ServiceBrowsing<L> browsing,
      Function<Operation, TestResult> test,
      Map<Class<?>, Object> features) {
    this.service = service;
    this.catalog = catalog;
    this.browsing = browsing;
    this.test = test;
    this.features = Map.copyOf(features);
  }

  /**
   * {@return an adapter without further features}
   *
   * @param service closed with the adapter
   * @param clock tells for how long a list is kept; {@link AdapterContext#clock}
   * @param catalog what it reads
   * @param test tests the service, within an operation that also ends with the adapter
   * @param <L> its list of tables
   */
  public static <L extends TableList> ServiceAdapter<L> of(
      HttpService service,
      Clock clock,
      ServiceCatalog<L> catalog,
      Function<Operation, TestResult> test) {
    return new ServiceAdapter<>(
        service, catalog, new ServiceBrowsing<>(catalog, clock), test, Map.of());
  }

  /**
   * {@return an adapter with one more feature; both browse the same lists and end together}
   *
   * @param feature the feature's interface
   * @param offered the feature
   * @param <F> the feature
   */
  public <F> ServiceAdapter<L> offering(Class<F> feature, F offered) {
    Map<Class<?>, Object> more = new HashMap<>(features);
    more.put(feature, offered);
    return new ServiceAdapter<>(service, catalog, browsing, test, more);
  }

  @Override
  public TestResult test(Operation operation) {
    return test.apply(service.during(operation));
  }

  @Override
  public List<SchemaInfo> listSchemas(Operation operation) {
    return browsing.schemas(service.during(operation));
  }

  @Override
  public Page<TableInfo> listTables(TableQuery query, Operation operation) {
    return browsing.page(query, service.during(operation));
  }

  @Override
  public TableMetadata getTableMetadata(TableName table, Operation operation) {
    return browsing.table(table, service.during(operation));
  }

  @Override
  public ImportEnd importMetadata(
      ImportSelection selection, MetadataSink sink, Operation operation) {
    return new ServiceImport<>(catalog, selection, sink, service.during(operation)).run();
  }

  @Override
  public <F> Optional<F> as(Class<F> feature) {
    return Optional.ofNullable(features.get(feature)).map(feature::cast);
  }

  @Override
  public void close() {
    service.close();
  }
}
