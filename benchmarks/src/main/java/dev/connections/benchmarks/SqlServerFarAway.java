package dev.connections.benchmarks;

import dev.connections.api.ChangeMarker;
import dev.connections.api.ConfigurationValues;
import dev.connections.api.ConnectionAdapter;
import dev.connections.api.ConnectionAdapterProvider;
import dev.connections.api.Failure;
import dev.connections.api.ImportSelection;
import dev.connections.api.MetadataSink;
import dev.connections.api.SchemaName;
import dev.connections.api.Secret;
import dev.connections.api.Section;
import dev.connections.api.TableMetadata;
import dev.connections.api.TableName;
import dev.connections.mssql.internal.ManyTables;
import dev.connections.testkit.TestAdapterContext;
import dev.connections.testkit.TestOperation;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.concurrent.atomic.LongAdder;

/**
 * A thousand tables of a SQL Server whose answers take 20 ms each, beside the same without: what is
 * between both is waiting. Connecting is part of it. The server is the endpoint of the tests.
 */
final class SqlServerFarAway implements Case {
  private static final int TABLES = 1_000;
  private static final Duration LATENCY = Duration.ofMillis(20);
  private static final long MOST_WAITING = Duration.ofMillis(600).toNanos();

  @Override
  public String name() {
    return "mssql";
  }

  @Override
  public List<Row> measure() throws Exception {
    try (ManyTables near = new ManyTables(TABLES, Duration.ZERO);
        ManyTables far = new ManyTables(TABLES, LATENCY)) {
      long without = Timing.best(() -> imported(near.port()), 3, 5);
      int before = far.roundTrips();
      imported(far.port());
      int roundTrips = far.roundTrips() - before;
      long with = Timing.best(() -> imported(far.port()), 1, 5);
      long waiting = with - without;
      return List.of(
          new Row(
              "SQL Server, 1,000 tables, 20 ms per round trip ("
                  + roundTrips
                  + " of them): import beside the same with none",
              Timing.milliseconds(with),
              Timing.milliseconds(without),
              Timing.milliseconds(waiting) + " more",
              "≤ 600 ms",
              waiting <= MOST_WAITING));
    }
  }

  private static void imported(int port) {
    ConnectionAdapterProvider provider =
        ServiceLoader.load(ConnectionAdapterProvider.class).stream()
            .map(ServiceLoader.Provider::get)
            .filter(found -> found.type().isNamed("mssql"))
            .findFirst()
            .orElseThrow();
    ConfigurationValues values =
        ConfigurationValues.empty()
            .with("server", "localhost")
            .with("port", port)
            .with("database", "shop")
            .with("authentication.username", "reader")
            .with("authentication.password", Secret.of("anything"))
            .with("ssl.enabled", false);
    LongAdder columns = new LongAdder();
    try (ConnectionAdapter adapter =
        provider.open(provider.configuration().bind(values), TestAdapterContext.create())) {
      adapter.importMetadata(
          new Everything(), new Counting(columns), TestOperation.within(Duration.ofMinutes(2)));
    }
    if (columns.sum() != 3L * TABLES) {
      throw new IllegalStateException("columns are missing: " + columns.sum());
    }
  }

  private record Counting(LongAdder columns) implements MetadataSink {
    @Override
    public void table(TableMetadata table) {
      columns.add(table.columns().size());
    }

    @Override
    public void failed(TableName table, Failure failure) {
      throw failure.asException();
    }
  }

  private record Everything() implements ImportSelection {
    @Override
    public boolean mayInclude(SchemaName schema) {
      return true;
    }

    @Override
    public Optional<Set<TableName>> names() {
      return Optional.empty();
    }

    @Override
    public Set<Section> sections() {
      return EnumSet.allOf(Section.class);
    }

    @Override
    public Optional<ChangeMarker> since() {
      return Optional.empty();
    }
  }
}
