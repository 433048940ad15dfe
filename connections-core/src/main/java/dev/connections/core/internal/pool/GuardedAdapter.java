package dev.connections.core.internal.pool;

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

/** An adapter whose foreign exceptions have become internal failures. */
final class GuardedAdapter implements ConnectionAdapter {
  private final ConnectionAdapter adapter;

  GuardedAdapter(ConnectionAdapter adapter) {
    this.adapter = adapter;
  }

  @Override
  public TestResult test(Operation operation) {
    return Defects.caught("testing", () -> adapter.test(operation));
  }

  @Override
  public List<SchemaInfo> listSchemas(Operation operation) {
    return Defects.caught("listing schemas", () -> List.copyOf(adapter.listSchemas(operation)));
  }

  @Override
  public Page<TableInfo> listTables(TableQuery query, Operation operation) {
    return Defects.caught("listing tables", () -> adapter.listTables(query, operation));
  }

  @Override
  public TableMetadata getTableMetadata(TableName table, Operation operation) {
    return Defects.caught("reading a table", () -> adapter.getTableMetadata(table, operation));
  }

  /** Lets everything through: what the sink throws is core's, and only the import can tell. */
  @Override
  public ImportEnd importMetadata(
      ImportSelection selection, MetadataSink sink, Operation operation) {
    return adapter.importMetadata(selection, sink, operation);
  }

  @Override
  public <T> Optional<T> as(Class<T> feature) {
    return Defects.caught("asking for a feature", () -> adapter.as(feature))
        .map(offered -> GuardedFeature.of(feature, offered));
  }

  @Override
  public void close() {
    Defects.caught(
        "closing an adapter",
        () -> {
          adapter.close();
          return adapter;
        });
  }
}
