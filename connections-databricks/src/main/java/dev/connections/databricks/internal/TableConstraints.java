package dev.connections.databricks.internal;

import dev.connections.api.ForeignKey;
import dev.connections.api.KeyConstraint;
import dev.connections.api.SchemaName;
import dev.connections.http.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** Keys and references as the catalog's TableInfo spells them; lists leave them out. */
final class TableConstraints {
  private TableConstraints() {}

  /** {@return the keys that an answer about one table tells} */
  static TableKeys read(JsonObject json) {
    Optional<KeyConstraint> primary = Optional.empty();
    List<ForeignKey> references = new ArrayList<>();
    int unresolved = 0;
    for (JsonObject constraint : json.objects("table_constraints")) {
      primary =
          constraint
              .object("primary_key_constraint")
              .map(key -> new KeyConstraint(key.text("name"), key.texts("child_columns")))
              .or(keep(primary));
      Optional<JsonObject> foreign = constraint.object("foreign_key_constraint");
      Optional<ForeignKey> reference = foreign.flatMap(TableConstraints::reference);
      reference.ifPresent(references::add);
      unresolved += foreign.isPresent() && reference.isEmpty() ? 1 : 0;
    }
    return new TableKeys(primary, List.of(), references, unresolved);
  }

  private static <T> Supplier<Optional<T>> keep(Optional<T> known) {
    return () -> known;
  }

  /** Databricks checks neither keys nor references: they are informational. */
  private static Optional<ForeignKey> reference(JsonObject json) {
    String[] parent = json.text("parent_table").orElse("").split("\\.", -1);
    if (parent.length != 3) {
      return Optional.empty();
    }
    return Optional.of(
        new ForeignKey(
            json.text("name"),
            json.texts("child_columns"),
            SchemaName.of(parent[0], parent[1]).table(parent[2]),
            json.texts("parent_columns"),
            Optional.empty(),
            Optional.empty(),
            false));
  }
}
