package dev.connections.filesystem.internal.delta;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import dev.connections.api.Operation;
import dev.connections.filesystem.internal.Defect;
import dev.connections.filesystem.internal.ReadLimits;
import dev.connections.filesystem.internal.json.JsonTree;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Looks for the description of a table in lines of JSON, each of which is one action. */
final class LogActions {
  private static final String METADATA = "metaData";

  private LogActions() {}

  /**
   * The description; empty if the actions hold none.
   *
   * @param lines the actions
   * @param limits on nesting and on the length of texts
   * @param operation asked after each action whether to go on
   */
  static Optional<DeltaMetadata> metadata(InputStream lines, ReadLimits limits, Operation operation)
      throws IOException, Defect {
    Optional<DeltaMetadata> found = Optional.empty();
    try (JsonParser parser = factory(limits).createParser(lines)) {
      while (parser.nextToken() != null) {
        operation.checkpoint();
        if (parser.currentToken() != JsonToken.START_OBJECT) {
          throw new Defect("a line of its log isn't an action");
        }
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
          boolean metadata = parser.currentName().equals(METADATA);
          parser.nextToken();
          if (metadata && parser.currentToken() == JsonToken.START_OBJECT) {
            found = Optional.of(of(JsonTree.read(parser)));
          } else {
            parser.skipChildren();
          }
        }
      }
    } catch (JsonProcessingException e) {
      throw new Defect("a line of its log isn't JSON that can be read");
    }
    return found;
  }

  private static JsonFactory factory(ReadLimits limits) {
    return JsonFactory.builder()
        .streamReadConstraints(
            StreamReadConstraints.builder()
                .maxNestingDepth(limits.deepestNesting())
                .maxStringLength(limits.largestRecord())
                .build())
        .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
        .build();
  }

  private static DeltaMetadata of(Object action) throws Defect {
    if (!(action instanceof Map<?, ?> members)
        || !(members.get("schemaString") instanceof String schema)) {
      throw new Defect("its log describes a table without a schema");
    }
    List<String> partitionColumns = new ArrayList<>();
    if (members.get("partitionColumns") instanceof List<?> names) {
      names.forEach(name -> partitionColumns.add(String.valueOf(name)));
    }
    Map<String, String> configuration = new LinkedHashMap<>();
    if (members.get("configuration") instanceof Map<?, ?> properties) {
      properties.forEach((key, value) -> configuration.put((String) key, String.valueOf(value)));
    }
    Optional<String> description =
        members.get("description") instanceof String text && !text.isBlank()
            ? Optional.of(text)
            : Optional.empty();
    return new DeltaMetadata(schema, partitionColumns, description, configuration);
  }
}
