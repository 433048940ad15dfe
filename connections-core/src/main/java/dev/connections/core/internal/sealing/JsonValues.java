package dev.connections.core.internal.sealing;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.connections.api.Secret;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Configuration values as JSON text and back. */
final class JsonValues {
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
  private static final ObjectMapper MAPPER =
      JsonMapper.builder()
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private JsonValues() {}

  /**
   * {@return the JSON text of a value}
   *
   * @param value maps, lists, texts, numbers, booleans and secrets; secrets are written in the
   *     clear, so the text is to be sealed if there are any
   */
  static String write(Object value) {
    return toNode(value).toString();
  }

  /**
   * {@return the value of a JSON text}
   *
   * @param json any text
   * @throws MalformedJson if it isn't JSON
   */
  static Object read(String json) throws MalformedJson {
    try {
      return fromNode(MAPPER.readTree(json));
    } catch (JsonProcessingException malformed) {
      throw new MalformedJson();
    }
  }

  private static JsonNode toNode(Object value) {
    if (value instanceof Map<?, ?> map) {
      ObjectNode object = NODES.objectNode();
      map.forEach((name, member) -> object.set(String.valueOf(name), toNode(member)));
      return object;
    }
    if (value instanceof List<?> list) {
      ArrayNode array = NODES.arrayNode(list.size());
      list.forEach(item -> array.add(toNode(item)));
      return array;
    }
    if (value instanceof Secret secret) {
      return NODES.textNode(secret.use(String::new));
    }
    return MAPPER.valueToTree(value);
  }

  private static Object fromNode(JsonNode node) throws MalformedJson {
    return switch (node.getNodeType()) {
      case OBJECT -> {
        Map<String, Object> map = new LinkedHashMap<>();
        for (Map.Entry<String, JsonNode> member : node.properties()) {
          if (!member.getValue().isNull()) {
            map.put(member.getKey(), fromNode(member.getValue()));
          }
        }
        yield map;
      }
      case ARRAY -> {
        List<Object> list = new ArrayList<>(node.size());
        for (JsonNode item : node) {
          if (!item.isNull()) {
            list.add(fromNode(item));
          }
        }
        yield list;
      }
      case STRING -> node.textValue();
      case BOOLEAN -> node.booleanValue();
      case NUMBER -> node.numberValue();
      default -> throw new MalformedJson(); // an empty text, or null where there must be a value
    };
  }

  /** A text that isn't JSON. It says no more: the text may hold anything. */
  static final class MalformedJson extends Exception {
    private static final long serialVersionUID = 1L;

    MalformedJson() {
      super("not JSON", null, false, false);
    }
  }
}
