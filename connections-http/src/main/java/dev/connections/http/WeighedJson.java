package dev.connections.http;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.util.JsonParserDelegate;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/**
 * Reads JSON as long as what it becomes in memory stays within bounds. A text of small values takes
 * many times its own length there, so that a limit of the text's length bounds nothing: an object
 * of no members has two bytes and takes over a hundred.
 */
final class WeighedJson extends JsonParserDelegate {
  private static final JsonFactory FACTORY =
      JsonFactory.builder()
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(100)
                  .maxStringLength(16 << 20)
                  .maxNameLength(10_000)
                  .maxNumberLength(500)
                  .build())
          .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
          .disable(StreamReadFeature.AUTO_CLOSE_SOURCE)
          .build();

  /**
   * How many times the limit of an answer's length its values may take in memory. Rows of short
   * members, as services send them, take some five times their text, and pages of them stay far
   * below the limit.
   */
  private static final int TIMES = 4;

  // What a virtual machine of 64 bits takes, in round numbers.
  private static final int OF_OBJECT = 120;
  private static final int OF_ARRAY = 80;
  private static final int OF_MEMBER = 60;
  private static final int OF_TEXT = 60;
  private static final int OF_FLAG = 8;

  private final long most;
  private long weight;

  private WeighedJson(JsonParser json, long longest) {
    super(json);
    this.most = longest * TIMES;
  }

  static WeighedJson of(Answer answer) throws IOException {
    return new WeighedJson(FACTORY.createParser(answer.body()), answer.largest());
  }

  static WeighedJson of(String text) throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    return new WeighedJson(
        FACTORY.createParser(new ByteArrayInputStream(bytes)), HttpSettings.LARGEST_ANSWER);
  }

  @Override
  public JsonToken nextToken() throws IOException {
    JsonToken token = super.nextToken();
    if (token != null) {
      weight += weight(token);
      if (weight > most) {
        throw new CappedStream.TooLarge();
      }
    }
    return token;
  }

  private int weight(JsonToken token) throws IOException {
    return switch (token) {
      case START_OBJECT -> OF_OBJECT;
      case START_ARRAY -> OF_ARRAY;
      case FIELD_NAME -> OF_MEMBER + currentName().length();
      case VALUE_STRING, VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> OF_TEXT + getTextLength();
      case VALUE_TRUE, VALUE_FALSE, VALUE_NULL -> OF_FLAG;
      default -> 0;
    };
  }
}
