package dev.connections.core.forms;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.connections.api.ConfigurationSpec;
import dev.connections.api.Field;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** A schema that accepts exactly the configurations in which a field applies. */
final class FieldCondition {
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private final ConfigurationSpec spec;
  private final Function<Field<?>, List<String>> segments;
  private final ArrayNode all = NODES.arrayNode();
  private final Set<String> visited = new HashSet<>();

  private FieldCondition(ConfigurationSpec spec, Function<Field<?>, List<String>> segments) {
    this.spec = spec;
    this.segments = segments;
  }

  /**
   * {@return the schema; empty if the field never applies, or the schema can't tell}
   *
   * @param field a field with conditions
   * @param spec the spec it is in
   * @param segments the names from the root to a field
   */
  static Optional<ObjectNode> ofAll(
      Field<?> field, ConfigurationSpec spec, Function<Field<?>, List<String>> segments) {
    FieldCondition condition = new FieldCondition(spec, segments);
    if (!condition.add(field)) {
      return Optional.empty();
    }
    ObjectNode schema = NODES.objectNode();
    schema.set("allOf", condition.all);
    return Optional.of(schema);
  }

  /** A condition holds only while its own field applies, and so on. */
  private boolean add(Field<?> field) {
    if (!visited.add(field.path())) {
      return false; // a circle of conditions holds for none of its fields
    }
    for (Field.Condition condition : field.conditions()) {
      // The spec's own field: the one named in the condition may be an earlier copy of it.
      Field<?> deciding = spec.field(condition.field().path()).orElse(condition.field());
      if (deciding.kind() == Field.Kind.TEXTS || !add(deciding)) {
        return false;
      }
      all.add(holds(deciding, condition.values()));
    }
    visited.remove(field.path());
    return true;
  }

  private ObjectNode holds(Field<?> field, List<String> wanted) {
    List<String> path = segments.apply(field);
    ObjectNode oneOfThem = NODES.objectNode();
    ArrayNode values = oneOfThem.putArray("enum");
    wanted.forEach(value -> values.add(FieldSchema.node(field.kind(), value)));
    ObjectNode has = present(path, oneOfThem);
    String preset = field.storedPreset().map(String::valueOf).orElse("");
    if (field.preset().isEmpty() || !wanted.contains(preset)) {
      return has;
    }
    ObjectNode either = NODES.objectNode();
    ArrayNode ways = either.putArray("anyOf");
    ways.add(has);
    ways.addObject().set("not", present(path, NODES.objectNode()));
    if (field.kind() == Field.Kind.TEXT) {
      ways.add(present(path, NODES.objectNode().put("pattern", FieldSchema.NO_TEXT)));
    }
    return either;
  }

  /**
   * {@return a schema of objects that have a value at a path}
   *
   * @param path the names from the root
   * @param value what the value must be like
   */
  static ObjectNode present(List<String> path, ObjectNode value) {
    ObjectNode schema = value;
    for (int i = path.size() - 1; i >= 0; i--) {
      ObjectNode object = NODES.objectNode();
      object.putArray("required").add(path.get(i));
      if (!schema.isEmpty()) {
        object.putObject("properties").set(path.get(i), schema);
      }
      schema = object;
    }
    return schema;
  }
}
