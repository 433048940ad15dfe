package dev.connections.simulators.internal.databricks;

import dev.connections.simulators.internal.Answer;
import dev.connections.simulators.internal.Incoming;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** SQL warehouses and clusters, and what they do. */
public final class Compute {
  private static final String WAREHOUSES = "/api/2.0/sql/warehouses/";
  private static final String CLUSTER = "/api/2.1/clusters/get";
  private static final String START_CLUSTER = "/api/2.1/clusters/start";

  private final Map<String, String> warehouses = new ConcurrentHashMap<>();
  private final Map<String, String> clusters = new ConcurrentHashMap<>();
  private final Map<String, Integer> starting = new ConcurrentHashMap<>();
  private volatile int startsAfter = 1;

  /** Adds a warehouse or changes its state. */
  public void warehouse(String id, String state) {
    set(warehouses, id, state);
  }

  /** Adds a cluster or changes its state. */
  public void cluster(String id, String state) {
    set(clusters, id, state);
  }

  private void set(Map<String, String> all, String id, String state) {
    starting.remove(id);
    if (state.equals("STARTING") || state.equals("PENDING")) {
      starting.put(id, startsAfter);
    }
    all.put(id, state);
  }

  /** How often what was started is looked at until it runs. */
  public void startsAfter(int looks) {
    startsAfter = looks;
  }

  /** Whether there is such a warehouse. A statement starts it if it is stopped. */
  boolean starts(String id) {
    if (!warehouses.containsKey(id)) {
      return false;
    }
    start(warehouses, id);
    return true;
  }

  /** Whether a warehouse runs now; asking brings one that starts a step further. */
  boolean runs(String id) {
    return "RUNNING".equals(looked(warehouses, id));
  }

  private void start(Map<String, String> all, String id) {
    all.computeIfPresent(
        id,
        (same, state) -> {
          if (!state.equals("STOPPED") && !state.equals("TERMINATED")) {
            return state;
          }
          starting.put(id, startsAfter - 1);
          return all == clusters ? "PENDING" : "STARTING";
        });
  }

  private @Nullable String looked(Map<String, String> all, String id) {
    String state = all.get(id);
    Integer left = starting.computeIfPresent(id, (same, looks) -> looks - 1);
    if (left != null && left < 0) {
      starting.remove(id);
      all.put(id, "RUNNING");
    }
    return all.getOrDefault(id, state);
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
    if (request.is("POST") && path.startsWith(WAREHOUSES) && path.endsWith("/start")) {
      String id = path.substring(WAREHOUSES.length(), path.length() - "/start".length());
      return Optional.of(starts(id) ? Answer.json(200, "{}") : noWarehouse(id));
    }
    if (request.is("POST") && path.equals(START_CLUSTER)) {
      String id = JsonTree.text(JsonTree.parse(request.text()), "cluster_id", "");
      start(clusters, id);
      return Optional.of(clusters.containsKey(id) ? Answer.json(200, "{}") : cluster(id));
    }
    return Optional.empty();
  }

  private Answer warehouse(String id) {
    String state = looked(warehouses, id);
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
    String state = looked(clusters, id);
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
