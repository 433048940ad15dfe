package dev.connections.databricks.internal;

import dev.connections.api.Category;
import dev.connections.api.ConnectionException;
import dev.connections.api.Failure;
import dev.connections.api.Operation;
import dev.connections.api.SchemaName;
import java.util.HashSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Unity Catalog as what a script writes to. */
final class UnityTarget implements WriteTarget {
  private final UnityCatalog unity;

  UnityTarget(UnityCatalog unity) {
    this.unity = unity;
  }

  @Override
  public Optional<Set<String>> tables(SchemaName schema, Operation operation) {
    try {
      Set<String> folded = new HashSet<>();
      unity
          .tableNames(schema, operation)
          .forEach(name -> folded.add(name.toLowerCase(Locale.ROOT)));
      return Optional.of(folded);
    } catch (ConnectionException failed) {
      if (failed.category() != Category.NOT_FOUND) {
        throw failed;
      }
      return Optional.empty();
    }
  }

  @Override
  public Optional<Failure> refusal(Script.Part part) {
    return Optional.empty();
  }
}
