package dev.connections.core.forms;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.connections.api.ConfigurationSpec;
import dev.connections.api.ConnectionType;
import dev.connections.api.Field;
import dev.connections.api.FieldGroup;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Renders the spec of a configuration as JSON Schema 2020-12, which stock form generators draw.
 *
 * <p>Beside the standard's keywords each property carries what a good form needs:
 *
 * <table>
 * <caption>Additional keywords</caption>
 * <thead><tr><th scope="col">Keyword</th><th scope="col">Meaning</th></tr></thead>
 * <tbody>
 * <tr><td>{@code x-group}</td><td>id of the group it is shown in; the root's {@code x-groups} has their headings, in order</td></tr>
 * <tr><td>{@code x-order}</td><td>its place among all fields, from 0</td></tr>
 * <tr><td>{@code x-visible-when}</td><td>a list of {@code {"field", "values"}}: show it while each of these fields has one of these values, or has it as its default</td></tr>
 * <tr><td>{@code x-encrypted}</td><td>true if it is encrypted at rest; with {@code writeOnly} it is never given back, and is shown as {@code ******} while it is set</td></tr>
 * <tr><td>{@code x-destination}</td><td>true if it decides where secrets are sent: changing it requires them again</td></tr>
 * <tr><td>{@code x-suggestions}</td><td>values to offer; others stay allowed</td></tr>
 * <tr><td>{@code x-multiline}</td><td>true if it has several lines</td></tr>
 * <tr><td>{@code x-unit}</td><td>{@code seconds} for a duration</td></tr>
 * <tr><td>{@code x-aliases}</td><td>other paths under which stored configurations may have it; a form writes the field's own</td></tr>
 * </tbody>
 * </table>
 *
 * <p>The root carries {@code x-version}, the version of the spec. What the schema accepts, {@link
 * ConfigurationSpec#validate} accepts as well, but for the spec's own rules over several fields.
 * The schema is stricter where the library is lenient: it knows neither aliases nor other spellings
 * of a value (a number as text, a choice in capitals), and checks the values of fields that aren't
 * shown.
 */
public final class ConfigurationForm {
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private final ConfigurationSpec spec;
  private final Set<String> fieldPaths;
  private final ObjectNode root = NODES.objectNode();
  private int order;

  private ConfigurationForm(ConfigurationSpec spec) {
    this.spec = spec;
    this.fieldPaths = spec.fields().stream().map(Field::path).collect(Collectors.toSet());
  }

  /**
   * {@return the schema as JSON text; the same text for the same spec}
   *
   * @param type the type the configuration is for
   * @param spec the type's spec
   */
  public static String jsonSchema(ConnectionType type, ConfigurationSpec spec) {
    return new ConfigurationForm(spec).render(type).toString();
  }

  private ObjectNode render(ConnectionType type) {
    root.put("$schema", "https://json-schema.org/draft/2020-12/schema");
    root.put("$id", "urn:dev.connections:configuration:" + type.id() + ":" + spec.version());
    root.put("title", type.displayName());
    root.put("x-version", spec.version());
    ArrayNode groups = root.putArray("x-groups");
    root.put("type", "object");
    root.putObject("properties");
    for (FieldGroup group : spec.groups()) {
      groups.addObject().put("id", group.id()).put("label", group.label());
      group.fields().forEach(field -> place(field, group));
    }
    close(root);
    requireWhereShown();
    return root;
  }

  private void place(Field<?> field, FieldGroup group) {
    boolean always = isRequired(field) && field.conditions().isEmpty();
    ObjectNode object = root;
    List<String> segments = segments(field);
    for (String name : segments.subList(0, segments.size() - 1)) {
      ObjectNode properties = (ObjectNode) object.get("properties");
      if (always) {
        require(object, name);
      }
      if (!properties.has(name)) {
        properties.putObject(name).put("type", "object").putObject("properties");
      }
      object = (ObjectNode) properties.get(name);
    }
    String name = segments.get(segments.size() - 1);
    if (always) {
      require(object, name);
    }
    ObjectNode schema = FieldSchema.of(field, isRequired(field));
    schema.put("x-group", group.id());
    schema.put("x-order", order++);
    ((ObjectNode) object.get("properties")).set(name, schema);
  }

  /** A preset stands in where a value is missing, so that nothing is missing then. */
  private static boolean isRequired(Field<?> field) {
    return field.isRequired() && field.preset().isEmpty();
  }

  private static void require(ObjectNode object, String name) {
    ArrayNode required = object.withArrayProperty("required");
    for (int i = 0; i < required.size(); i++) {
      if (required.get(i).textValue().equals(name)) {
        return;
      }
    }
    required.add(name);
  }

  private static void close(ObjectNode schema) {
    if (schema.get("properties") instanceof ObjectNode properties) {
      schema.put("additionalProperties", false);
      properties.forEach(property -> close((ObjectNode) property));
    }
  }

  /** Fields that are required only while they are shown, together where they are shown together. */
  private void requireWhereShown() {
    Map<ObjectNode, List<Field<?>>> byCondition = new LinkedHashMap<>();
    for (Field<?> field : spec.fields()) {
      if (isRequired(field) && !field.conditions().isEmpty()) {
        FieldCondition.ofAll(field, spec, this::segments)
            .ifPresent(
                shown -> byCondition.computeIfAbsent(shown, s -> new ArrayList<>()).add(field));
      }
    }
    if (byCondition.isEmpty()) {
      return;
    }
    ArrayNode rules = root.putArray("allOf");
    byCondition.forEach(
        (shown, fields) -> {
          ObjectNode rule = rules.addObject();
          rule.set("if", shown);
          ArrayNode all = rule.putObject("then").putArray("allOf");
          fields.forEach(
              field -> all.add(FieldCondition.present(segments(field), NODES.objectNode())));
        });
  }

  /**
   * The names from the root to a field. Where a field stands on the way to another, the other keeps
   * the rest of its dotted path as its name, as stored configurations do.
   */
  private List<String> segments(Field<?> field) {
    List<String> segments = new ArrayList<>();
    String path = field.path();
    int start = 0;
    for (int dot = path.indexOf('.'); dot >= 0; dot = path.indexOf('.', dot + 1)) {
      if (fieldPaths.contains(path.substring(0, dot))) {
        break;
      }
      segments.add(path.substring(start, dot));
      start = dot + 1;
    }
    segments.add(path.substring(start));
    return segments;
  }
}
