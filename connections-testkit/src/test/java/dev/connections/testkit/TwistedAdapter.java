package dev.connections.testkit;

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
import java.util.List;
import java.util.Optional;

/** Forwards everything; what a subclass overrides is what it does wrong. */
class TwistedAdapter implements ConnectionAdapter {
  private final ConnectionAdapter adapter;

  TwistedAdapter(ConnectionAdapter adapter) {
    this.adapter = adapter;
  }

  @Override
  public TestResult test(Operation operation) {
    return adapter.test(operation);
  }

  @Override
  public List<SchemaInfo> listSchemas(Operation operation) {
    return adapter.listSchemas(operation);
  }

  @Override
  public Page<TableInfo> listTables(TableQuery query, Operation operation) {
    return adapter.listTables(query, operation);
  }

  @Override
  public TableMetadata getTableMetadata(TableName table, Operation operation) {
    return adapter.getTableMetadata(table, operation);
  }

  @Override
  public ImportEnd importMetadata(
      ImportSelection selection, MetadataSink sink, Operation operation) {
    return adapter.importMetadata(selection, sink, operation);
  }

  @Override
  public <T> Optional<T> as(Class<T> feature) {
    return adapter.as(feature);
  }

  @Override
  public void close() {
    adapter.close();
  }
}
