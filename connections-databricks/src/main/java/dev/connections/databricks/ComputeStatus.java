package dev.connections.databricks;

import dev.connections.api.ConnectionException;
import dev.connections.api.Operation;
import java.util.Objects;
import java.util.Optional;

/**
 * The state of the SQL warehouse or cluster that a connection names. Asking never starts one. Safe
 * for any thread.
 */
public interface ComputeStatus {
  /**
   * {@return what the compute does now}
   *
   * @param operation deadline and cancellation
   * @throws ConnectionException with {@link DatabricksErrorCode#NO_COMPUTE} if there is none by
   *     this id, or as every call of the service
   */
  Compute compute(Operation operation);

  /** What a warehouse or cluster does. */
  enum State {
    /** Answers statements. */
    RUNNING,
    /** Will run soon. */
    STARTING,
    /** Starts with the next statement, where the login may start it. */
    STOPPED,
    /** Is about to be stopped. */
    STOPPING,
    /** Was deleted. */
    DELETED,
    /** Something that has no name here. */
    OTHER
  }

  /** What kind of compute it is. */
  enum Kind {
    /** A SQL warehouse. */
    WAREHOUSE,
    /** A cluster. */
    CLUSTER
  }

  /**
   * A warehouse or cluster.
   *
   * @param kind which of the two
   * @param state what it does
   * @param name what people call it, where the workspace says so
   */
  record Compute(Kind kind, State state, Optional<String> name) {
    /**
     * Checks that no part is null.
     *
     * @param kind which of the two
     * @param state what it does
     * @param name what people call it
     */
    public Compute {
      Objects.requireNonNull(kind, "kind");
      Objects.requireNonNull(state, "state");
      Objects.requireNonNull(name, "name");
    }
  }
}
