package dev.connections.filesystem.internal.json;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import dev.connections.api.Column;
import dev.connections.api.Operation;
import dev.connections.filesystem.internal.FileContent;
import dev.connections.filesystem.internal.ReadLimits;
import dev.connections.filesystem.internal.text.TextFailures;
import java.io.IOException;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The first rows of a JSON or NDJSON file. Structures and lists are shown as JSON text. */
public final class JsonRows {
  private JsonRows() {}

  /**
   * {@return the first rows, one value for each column; fewer if the file has fewer}
   *
   * @param content the file
   * @param columns what was found of it
   * @param most how many rows
   * @param limits on nesting and on the length of a row
   * @param operation deadline and cancellation
   * @throws IOException if the file can't be read
   */
  public static List<List<Optional<Object>>> first(
      FileContent content, List<Column> columns, int most, ReadLimits limits, Operation operation)
      throws IOException {
    String path = content.path();
    List<List<Optional<Object>>> rows = new ArrayList<>();
    try (RecordBound stream =
            new RecordBound(
                content.head(),
                limits.largestRecord(),
                () -> TextFailures.longRecord(path, 1, limits.largestRecord()),
                () -> JsonFailures.notUtf8(path));
        JsonParser parser = JsonText.factory(limits).createParser(stream)) {
      boolean inArray = false;
      while (rows.size() < most && parser.nextToken() != null) {
        operation.checkpoint();
        stream.next();
        if (rows.isEmpty() && !inArray && parser.currentToken() == JsonToken.START_ARRAY) {
          inArray = true;
        } else if (parser.currentToken() != JsonToken.END_ARRAY) {
          rows.add(row(parser, columns));
        }
      }
    } catch (JsonProcessingException complaint) {
      if (rows.isEmpty()) {
        throw JsonFailures.of(complaint, path, 1);
      }
    }
    return rows;
  }

  private static List<Optional<Object>> row(JsonParser parser, List<Column> columns)
      throws IOException {
    List<Optional<Object>> values = new ArrayList<>(columns.size());
    if (parser.currentToken() != JsonToken.START_OBJECT) {
      Optional<Object> value = value(parser);
      for (int c = 0; c < columns.size(); c++) {
        values.add(c == 0 ? value : Optional.empty());
      }
      return values;
    }
    Map<String, Object> fields = new HashMap<>();
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String name = parser.currentName();
      parser.nextToken();
      value(parser).ifPresent(value -> fields.put(name, value));
    }
    columns.forEach(column -> values.add(Optional.ofNullable(fields.get(column.name()))));
    return values;
  }

  private static Optional<Object> value(JsonParser parser) throws IOException {
    return switch (parser.currentToken()) {
      case VALUE_NULL -> Optional.empty();
      case VALUE_TRUE -> Optional.of(true);
      case VALUE_FALSE -> Optional.of(false);
      case VALUE_STRING -> Optional.of(parser.getText());
      case VALUE_NUMBER_INT -> Optional.of(parser.getNumberValue());
      case VALUE_NUMBER_FLOAT -> Optional.of(parser.getDecimalValue());
      default -> {
        StringWriter text = new StringWriter();
        try (JsonGenerator generator = JsonText.generator(text)) {
          generator.copyCurrentStructure(parser);
        }
        yield Optional.of(text.toString());
      }
    };
  }
}
