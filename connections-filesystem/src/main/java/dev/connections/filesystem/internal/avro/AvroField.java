package dev.connections.filesystem.internal.avro;

import dev.connections.filesystem.internal.Defect;
import dev.connections.filesystem.internal.json.JsonTree;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A field of a record.
 *
 * @param name its name
 * @param schema its schema
 * @param description what the schema says about it, with its other names
 * @param defaultText its default value as text, where that is a scalar
 */
record AvroField(
    String name, Object schema, Optional<String> description, Optional<String> defaultText) {

  static List<AvroField> of(Map<?, ?> record) throws Defect {
    if (!(record.get("fields") instanceof List<?> fields)) {
      throw new Defect("its schema has a record without fields");
    }
    List<AvroField> result = new ArrayList<>(fields.size());
    Set<String> names = new HashSet<>();
    for (Object field : fields) {
      AvroField one = field(field);
      if (!names.add(one.name())) {
        throw new Defect("a record of its schema has two fields of one name");
      }
      result.add(one);
    }
    return result;
  }

  private static AvroField field(Object field) throws Defect {
    if (!(field instanceof Map<?, ?> object)
        || !(object.get("name") instanceof String name)
        || object.get("type") == null) {
      throw new Defect("its schema has a field without a name or a type");
    }
    return new AvroField(
        name, object.get("type"), description(object), defaultText(object.get("default")));
  }

  /** The {@code doc} of a definition, and its {@code aliases}. */
  static Optional<String> description(Map<?, ?> definition) {
    String doc = definition.get("doc") instanceof String text ? text.strip() : "";
    String aliases = "";
    if (definition.get("aliases") instanceof List<?> names && !names.isEmpty()) {
      aliases =
          "Also named " + String.join(", ", names.stream().map(String::valueOf).toList()) + ".";
    }
    String both = doc.isEmpty() || aliases.isEmpty() ? doc + aliases : doc + " " + aliases;
    return both.isEmpty() ? Optional.empty() : Optional.of(both);
  }

  private static Optional<String> defaultText(@Nullable Object value) {
    if (value instanceof String text) {
      return Optional.of("'" + text.replace("'", "''") + "'");
    }
    if (value instanceof JsonTree.Numeral number) {
      return Optional.of(number.text());
    }
    return value instanceof Boolean flag ? Optional.of(flag.toString()) : Optional.empty();
  }
}
