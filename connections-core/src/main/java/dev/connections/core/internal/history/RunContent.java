package dev.connections.core.internal.history;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.connections.api.PlainText;
import dev.connections.core.internal.json.Json;
import dev.connections.core.store.StoredRun;
import java.time.DateTimeException;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;

/** What the stored forms of all runs have in common. */
final class RunContent {
  private static final int FORMAT = 1;
  private static final int LONGEST_TEXT = 1000;

  private RunContent() {}

  static ObjectNode begin() {
    return Json.MAPPER.createObjectNode().put("format", FORMAT);
  }

  /** A text of a plugin's, as it may stand in any store. */
  static String plain(String text) {
    return PlainText.of(text, LONGEST_TEXT);
  }

  /** A newer form may mean other things by the same words, so it isn't guessed at. */
  static <T> Optional<T> read(StoredRun run, Function<JsonNode, T> reader) {
    try {
      JsonNode content = Json.MAPPER.readTree(run.content());
      return content.path("format").asInt() == FORMAT
          ? Optional.of(reader.apply(content))
          : Optional.empty();
    } catch (JsonProcessingException | IllegalArgumentException | DateTimeException foreign) {
      return Optional.empty();
    }
  }

  static <E extends Enum<E>> E of(Class<E> type, String stored) {
    return Enum.valueOf(type, stored.toUpperCase(Locale.ROOT));
  }
}
