package dev.connections.core.internal.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamWriteConstraints;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.connections.api.SchemaName;
import dev.connections.api.TableName;
import java.io.IOException;
import java.util.Collection;
import java.util.Map;

/** What JSON is read and written with. */
public final class Json {
  /** A type of a thousand levels takes two thousand here, and one more each for its parts. */
  private static final int DEEPEST = 10_000;

  private static final JsonFactory FACTORY =
      JsonFactory.builder()
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(DEEPEST)
                  .maxStringLength(100_000_000)
                  .build())
          .streamWriteConstraints(StreamWriteConstraints.builder().maxNestingDepth(DEEPEST).build())
          .build();

  /** Reads JSON as trees. */
  public static final ObjectMapper MAPPER = new ObjectMapper(FACTORY);

  private Json() {}

  /** {@return the factory of generators and parsers} */
  public static JsonFactory factory() {
    return FACTORY;
  }

  /**
   * A text without halves of characters, which some systems let into names and which JSON can't
   * carry: each becomes the replacement character.
   *
   * @param text any text
   * @return the text as JSON can carry it
   */
  public static String whole(String text) {
    StringBuilder whole = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      whole.append(loneSurrogate(text, i) ? '\uFFFD' : text.charAt(i));
    }
    return whole.toString();
  }

  /**
   * {@return whether a character is half of one, without its other half}
   *
   * @param text any text
   * @param at where in it
   */
  public static boolean loneSurrogate(String text, int at) {
    char c = text.charAt(at);
    if (Character.isHighSurrogate(c)) {
      return at + 1 == text.length() || !Character.isLowSurrogate(text.charAt(at + 1));
    }
    return Character.isLowSurrogate(c)
        && (at == 0 || !Character.isHighSurrogate(text.charAt(at - 1)));
  }

  /**
   * {@return a name as it comes back from JSON}
   *
   * @param name as its source spells it
   */
  public static TableName whole(TableName name) {
    return new SchemaName(name.schema().catalog().map(Json::whole), whole(name.schema().schema()))
        .table(whole(name.table()));
  }

  /**
   * Writes a text, a number, a boolean, or a list or map of such.
   *
   * @param json where to
   * @param value what
   * @throws IOException if it can't be written
   */
  public static void value(JsonGenerator json, Object value) throws IOException {
    if (value instanceof Map<?, ?> map) {
      json.writeStartObject();
      for (Map.Entry<?, ?> entry : map.entrySet()) {
        json.writeFieldName(String.valueOf(entry.getKey()));
        value(json, entry.getValue());
      }
      json.writeEndObject();
    } else if (value instanceof Collection<?> items) {
      json.writeStartArray();
      for (Object item : items) {
        value(json, item);
      }
      json.writeEndArray();
    } else if (value instanceof Boolean truth) {
      json.writeBoolean(truth);
    } else if (value instanceof Number number) {
      json.writeNumber(number.toString());
    } else {
      json.writeString(value.toString());
    }
  }
}
