package dev.connections.databricks.internal;

import dev.connections.api.Category;
import dev.connections.api.Configuration;
import dev.connections.api.ConnectionException;
import dev.connections.api.Failure;
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
  private volatile Optional<String> workspace = Optional.empty();

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
      JsonObject json =
          service.read(
              "compute",
              request,
              answer -> {
                answer
                    .header("X-Databricks-Org-Id")
                    .filter(ConfiguredCompute::isId)
                    .ifPresent(number -> workspace = Optional.of(number));
                return JsonObject.read(answer);
              },
              operation);
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

  private static boolean isId(String text) {
    return text.matches("[0-9]{1,30}");
  }

  /**
   * {@return where the compute takes statements of drivers} The path of a cluster holds the number
   * of its workspace, which the workspace tells with its answers; zero stands for one that has
   * none.
   */
  String path() {
    return kind == Kind.WAREHOUSE
        ? "sql/1.0/warehouses/" + id
        : "sql/protocolv1/o/" + workspace.orElse("0") + "/" + id;
  }

  /** {@return why the compute takes no statements; empty if it does} One round trip. */
  Optional<Failure> unready(boolean mayStart, Operation operation) {
    return switch (ask(operation).state()) {
      case RUNNING, STARTING, OTHER -> Optional.empty();
      case STOPPED, STOPPING -> mayStart ? Optional.empty() : Optional.of(stopped());
      case DELETED ->
          Optional.of(
              service
                  .failures()
                  .of(
                      DatabricksErrorCode.NO_COMPUTE,
                      "The " + word() + " was deleted.",
                      "Enter the id of another one.")
                  .withFields(field()));
    };
  }

  private Failure stopped() {
    return service
        .failures()
        .of(
            DatabricksErrorCode.COMPUTE_STOPPED,
            "The " + word() + " doesn't run, and this connection may not start it.",
            "Start it in the workspace, or let this connection start it.")
        .withFields(DatabricksFields.START, field());
  }

  /** {@return that there is no compute by this id} */
  ConnectionException missing(Exception failed) {
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
