package dev.connections.benchmarks;

import com.databricks.client.jdbc.Driver;
import dev.connections.api.ConfigurationValues;
import dev.connections.api.ConnectionAdapter;
import dev.connections.api.ConnectionAdapterProvider;
import dev.connections.api.Secret;
import dev.connections.databricks.internal.ManyHiveTables;
import dev.connections.testkit.RecordingSink;
import dev.connections.testkit.TestAdapterContext;
import dev.connections.testkit.TestOperation;
import dev.connections.testkit.TestSelection;
import java.net.URI;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Queue;
import java.util.ServiceLoader;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * The tables of {@code hive_metastore} by the real driver, on compute that answers each of its
 * requests after 20 ms: our import, connecting included, beside the same statements on as many
 * connections of the bare driver, whose rows nobody keeps.
 */
final class HiveBesideBareStatements implements Case {
  private static final int SCHEMAS = 4;
  private static final int TABLES = 160;
  private static final int COLUMNS = 20;
  private static final int CONNECTIONS = 8;
  private static final double MOST_TIMES_BARE = 1.3;

  @Override
  public String name() {
    return "databricks-hive";
  }

  @Override
  public List<Row> measure() throws Exception {
    try (ManyHiveTables metastore =
        new ManyHiveTables(SCHEMAS, TABLES, COLUMNS, Duration.ofMillis(20))) {
      imported(metastore.connection());
      List<String> statements = List.copyOf(metastore.statements());
      long ours = Timing.best(() -> imported(metastore.connection()), 1, 3);
      long bare = Timing.best(() -> bare(metastore.connection(), statements), 1, 3);
      double times = (double) ours / bare;
      return List.of(
          new Row(
              "hive_metastore (simulated, 20 ms per request), "
                  + TABLES
                  + " tables × "
                  + COLUMNS
                  + " columns in "
                  + SCHEMAS
                  + " schemas: import beside its "
                  + statements.size()
                  + " statements on 8 connections of the bare driver",
              Timing.milliseconds(ours),
              Timing.milliseconds(bare),
              Timing.times(times) + " the time",
              "≤ 1.3 ×",
              times <= MOST_TIMES_BARE));
    }
  }

  private static void imported(Map<String, String> connection) {
    ConnectionAdapterProvider provider =
        ServiceLoader.load(ConnectionAdapterProvider.class).stream()
            .map(ServiceLoader.Provider::get)
            .filter(found -> found.type().isNamed("databricks"))
            .findFirst()
            .orElseThrow();
    ConfigurationValues values = ConfigurationValues.empty();
    for (Map.Entry<String, String> entry : connection.entrySet()) {
      boolean token = entry.getKey().endsWith("token");
      values = values.with(entry.getKey(), token ? Secret.of(entry.getValue()) : entry.getValue());
    }
    RecordingSink sink = new RecordingSink();
    try (ConnectionAdapter adapter =
        provider.open(provider.configuration().bind(values), TestAdapterContext.create())) {
      adapter.importMetadata(
          TestSelection.everything(), sink, TestOperation.within(Duration.ofMinutes(2)));
    }
    long columns = sink.tables().values().stream().mapToLong(table -> table.columns().size()).sum();
    if (columns != (long) TABLES * COLUMNS) {
      throw new IllegalStateException("columns are missing: " + columns);
    }
  }

  private static void bare(Map<String, String> connection, List<String> statements)
      throws Exception {
    Queue<String> left = new ConcurrentLinkedQueue<>(statements);
    ExecutorService workers = Executors.newFixedThreadPool(CONNECTIONS);
    try {
      List<Future<?>> all = new ArrayList<>();
      for (int i = 0; i < CONNECTIONS; i++) {
        all.add(workers.submit(() -> bare(connection, left)));
      }
      for (Future<?> one : all) {
        one.get();
      }
    } finally {
      workers.shutdownNow();
    }
  }

  private static Void bare(Map<String, String> connection, Queue<String> statements)
      throws SQLException {
    URI address = URI.create(connection.get("workspace_url"));
    Properties properties = new Properties();
    properties.setProperty("AuthMech", "11");
    properties.setProperty("Auth_Flow", "0");
    properties.setProperty("Auth_AccessToken", connection.get("authentication.token"));
    properties.setProperty(
        "httpPath", "sql/protocolv1/o/0/" + connection.get("compute.cluster_id"));
    properties.setProperty("ssl", "0");
    properties.setProperty("EnableTelemetry", "0");
    properties.setProperty("EnableTokenFederation", "0");
    properties.setProperty("EnableQueryResultDownload", "0");
    properties.setProperty("LogLevel", "OFF");
    String url = "jdbc:databricks://" + address.getHost() + ":" + address.getPort() + "/default";
    try (Connection opened = new Driver().connect(url, properties)) {
      for (String text = statements.poll(); text != null; text = statements.poll()) {
        try (Statement statement = opened.createStatement();
            ResultSet rows = statement.executeQuery(text)) {
          while (rows.next()) {
            rows.getString(1);
          }
        }
      }
    }
    return null;
  }
}
