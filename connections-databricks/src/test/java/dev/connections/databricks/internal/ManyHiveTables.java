package dev.connections.databricks.internal;

import dev.connections.simulators.DatabricksSimulator;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** A cluster with a {@code hive_metastore} of many tables, far away: for benchmarks. */
public final class ManyHiveTables implements AutoCloseable {
  private final DatabricksSimulator workspace = DatabricksSimulator.start();
  private final ThriftCompute compute = ThriftCompute.before(workspace);

  /**
   * Starts it.
   *
   * @param latency how late each request of the driver is answered
   */
  public ManyHiveTables(int schemas, int tables, int columns, Duration latency) {
    HiveScript metastore = new HiveScript(true);
    List<List<String>> description =
        new ArrayList<>(
            IntStream.range(0, columns)
                .mapToObj(column -> List.of("column_" + column, "decimal(10,2)", "A column"))
                .toList());
    description.addAll(HiveScript.plain("MANAGED").subList(1, 6));
    for (int i = 0; i < tables; i++) {
      metastore.table("schema_" + i % schemas, String.format("table_%05d", i), description);
    }
    compute.answering(metastore);
    compute.latency(latency);
  }

  /** {@return the values of a connection that reads it} */
  public Map<String, String> connection() {
    return Map.of(
        "workspace_url",
        compute.url(),
        "authentication.token",
        workspace.token(),
        "catalog",
        "hive_metastore",
        "compute.cluster_id",
        "cluster-1");
  }

  /** {@return the statements that ran, in their order} */
  public List<String> statements() {
    return compute.statements();
  }

  @Override
  public void close() {
    compute.close();
    workspace.close();
  }
}
