package dev.connections.postgresql;

import dev.connections.api.Operation;
import dev.connections.api.SchemaName;
import java.util.List;

/**
 * A feature: the sequences of a schema, also those that no column takes its values from. Safe for
 * any thread.
 */
@FunctionalInterface
public interface SchemaSequences {
  /**
   * {@return the sequences of a schema that this login may use or read, in the order of their
   * names} One statement, however many there are. A schema that doesn't exist has none.
   *
   * @param schema the schema
   * @param operation deadline and cancellation
   * @throws dev.connections.api.ConnectionException with a precise code, if the catalog can't be
   *     read
   */
  List<SequenceInfo> in(SchemaName schema, Operation operation);
}
