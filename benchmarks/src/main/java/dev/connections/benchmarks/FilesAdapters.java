package dev.connections.benchmarks;

import dev.connections.api.ConfigurationValues;
import dev.connections.api.ConnectionAdapter;
import dev.connections.api.ConnectionAdapterProvider;
import dev.connections.api.SchemaName;
import dev.connections.api.TableInfo;
import dev.connections.api.TableName;
import dev.connections.api.TableQuery;
import dev.connections.testkit.TestAdapterContext;
import dev.connections.testkit.TestOperation;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.ServiceLoader;

/** Opens connections to directories, and times the reading of small files one after the other. */
final class FilesAdapters {
  private FilesAdapters() {}

  static ConfigurationValues values(Path directory) {
    return ConfigurationValues.empty().with("base_path", directory.toString());
  }

  static ConnectionAdapter open(ConfigurationValues values) {
    ConnectionAdapterProvider provider =
        ServiceLoader.load(ConnectionAdapterProvider.class).stream()
            .map(ServiceLoader.Provider::get)
            .filter(found -> found.type().isNamed("filesystem"))
            .findFirst()
            .orElseThrow();
    return provider.open(provider.configuration().bind(values), TestAdapterContext.create());
  }

  /** The best time for the schemas of all files, of five columns each, on one warm thread. */
  static long schemaOfEach(SampleFiles files) throws Exception {
    try (ConnectionAdapter adapter = open(values(files.directory()))) {
      TestOperation operation = TestOperation.within(Duration.ofMinutes(10));
      List<TableName> tables =
          adapter
              .listTables(TableQuery.of(SchemaName.of(".")).limit(SampleFiles.COUNT), operation)
              .items()
              .stream()
              .map(TableInfo::name)
              .toList();
      return Timing.best(
          () -> {
            for (TableName table : tables) {
              if (adapter.getTableMetadata(table, operation).columns().size() != 5) {
                throw new IllegalStateException("five columns expected in " + table.display());
              }
            }
          });
    }
  }
}
