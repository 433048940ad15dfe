package dev.connections.http;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * A page of rows: the objects of one member of a JSON answer, and what stands beside it. The answer
 * is read as a stream, row by row, and its rows are given out only after its last brace: a page
 * that was cut gives none.
 *
 * @param found whether the answer has that member, as an array
 * @param rows the rows, in order
 * @param rest the other members, such as the token of the next page or an error
 * @param <T> what a row is read as
 */
public record JsonPage<T>(boolean found, List<T> rows, JsonObject rest) {
  /**
   * Keeps an immutable copy of the rows.
   *
   * @param found whether the answer has that member
   * @param rows the rows, in order
   * @param rest the other members
   */
  public JsonPage {
    rows = List.copyOf(rows);
  }

  /**
   * {@return the page that an answer holds}
   *
   * @param answer read to its end
   * @param member the name of the array of rows
   * @param row makes a row of an object; it must not keep the object if memory counts
   * @param <T> what a row is read as
   * @throws IOException if the answer breaks off, is no JSON, or is something else than an object
   */
  public static <T> JsonPage<T> read(Answer answer, String member, Function<JsonObject, T> row)
      throws IOException {
    boolean found = false;
    List<T> rows = new ArrayList<>();
    Map<String, Object> rest = new LinkedHashMap<>();
    try (JsonParser json = WeighedJson.of(answer)) {
      require(json.nextToken() == JsonToken.START_OBJECT);
      while (json.nextToken() == JsonToken.FIELD_NAME) {
        String name = json.currentName();
        JsonToken token = json.nextToken();
        if (name.equals(member) && token == JsonToken.START_ARRAY) {
          found = true;
          readRows(json, row, rows);
        } else {
          Object value = JsonObject.value(json, token);
          if (value != null) {
            rest.put(name, value);
          }
        }
      }
      require(json.currentToken() == JsonToken.END_OBJECT);
      require(json.nextToken() == null);
    }
    return new JsonPage<>(found, rows, JsonObject.of(rest));
  }

  private static <T> void readRows(JsonParser json, Function<JsonObject, T> row, List<T> rows)
      throws IOException {
    while (json.nextToken() != JsonToken.END_ARRAY) {
      require(json.currentToken() == JsonToken.START_OBJECT);
      rows.add(row.apply(JsonObject.object(json)));
    }
  }

  private static void require(boolean asExpected) throws NotJson {
    if (!asExpected) {
      throw new NotJson();
    }
  }
}
