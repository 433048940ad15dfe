package dev.connections.databricks.internal;

import dev.connections.api.Category;
import dev.connections.api.Configuration;
import dev.connections.api.ConnectionException;
import dev.connections.api.Field;
import dev.connections.api.Operation;
import dev.connections.databricks.ComputeStatus;
import dev.connections.databricks.DatabricksErrorCode;
import dev.connections.http.HttpErrorCode;
import dev.connections.http.HttpRequest;
import dev.connections.http.HttpService;
import dev.connections.http.JsonObject;
import java.util.Optional;

/** The warehouse or cluster that a connection names. */
final class ConfiguredCompute implements ComputeStatus {
  private final HttpService service;
  private final Kind kind;
  private final String id;

  private ConfiguredCompute(HttpService service, Kind kind, String id) {
    this.service = service;
    this.kind = kind;
    this.id = id;
  }

  /** {@return what the configuration names: by its type, else a warehouse before a cluster} */
  static Optional<ConfiguredCompute> of(Configuration configuration, HttpService service) {
    Optional<ConfiguredCompute> warehouse =
        configuration
            .find(DatabricksFields.WAREHOUSE)
            .map(id -> new ConfiguredCompute(service, Kind.WAREHOUSE, id));
    Optional<ConfiguredCompute> cluster =
        configuration
            .find(DatabricksFields.CLUSTER)
            .map(id -> new ConfiguredCompute(service, Kind.CLUSTER, id));
    boolean classic =
        configuration
            .find(DatabricksFields.COMPUTE_TYPE)
            .filter(DatabricksFields.ComputeType.CLASSIC::equals)
            .isPresent();
    return classic ? cluster : warehouse.or(() -> cluster);
  }

  boolean isWarehouse() {
    return kind == Kind.WAREHOUSE;
  }

  String id() {
    return id;
  }

  Field<String> field() {
    return kind == Kind.WAREHOUSE ? DatabricksFields.WAREHOUSE : DatabricksFields.CLUSTER;
  }

  String word() {
    return kind == Kind.WAREHOUSE ? "warehouse" : "cluster";
  }

  @Override
  public Compute compute(Operation operation) {
    return ask(service.during(operation));
  }

  Compute ask(Operation operation) {
    HttpRequest request =
        kind == Kind.WAREHOUSE
            ? HttpRequest.get("api", "2.0", "sql", "warehouses", id)
            : HttpRequest.get("api", "2.1", "clusters", "get").query("cluster_id", id);
    try {
      JsonObject json = service.read("compute", request, JsonObject::read, operation);
      String name = kind == Kind.WAREHOUSE ? "name" : "cluster_name";
      return new Compute(kind, state(json.text("state").orElse("")), json.text(name));
    } catch (ConnectionException failed) {
      // An unknown cluster is a parameter that isn't valid.
      boolean unknown =
          failed.category() == Category.NOT_FOUND
              || (kind == Kind.CLUSTER
                  && failed.code().id().equals(HttpErrorCode.REQUEST_REFUSED.id()));
      throw unknown ? missing(failed) : failed;
    }
  }

  /** {@return that there is no compute by this id} */
  ConnectionException missing(ConnectionException failed) {
    return service
        .failures()
        .of(
            DatabricksErrorCode.NO_COMPUTE,
            "There is no " + word() + " with this id, or the login may not see it.",
            "Check the id, or ask for the permission to use the " + word() + ".")
        .withFields(field())
        .asException(failed);
  }

  /** States of warehouses and of clusters, as the workspace spells them. */
  private static State state(String word) {
    return switch (word) {
      case "RUNNING", "RESIZING" -> State.RUNNING;
      case "STARTING", "PENDING", "RESTARTING" -> State.STARTING;
      case "STOPPED", "TERMINATED" -> State.STOPPED;
      case "STOPPING", "TERMINATING" -> State.STOPPING;
      case "DELETED", "DELETING" -> State.DELETED;
      default -> State.OTHER;
    };
  }
}
