package dev.connections.databricks.internal;

import dev.connections.api.Category;
import dev.connections.api.Configuration;
import dev.connections.api.ConnectionException;
import dev.connections.api.Failure;
import dev.connections.api.Field;
import dev.connections.api.Operation;
import dev.connections.api.StandardErrorCode;
import dev.connections.databricks.ComputeStatus;
import dev.connections.databricks.DatabricksErrorCode;
import dev.connections.http.HttpErrorCode;
import dev.connections.http.HttpRequest;
import dev.connections.http.HttpService;
import dev.connections.http.JsonObject;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** The warehouse or cluster that a connection names. */
final class ConfiguredCompute implements ComputeStatus {
  /** What is going on while compute isn't there yet; the word for it follows. */
  private static final String WAITING = "waiting for the ";

  private static final Duration FIRST_PAUSE = Duration.ofMillis(250);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);

  /** So often it may still be called stopped after it was started. */
  private static final int MOST_STOPPED = 3;

  private final HttpService service;
  private final Kind kind;
  private final String id;
  private final Duration patience;
  private volatile Optional<String> workspace = Optional.empty();

  private ConfiguredCompute(
      HttpService service, Kind kind, String id, Configuration configuration) {
    this.service = service;
    this.kind = kind;
    this.id = id;
    this.patience = configuration.get(DatabricksFields.STARTING);
  }

  /** {@return what the configuration names: by its type, else a warehouse before a cluster} */
  static Optional<ConfiguredCompute> of(Configuration configuration, HttpService service) {
    Optional<ConfiguredCompute> warehouse =
        configuration
            .find(DatabricksFields.WAREHOUSE)
            .map(id -> new ConfiguredCompute(service, Kind.WAREHOUSE, id, configuration));
    Optional<ConfiguredCompute> cluster =
        configuration
            .find(DatabricksFields.CLUSTER)
            .map(id -> new ConfiguredCompute(service, Kind.CLUSTER, id, configuration));
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
      case DELETED -> Optional.of(deleted());
    };
  }

  /**
   * {@return why the compute takes no statements; empty if it does} What is starting is waited for,
   * and what is stopped is started, where that is allowed. Progress is told at each look, so that
   * such a wait doesn't count as idling.
   */
  Optional<Failure> awaitReady(boolean mayStart, Operation operation) {
    Waiting waiting = new Waiting(FIRST_PAUSE, LONGEST_PAUSE);
    int stopped = 0;
    while (true) {
      switch (ask(operation).state()) {
        case RUNNING, OTHER -> {
          return Optional.empty();
        }
        case DELETED -> {
          return Optional.of(deleted());
        }
        case STOPPED -> {
          if (!mayStart) {
            return Optional.of(stopped());
          }
          if (stopped == 0) {
            start(operation);
          }
          if (++stopped > MOST_STOPPED) {
            return Optional.of(notStarted());
          }
        }
        case STOPPING -> {
          if (!mayStart) {
            return Optional.of(stopped());
          }
        }
        case STARTING -> {}
      }
      waiting.more(operation);
    }
  }

  /** A wait until the compute takes a statement. It tells progress, so that it is no idling. */
  final class Waiting {
    private final GrowingPause pause;
    private final long end = System.nanoTime() + patience.toNanos();
    private long looks;

    Waiting(Duration first, Duration longest) {
      this.pause = new GrowingPause(first, longest);
    }

    /**
     * Waits for a moment before the next look; each is longer than the one before.
     *
     * @throws ConnectionException if it was waited for long enough, or the operation ends
     */
    void more(Operation operation) {
      operation.progress().progress(WAITING + word(), ++looks, OptionalLong.empty());
      long left = end - System.nanoTime();
      if (left <= 0) {
        throw notInTime().asException();
      }
      pause.take(Duration.ofNanos(left), operation);
    }
  }

  private void start(Operation operation) {
    HttpRequest request =
        kind == Kind.WAREHOUSE
            ? HttpRequest.of(
                    HttpRequest.Method.POST, "api", "2.0", "sql", "warehouses", id, "start")
                .json(Map.of())
            : HttpRequest.of(HttpRequest.Method.POST, "api", "2.1", "clusters", "start")
                .json(Map.of("cluster_id", id));
    try {
      service.write("start compute", request, answer -> answer.status(), operation);
    } catch (ConnectionException failed) {
      if (failed.category() == Category.PERMISSION) {
        throw service
            .failures()
            .of(
                StandardErrorCode.PERMISSION_DENIED,
                "The login may not start the " + word() + ".",
                kind == Kind.WAREHOUSE
                    ? "Start it in the workspace, or ask for the permission CAN USE on it."
                    : "Start it in the workspace, or ask for the permission CAN RESTART on it.")
            .withFields(field())
            .asException(failed);
      }
      // Somebody else may have started it in between; its state tells.
      if (!failed.code().id().equals(HttpErrorCode.REQUEST_REFUSED.id())) {
        throw failed;
      }
    }
  }

  private Failure notInTime() {
    return service
        .failures()
        .of(
            DatabricksErrorCode.COMPUTE_STARTING,
            "The " + word() + " took no statement within " + inWords(patience) + ".",
            "Try again when it runs and isn't busy, or wait longer for it.")
        .withFields(DatabricksFields.STARTING, field());
  }

  private static String inWords(Duration time) {
    long seconds = time.toSeconds();
    long number = seconds % 60 == 0 ? seconds / 60 : seconds;
    return number + (seconds % 60 == 0 ? " minute" : " second") + (number == 1 ? "" : "s");
  }

  private Failure deleted() {
    return service
        .failures()
        .of(
            DatabricksErrorCode.NO_COMPUTE,
            "The " + word() + " was deleted.",
            "Enter the id of another one.")
        .withFields(field());
  }

  private Failure notStarted() {
    return service
        .failures()
        .of(
            DatabricksErrorCode.COMPUTE_STOPPED,
            "The " + word() + " was started and doesn't run.",
            "Its events in the workspace say why; start it there.")
        .withFields(field());
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
