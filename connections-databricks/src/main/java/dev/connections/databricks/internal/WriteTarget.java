package dev.connections.databricks.internal;

import dev.connections.api.Failure;
import dev.connections.api.Operation;
import dev.connections.api.SchemaName;
import java.util.Optional;
import java.util.Set;

/** The metastore that a script writes to. Safe for any thread. */
interface WriteTarget {
  /** {@return the names of a schema's tables in lower case; empty if there is no such schema} */
  Optional<Set<String>> tables(SchemaName schema, Operation operation);

  /** {@return why it can't take a statement that creates something; empty if it can} */
  Optional<Failure> refusal(Script.Part part);
}
