package dev.connections.postgresql;

import dev.connections.api.Internal;
import dev.connections.api.MetadataExtension;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * The sequence that a column takes its values from.
 *
 * @param schema the schema of the sequence
 * @param name its name
 * @param type the type of its values, in PostgreSQL's words
 * @param start its first value
 * @param increment what is added each time
 * @param least its least value
 * @param most its greatest value
 * @param cache how many values a session takes at a time
 * @param cycles whether it begins anew after its last value
 * @param owned whether it is dropped with the column
 * @param description its comment
 */
public record SequenceInfo(
    String schema,
    String name,
    String type,
    long start,
    long increment,
    long least,
    long most,
    long cache,
    boolean cycles,
    boolean owned,
    Optional<String> description)
    implements MetadataExtension {

  /** The extension's stable name. */
  public static final String ID = "postgresql_sequence";

  /**
   * Takes all parts at once.
   *
   * @param schema the schema of the sequence
   * @param name its name
   * @param type the type of its values
   * @param start its first value
   * @param increment what is added each time
   * @param least its least value
   * @param most its greatest value
   * @param cache how many values a session takes at a time
   * @param cycles whether it begins anew
   * @param owned whether it is dropped with the column
   * @param description its comment
   */
  @Internal
  public SequenceInfo {
    Objects.requireNonNull(schema, "schema");
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(type, "type");
    Objects.requireNonNull(description, "description");
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
    values.put("type", type);
    values.put("start", start);
    values.put("increment", increment);
    values.put("least", least);
    values.put("most", most);
    values.put("cache", cache);
    values.put("cycles", cycles);
    values.put("owned", owned);
    description.ifPresent(text -> values.put("description", text));
    return values;
  }
}
