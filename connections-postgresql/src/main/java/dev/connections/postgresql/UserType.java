package dev.connections.postgresql;

import dev.connections.api.Internal;
import dev.connections.api.MetadataExtension;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * The domain or enumeration that a column has for its type.
 *
 * @param schema the schema of the type
 * @param name the type's name
 * @param category {@code domain} or {@code enum}
 * @param baseType a domain's base type, in PostgreSQL's words
 * @param labels an enumeration's values, in their order; empty for a domain
 * @param checks a domain's conditions, in PostgreSQL's words; empty for an enumeration
 */
public record UserType(
    String schema,
    String name,
    String category,
    Optional<String> baseType,
    List<String> labels,
    List<String> checks)
    implements MetadataExtension {

  /** The extension's stable name. */
  public static final String ID = "postgresql_user_type";

  /**
   * Takes all parts at once.
   *
   * @param schema the schema of the type
   * @param name the type's name
   * @param category {@code domain} or {@code enum}
   * @param baseType a domain's base type
   * @param labels an enumeration's values
   * @param checks a domain's conditions
   */
  @Internal
  public UserType {
    Objects.requireNonNull(schema, "schema");
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(category, "category");
    Objects.requireNonNull(baseType, "baseType");
    labels = List.copyOf(labels);
    checks = List.copyOf(checks);
  }

  @Override
  public String id() {
    return ID;
  }

  @Override
  public Map<String, Object> values() {
    Map<String, Object> values = new LinkedHashMap<>();
    values.put("schema", schema);
    values.put("name", name);
    values.put("category", category);
    baseType.ifPresent(text -> values.put("base_type", text));
    if (!labels.isEmpty()) {
      values.put("labels", labels);
    }
    if (!checks.isEmpty()) {
      values.put("checks", checks);
    }
    return values;
  }
}
