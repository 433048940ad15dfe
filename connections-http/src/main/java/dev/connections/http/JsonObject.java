package dev.connections.http;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * An object of a JSON answer. What is absent and what is null is the same: empty. Services are not
 * strict about types, so numbers and flags are also read from texts, and texts from them.
 *
 * <p>Immutable and safe for any thread. Its {@code toString} shows names only.
 */
public final class JsonObject {
  /** An object without members. */
  public static final JsonObject EMPTY = new JsonObject(Map.of());

  private final Map<String, Object> members;

  private JsonObject(Map<String, Object> members) {
    this.members = members;
  }

  static JsonObject of(Map<String, Object> members) {
    return new JsonObject(Collections.unmodifiableMap(members));
  }

  /**
   * {@return the object that is the whole of an answer}
   *
   * @param answer read to its end
   * @throws IOException if the answer breaks off, is no JSON, or is something else than an object
   */
  public static JsonObject read(Answer answer) throws IOException {
    return read(WeighedJson.of(answer));
  }

  /**
   * {@return the object that a text holds} For services that put JSON into a text of their JSON.
   *
   * @param text the whole of an object
   * @throws IOException if it is no JSON, or something else than an object
   */
  public static JsonObject parse(String text) throws IOException {
    return read(WeighedJson.of(text));
  }

  private static JsonObject read(JsonParser whole) throws IOException {
    try (JsonParser json = whole) {
      if (json.nextToken() != JsonToken.START_OBJECT) {
        throw new NotJson();
      }
      JsonObject read = object(json);
      if (json.nextToken() != null) {
        throw new NotJson();
      }
      return read;
    }
  }

  /** Reads the object that the parser stands at the beginning of. */
  static JsonObject object(JsonParser json) throws IOException {
    Map<String, Object> members = new LinkedHashMap<>();
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      String name = json.currentName();
      Object value = value(json, json.nextToken());
      if (value != null) {
        members.put(name, value);
      }
    }
    return of(members);
  }

  static @Nullable Object value(JsonParser json, @Nullable JsonToken token) throws IOException {
    if (token == null) {
      throw new NotJson();
    }
    return switch (token) {
      case START_OBJECT -> object(json);
      case START_ARRAY -> array(json);
      case VALUE_STRING -> json.getText();
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> new Numeral(json.getText());
      case VALUE_TRUE -> true;
      case VALUE_FALSE -> false;
      default -> null;
    };
  }

  private static List<Object> array(JsonParser json) throws IOException {
    List<Object> items = new ArrayList<>();
    for (JsonToken token = json.nextToken();
        token != JsonToken.END_ARRAY;
        token = json.nextToken()) {
      Object item = value(json, token);
      if (item != null) {
        items.add(item);
      }
    }
    return Collections.unmodifiableList(items);
  }

  /** A number as it was written: nothing is lost by keeping it so. */
  private record Numeral(String text) {
    @Override
    public String toString() {
      return text;
    }
  }

  /** {@return the names of the members that aren't null, in their order} */
  public Set<String> names() {
    return members.keySet();
  }

  /**
   * {@return a text, or a number or flag as it was written}
   *
   * @param name the member's name
   */
  public Optional<String> text(String name) {
    Object value = members.get(name);
    return value == null || value instanceof JsonObject || value instanceof List
        ? Optional.empty()
        : Optional.of(value.toString());
  }

  /**
   * {@return a whole number, also one written as a text}
   *
   * @param name the member's name
   */
  public OptionalLong number(String name) {
    Optional<String> text = text(name).map(String::strip).filter(t -> t.matches("-?[0-9]{1,18}"));
    return text.isPresent() ? OptionalLong.of(Long.parseLong(text.get())) : OptionalLong.empty();
  }

  /**
   * {@return a flag, also one written as a text; anything else is empty}
   *
   * @param name the member's name
   */
  public Optional<Boolean> flag(String name) {
    return text(name)
        .map(String::strip)
        .filter(t -> t.equalsIgnoreCase("true") || t.equalsIgnoreCase("false"))
        .map(Boolean::parseBoolean);
  }

  /**
   * {@return a member that is an object}
   *
   * @param name the member's name
   */
  public Optional<JsonObject> object(String name) {
    return members.get(name) instanceof JsonObject object ? Optional.of(object) : Optional.empty();
  }

  /**
   * {@return the objects of a member that is an array, or the one object of a member that should be
   * an array; empty for anything else}
   *
   * @param name the member's name
   */
  public List<JsonObject> objects(String name) {
    Object value = members.get(name);
    if (value instanceof JsonObject single) {
      return List.of(single);
    }
    return items(value).stream()
        .filter(JsonObject.class::isInstance)
        .map(JsonObject.class::cast)
        .toList();
  }

  /**
   * {@return the texts, numbers and flags of a member that is an array; empty for anything else}
   *
   * @param name the member's name
   */
  public List<String> texts(String name) {
    return items(members.get(name)).stream()
        .filter(item -> !(item instanceof JsonObject) && !(item instanceof List))
        .map(Object::toString)
        .toList();
  }

  private static List<?> items(@Nullable Object value) {
    return value instanceof List<?> list ? list : List.of();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof JsonObject object && members.equals(object.members);
  }

  @Override
  public int hashCode() {
    return members.hashCode();
  }

  /** {@return the names of the members; never a value} */
  @Override
  public String toString() {
    return "JsonObject" + members.keySet();
  }
}
