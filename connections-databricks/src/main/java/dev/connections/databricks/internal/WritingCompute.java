package dev.connections.databricks.internal;

import dev.connections.api.Failure;
import dev.connections.api.Operation;
import java.util.Optional;

/** Compute that takes statements which change something. Safe for any thread. */
interface WritingCompute {
  /** {@return why it takes no statements; empty if it does, or may be started for one} */
  Optional<Failure> unready(Operation operation);

  /** Runs a statement that is submitted once, as it changes something. */
  void change(SqlStatement statement, Operation operation);
}
