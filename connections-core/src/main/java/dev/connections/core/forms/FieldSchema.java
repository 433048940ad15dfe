package dev.connections.core.forms;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.connections.api.Field;
import dev.connections.api.Secret;
import java.util.List;

/** The schema of one field's value. */
final class FieldSchema {
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  /** White space as the library sees it: a text of nothing else counts as none. */
  private static final String SPACE = "\\s\\u001c-\\u001f";

  private static final String ANY_TEXT = "^[^\\u0000]*$";
  private static final String SOME_TEXT = "^[^\\u0000]*[^" + SPACE + "\\u0000][^\\u0000]*$";
  private static final String SOME_SECRET = "[^" + SPACE + "]";
  static final String NO_TEXT = "^[" + SPACE + "]*$";

  private static final String MOMENT =
      "^[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])T([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9]"
          + "(\\.[0-9]{1,9})?(Z|[+-](0[0-9]|1[0-7]):[0-5][0-9])$";

  private FieldSchema() {}

  static ObjectNode of(Field<?> field, boolean required) {
    ObjectNode schema = NODES.objectNode();
    schema.put("title", field.label());
    field.help().ifPresent(help -> schema.put("description", help));
    constrain(field, required, schema);
    if (!field.isSecret()) {
      field.storedPreset().ifPresent(preset -> schema.set("default", node(field.kind(), preset)));
    }
    field
        .example()
        .ifPresent(example -> schema.putArray("examples").add(node(field.kind(), example)));
    texts(schema, "x-suggestions", field.suggestions());
    texts(schema, "x-aliases", field.aliases());
    if (field.isSecret()) {
      schema.put("writeOnly", true);
    }
    if (field.protection() != Field.Protection.NONE) {
      schema.put("x-encrypted", true);
    }
    if (field.isDestination()) {
      schema.put("x-destination", true);
    }
    if (!field.conditions().isEmpty()) {
      ArrayNode conditions = schema.putArray("x-visible-when");
      for (Field.Condition condition : field.conditions()) {
        ObjectNode one = conditions.addObject().put("field", condition.field().path());
        ArrayNode values = one.putArray("values");
        condition.values().forEach(value -> values.add(node(condition.field().kind(), value)));
      }
    }
    return schema;
  }

  private static void constrain(Field<?> field, boolean required, ObjectNode schema) {
    switch (field.kind()) {
      case TEXT, MULTILINE_TEXT -> {
        schema.put("type", "string").put("pattern", required ? SOME_TEXT : ANY_TEXT);
        bound(field, schema, "minLength", "maxLength");
        if (field.kind() == Field.Kind.MULTILINE_TEXT) {
          schema.put("x-multiline", true);
        }
      }
      case SECRET -> secret(field, required, schema);
      case INTEGER -> number(field, schema);
      case SECONDS -> {
        number(field, schema);
        schema.put("x-unit", "seconds");
      }
      case FLAG -> schema.put("type", "boolean");
      case CHOICE -> {
        schema.put("type", "string");
        texts(schema, "enum", field.choices());
      }
      case TEXTS -> {
        ObjectNode item = schema.put("type", "array").putObject("items").put("type", "string");
        texts(item, "enum", field.choices());
        bound(field, schema, "minItems", "maxItems");
      }
      case INSTANT ->
          schema.put("type", "string").put("format", "date-time").put("pattern", MOMENT);
    }
  }

  /** The mask stands for a secret of any length. */
  private static void secret(Field<?> field, boolean required, ObjectNode schema) {
    schema.put("type", "string");
    if (required) {
      schema.put("pattern", SOME_SECRET);
    }
    ObjectNode bounds = NODES.objectNode();
    bound(field, bounds, "minLength", "maxLength");
    if (!bounds.isEmpty()) {
      ArrayNode either = schema.putArray("anyOf");
      either.addObject().put("const", Secret.MASK);
      either.add(bounds);
    }
  }

  /** The library keeps whole numbers of 32 bits, the lowest left out. */
  private static void number(Field<?> field, ObjectNode schema) {
    schema.put("type", "integer");
    schema.put("minimum", Math.max(field.least().orElse(Long.MIN_VALUE), -Integer.MAX_VALUE));
    schema.put("maximum", Math.min(field.most().orElse(Long.MAX_VALUE), Integer.MAX_VALUE));
  }

  private static void bound(Field<?> field, ObjectNode schema, String least, String most) {
    field.least().ifPresent(bound -> schema.put(least, Math.max(bound, 0)));
    field.most().ifPresent(bound -> schema.put(most, Math.max(bound, 0)));
  }

  private static void texts(ObjectNode schema, String keyword, List<String> texts) {
    if (!texts.isEmpty()) {
      ArrayNode array = schema.putArray(keyword);
      texts.forEach(array::add);
    }
  }

  /**
   * {@return a stored spelling as the JSON value of its kind; as text where it is none}
   *
   * @param kind what the field holds
   * @param stored a text, a number, a boolean or a list of texts
   */
  static JsonNode node(Field.Kind kind, Object stored) {
    if (stored instanceof List<?> list) {
      ArrayNode array = NODES.arrayNode();
      list.forEach(item -> array.add(String.valueOf(item)));
      return array;
    }
    String text = String.valueOf(stored);
    return switch (kind) {
      case FLAG -> NODES.booleanNode(Boolean.parseBoolean(text));
      case INTEGER, SECONDS ->
          text.matches("-?[0-9]{1,18}")
              ? NODES.numberNode(Long.parseLong(text))
              : NODES.textNode(text);
      case TEXTS -> NODES.arrayNode().add(text);
      default -> NODES.textNode(text);
    };
  }
}
