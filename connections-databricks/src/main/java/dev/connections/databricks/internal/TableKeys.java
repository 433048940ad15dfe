package dev.connections.databricks.internal;

import dev.connections.api.ForeignKey;
import dev.connections.api.KeyConstraint;
import java.util.List;
import java.util.Optional;

/**
 * The keys of a table.
 *
 * @param primary its primary key
 * @param unique its other keys
 * @param foreign its references, none of which Databricks checks
 * @param unresolved how many references lead to a key that wasn't seen
 */
record TableKeys(
    Optional<KeyConstraint> primary,
    List<KeyConstraint> unique,
    List<ForeignKey> foreign,
    int unresolved) {
  static final TableKeys NONE = new TableKeys(Optional.empty(), List.of(), List.of(), 0);

  TableKeys {
    unique = List.copyOf(unique);
    foreign = List.copyOf(foreign);
  }
}
