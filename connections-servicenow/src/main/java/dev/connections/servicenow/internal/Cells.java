package dev.connections.servicenow.internal;

import dev.connections.http.JsonObject;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * Values of the Table API. A plain one is a text; a reference may come as a text, or as an object
 * of value and link, of display value and link, or of display value and value.
 */
final class Cells {
  private Cells() {}

  /** {@return the value, never its display form; empty text for none} */
  static String text(JsonObject row, String field) {
    Optional<String> plain = row.text(field);
    if (plain.isPresent()) {
      return plain.get();
    }
    return row.object(field).map(Cells::reference).orElse("");
  }

  private static String reference(JsonObject cell) {
    return cell.text("value")
        .or(() -> cell.text("link").map(link -> link.substring(link.lastIndexOf('/') + 1)))
        .orElse("");
  }

  static OptionalInt length(JsonObject row) {
    OptionalLong length = row.number("max_length");
    return length.isPresent() && length.getAsLong() > 0 && length.getAsLong() < Integer.MAX_VALUE
        ? OptionalInt.of((int) length.getAsLong())
        : OptionalInt.empty();
  }
}
