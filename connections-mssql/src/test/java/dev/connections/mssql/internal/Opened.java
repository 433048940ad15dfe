package dev.connections.mssql.internal;

import dev.connections.api.Configuration;
import dev.connections.api.ConfigurationValues;
import dev.connections.api.MetadataSink;
import dev.connections.api.SchemaName;
import dev.connections.api.Secret;
import dev.connections.api.TableMetadata;
import dev.connections.jdbc.DatabaseAdapter;
import dev.connections.testkit.RecordingSink;
import dev.connections.testkit.TestAdapterContext;
import dev.connections.testkit.TestOperation;
import dev.connections.testkit.TestSelection;

/** An adapter, opened as a host opens it, and what it reads. */
record Opened(DatabaseAdapter<TableRow> adapter, TestAdapterContext context)
    implements AutoCloseable {
  /** Values of a server on this machine that doesn't encrypt. */
  static ConfigurationValues values(int port) {
    return ConfigurationValues.empty()
        .with("server", "localhost")
        .with("port", port)
        .with("database", "shop")
        .with("authentication.username", "reader")
        .with("authentication.password", Secret.of("geheim-4711"))
        .with("ssl.enabled", false);
  }

  static Opened of(ConfigurationValues values) {
    return of(values, Parts.STANDARD);
  }

  /** Without some parts, or with others. */
  static Opened of(ConfigurationValues values, Parts parts) {
    return of(values, parts, TestAdapterContext.create());
  }

  static Opened of(ConfigurationValues values, Parts parts, TestAdapterContext context) {
    MssqlProvider provider = new MssqlProvider();
    return new Opened(
        MssqlAdapter.open(provider.configuration().bind(values), context, parts), context);
  }

  /** On the rows of a catalog, without a driver of SQL Server between. */
  static Opened on(SysCatalog catalog, Counting counting) {
    return on(catalog, counting, 4);
  }

  static Opened on(SysCatalog catalog, Counting counting, int poolSize) {
    TestAdapterContext context = TestAdapterContext.create();
    Configuration configuration =
        MssqlFields.SPEC.bind(
            values(1433).with("advanced.pool_size", poolSize).with("advanced.row_preview", true));
    return new Opened(
        MssqlAdapter.open(
            configuration,
            context,
            Parts.STANDARD,
            new MssqlDriver(configuration, context, Parts.STANDARD),
            counting.driver(catalog)),
        context);
  }

  static Opened on(SysCatalog catalog) {
    return on(catalog, new Counting());
  }

  RecordingSink imported() {
    return imported(new RecordingSink());
  }

  <S extends MetadataSink> S imported(S sink) {
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
