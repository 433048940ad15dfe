package dev.connections.simulators.internal.databricks;

import dev.connections.simulators.internal.Answer;
import dev.connections.simulators.internal.Incoming;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** SQL warehouses and clusters, and what they do. */
public final class Compute {
  private static final String WAREHOUSES = "/api/2.0/sql/warehouses/";
  private static final String CLUSTER = "/api/2.1/clusters/get";

  private final Map<String, String> warehouses = new ConcurrentHashMap<>();
  private final Map<String, String> clusters = new ConcurrentHashMap<>();

  /** Adds a warehouse or changes its state. */
  public void warehouse(String id, String state) {
    warehouses.put(id, state);
  }

  /** Adds a cluster or changes its state. */
  public void cluster(String id, String state) {
    clusters.put(id, state);
  }

  /** Whether a warehouse takes statements. One that is stopped is started by the first. */
  boolean runs(String id) {
    return warehouses.computeIfPresent(
            id, (same, state) -> state.equals("STOPPED") ? "RUNNING" : state)
        != null;
  }

  /** The refusal of a warehouse that isn't there. */
  Answer noWarehouse(String id) {
    return Json.refusal(404, "RESOURCE_DOES_NOT_EXIST", "SQL warehouse " + id + " does not exist.");
  }

  Optional<Answer> answer(Incoming request) {
    String path = request.path();
    if (request.is("GET") && path.startsWith(WAREHOUSES)) {
      return Optional.of(warehouse(path.substring(WAREHOUSES.length())));
    }
    if (request.is("GET") && path.equals(CLUSTER)) {
      return Optional.of(cluster(request.parameter("cluster_id").orElse("")));
    }
    return Optional.empty();
  }

  private Answer warehouse(String id) {
    String state = warehouses.get(id);
    return state == null
        ? noWarehouse(id)
        : Answer.json(
            200,
            Json.object(
                "id",
                id,
                "name",
                "Simulated",
                "state",
                state,
                "warehouse_type",
                "PRO",
                "cluster_size",
                "Small"));
  }

  private Answer cluster(String id) {
    String state = clusters.get(id);
    return state == null
        ? Json.refusal(400, "INVALID_PARAMETER_VALUE", "Cluster " + id + " does not exist")
        : Answer.json(
            200,
            Json.object(
                "cluster_id",
                id,
                "cluster_name",
                "Simulated",
                "state",
                state,
                "spark_version",
                "16.4.x-scala2.12"));
  }
}
