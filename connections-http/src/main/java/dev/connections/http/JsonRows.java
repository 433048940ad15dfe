package dev.connections.http;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Rows that are arrays of values, as services that run statements answer them: the arrays of one
 * member of a JSON answer, at whatever depth it stands, and all that stands beside it. The answer
 * is read as a stream, and its rows are given out only after its last brace.
 *
 * @param found whether the answer has that member, as an array
 * @param rows the rows, in order
 * @param rest the answer without them
 * @param <T> what a row is read as
 */
public record JsonRows<T>(boolean found, List<T> rows, JsonObject rest) {
  /**
   * Keeps an immutable copy of the rows.
   *
   * @param found whether the answer has that member
   * @param rows the rows, in order
   * @param rest the answer without them
   */
  public JsonRows {
    rows = List.copyOf(rows);
  }

  /** The values of a row, by position. Immutable. */
  public static final class Row {
    private final List<@Nullable String> values;

    private Row(List<@Nullable String> values) {
      this.values = values;
    }

    /** {@return how many values the row has, absent ones among them} */
    public int size() {
      return values.size();
    }

    /**
     * {@return a value as it was written; empty for null, and where the row has no such place}
     *
     * @param index counted from zero
     */
    public Optional<String> text(int index) {
      return index < values.size() ? Optional.ofNullable(values.get(index)) : Optional.empty();
    }
  }

  /**
   * {@return the rows that an answer holds}
   *
   * @param answer read to its end
   * @param member the name of the array of rows, at any depth
   * @param row makes a row of the values of an array
   * @param <T> what a row is read as
   * @throws IOException if the answer breaks off, is no JSON, or is something else than an object
   */
  public static <T> JsonRows<T> read(Answer answer, String member, Function<Row, T> row)
      throws IOException {
    try (JsonParser json = WeighedJson.of(answer)) {
      require(json.nextToken() == JsonToken.START_OBJECT);
      Reading<T> reading = new Reading<>(member, row);
      JsonObject rest = reading.object(json);
      require(json.nextToken() == null);
      return new JsonRows<>(reading.found, reading.rows, rest);
    }
  }

  private static void require(boolean asExpected) throws NotJson {
    if (!asExpected) {
      throw new NotJson();
    }
  }

  private static final class Reading<T> {
    private final String member;
    private final Function<Row, T> row;
    private final List<T> rows = new ArrayList<>();
    private boolean found;

    Reading(String member, Function<Row, T> row) {
      this.member = member;
      this.row = row;
    }

    JsonObject object(JsonParser json) throws IOException {
      Map<String, Object> members = new LinkedHashMap<>();
      while (json.nextToken() == JsonToken.FIELD_NAME) {
        String name = json.currentName();
        JsonToken token = json.nextToken();
        if (name.equals(member) && token == JsonToken.START_ARRAY) {
          found = true;
          rows(json);
        } else {
          Object value =
              token == JsonToken.START_OBJECT ? object(json) : JsonObject.value(json, token);
          if (value != null) {
            members.put(name, value);
          }
        }
      }
      require(json.currentToken() == JsonToken.END_OBJECT);
      return JsonObject.of(members);
    }

    private void rows(JsonParser json) throws IOException {
      while (json.nextToken() != JsonToken.END_ARRAY) {
        require(json.currentToken() == JsonToken.START_ARRAY);
        List<@Nullable String> values = new ArrayList<>();
        while (json.nextToken() != JsonToken.END_ARRAY) {
          values.add(value(json));
        }
        rows.add(row.apply(new Row(Collections.unmodifiableList(values))));
      }
    }

    private static @Nullable String value(JsonParser json) throws IOException {
      JsonToken token = json.currentToken();
      require(token != null);
      if (token == JsonToken.VALUE_NULL) {
        return null;
      }
      if (!token.isStructStart()) {
        return json.getText();
      }
      StringWriter text = new StringWriter();
      try (JsonGenerator copy = JsonText.FACTORY.createGenerator(text)) {
        copy.copyCurrentStructure(json);
      }
      return text.toString();
    }
  }
}
