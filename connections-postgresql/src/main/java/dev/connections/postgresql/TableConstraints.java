package dev.connections.postgresql;

import dev.connections.api.Internal;
import dev.connections.api.MetadataExtension;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a table has besides keys, checks and indexes and what stands beside them: its exclusion
 * constraints, and the comments on its constraints and indexes.
 *
 * @param exclusions exclusion constraints in PostgreSQL's words, by name
 * @param constraintDescriptions comments on constraints of every kind, by the constraint's name
 * @param indexDescriptions comments on indexes, by the index's name
 */
public record TableConstraints(
    Map<String, String> exclusions,
    Map<String, String> constraintDescriptions,
    Map<String, String> indexDescriptions)
    implements MetadataExtension {

  /** The extension's stable name. */
  public static final String ID = "postgresql_constraints";

  /**
   * Keeps immutable copies, in their order.
   *
   * @param exclusions exclusion constraints, by name
   * @param constraintDescriptions comments on constraints, by name
   * @param indexDescriptions comments on indexes, by name
   */
  @Internal
  public TableConstraints {
    exclusions = Collections.unmodifiableMap(new LinkedHashMap<>(exclusions));
    constraintDescriptions =
        Collections.unmodifiableMap(new LinkedHashMap<>(constraintDescriptions));
    indexDescriptions = Collections.unmodifiableMap(new LinkedHashMap<>(indexDescriptions));
  }

  /** {@return whether there is nothing to tell} */
  public boolean isEmpty() {
    return exclusions.isEmpty() && constraintDescriptions.isEmpty() && indexDescriptions.isEmpty();
  }

  @Override
  public String id() {
    return ID;
  }

  @Override
  public Map<String, Object> values() {
    Map<String, Object> values = new LinkedHashMap<>();
    if (!exclusions.isEmpty()) {
      values.put("exclusions", exclusions);
    }
    if (!constraintDescriptions.isEmpty()) {
      values.put("constraint_descriptions", constraintDescriptions);
    }
    if (!indexDescriptions.isEmpty()) {
      values.put("index_descriptions", indexDescriptions);
    }
    return values;
  }
}
