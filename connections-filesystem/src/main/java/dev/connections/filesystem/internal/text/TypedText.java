package dev.connections.filesystem.internal.text;

import dev.connections.api.DataType;
import java.math.BigDecimal;
import java.util.Locale;
import java.util.Optional;

/** A text as a value of its column's type; one that isn't of the type stays text. */
public final class TypedText {
  private TypedText() {}

  /**
   * {@return the value; empty for an empty text}
   *
   * @param text as it stands in the file
   * @param type its column's
   * @param decimalComma whether a comma parts whole and fraction
   */
  public static Optional<Object> of(String text, DataType type, boolean decimalComma) {
    if (text.isEmpty()) {
      return Optional.empty();
    }
    String number = decimalComma ? text.replace(',', '.') : text;
    try {
      return Optional.of(
          switch (type.kind()) {
            case BOOLEAN -> {
              String word = text.toLowerCase(Locale.ROOT);
              yield word.equals("true") || word.equals("false")
                  ? (Object) word.equals("true")
                  : text;
            }
            case TINYINT, SMALLINT, INTEGER, BIGINT -> Long.valueOf(number);
            case DECIMAL -> new BigDecimal(number);
            case FLOAT, DOUBLE -> Double.valueOf(number);
            default -> text;
          });
    } catch (NumberFormatException odd) {
      return Optional.of(text);
    }
  }
}
