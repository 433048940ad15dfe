package dev.connections.filesystem.internal.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads a JSON text into maps, lists and scalars. A schema's names may be used before the attribute
 * that gives them, so it is read as a whole first.
 */
public final class JsonTree {
  /** What stands for {@code null}, which neither map nor list may hold. */
  public static final Object NULL = new Object();

  private final JsonParser parser;

  private JsonTree(JsonParser parser) {
    this.parser = parser;
  }

  /**
   * {@return the value that a text is}
   *
   * @param text one JSON value
   * @param deepest how many levels it may have
   * @throws IOException if it isn't one
   */
  public static Object parse(String text, int deepest) throws IOException {
    JsonFactory factory =
        JsonFactory.builder()
            .streamReadConstraints(
                StreamReadConstraints.builder()
                    .maxNestingDepth(deepest)
                    .maxStringLength(Math.max(text.length(), 1))
                    .build())
            .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
            .build();
    try (JsonParser parser = factory.createParser(text)) {
      Object value = new JsonTree(parser).value(parser.nextToken());
      if (parser.nextToken() != null) {
        throw new IOException("more than one value");
      }
      return value;
    }
  }

  /**
   * {@return the value that begins with the current token}
   *
   * @param parser at the value's first token; afterwards at its last one
   * @throws IOException if there is none
   */
  public static Object read(JsonParser parser) throws IOException {
    return new JsonTree(parser).value(parser.currentToken());
  }

  private Object value(@Nullable JsonToken token) throws IOException {
    if (token == null) {
      throw new IOException("no value");
    }
    return switch (token) {
      case START_OBJECT -> object();
      case START_ARRAY -> array();
      case VALUE_STRING -> parser.getText();
      case VALUE_TRUE -> true;
      case VALUE_FALSE -> false;
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> new Numeral(parser.getText());
      case VALUE_NULL -> NULL;
      default -> throw new IOException("no value");
    };
  }

  private Map<String, Object> object() throws IOException {
    Map<String, Object> members = new LinkedHashMap<>();
    for (JsonToken t = parser.nextToken(); t != JsonToken.END_OBJECT; t = parser.nextToken()) {
      String name = parser.currentName();
      members.put(name, value(parser.nextToken()));
    }
    return members;
  }

  private List<Object> array() throws IOException {
    List<Object> items = new ArrayList<>();
    for (JsonToken t = parser.nextToken(); t != JsonToken.END_ARRAY; t = parser.nextToken()) {
      items.add(value(t));
    }
    return items;
  }

  /**
   * A number, as it is written.
   *
   * @param text its digits
   */
  public record Numeral(String text) {
    /** {@return the number if it is a small whole one, else −1} */
    public int small() {
      return text.matches("[0-9]{1,9}") ? Integer.parseInt(text) : -1;
    }
  }
}
