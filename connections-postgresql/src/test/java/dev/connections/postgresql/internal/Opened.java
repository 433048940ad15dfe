package dev.connections.postgresql.internal;

import dev.connections.api.ConfigurationValues;
import dev.connections.api.SchemaName;
import dev.connections.api.TableMetadata;
import dev.connections.jdbc.DatabaseAdapter;
import dev.connections.testkit.RecordingSink;
import dev.connections.testkit.TestAdapterContext;
import dev.connections.testkit.TestOperation;
import dev.connections.testkit.TestSelection;

/** An adapter, opened as a host opens it, and what it reads. */
record Opened(DatabaseAdapter<TableRow> adapter, TestAdapterContext context)
    implements AutoCloseable {
  static Opened of(ConfigurationValues values) {
    TestAdapterContext context = TestAdapterContext.create();
    PostgresProvider provider = new PostgresProvider();
    return new Opened(
        PostgresAdapter.open(provider.configuration().bind(values), context), context);
  }

  RecordingSink imported() {
    return imported(new RecordingSink());
  }

  RecordingSink imported(RecordingSink sink) {
    adapter.importMetadata(TestSelection.everything(), sink, TestOperation.start());
    return sink;
  }

  TableMetadata table(String schema, String name) {
    return adapter.getTableMetadata(SchemaName.of(schema).table(name), TestOperation.start());
  }

  @Override
  public void close() {
    adapter.close();
  }
}
