package dev.connections.core.targets;

import java.util.Collection;
import java.util.Map;
import java.util.stream.Collectors;

/** The values of extensions in words, as the page shows them: lists and parts within parts too. */
final class FactWords {
  private FactWords() {}

  /** {@return a name as it is read: {@code skipped lines}} */
  static String name(String name) {
    return name.replace('_', ' ');
  }

  /** {@return a value in words; empty if there is nothing to say} */
  static String of(Object value) {
    if (value instanceof Boolean yes) {
      return yes ? "yes" : "no";
    }
    if (value instanceof Map<?, ?> parts) {
      return parts.entrySet().stream()
          .map(part -> name(String.valueOf(part.getKey())) + " " + within(part.getValue()))
          .collect(Collectors.joining(", "));
    }
    if (value instanceof Collection<?> items) {
      return items.stream().map(FactWords::within).collect(Collectors.joining(", "));
    }
    return value.toString();
  }

  /** A single character could be taken for what stands between two values, or not be seen. */
  private static String within(Object value) {
    if (value instanceof String text && text.codePointCount(0, text.length()) == 1) {
      return switch (text) {
        case "\t" -> "tab";
        case " " -> "space";
        default -> "“" + text + "”";
      };
    }
    return value instanceof Map || value instanceof Collection ? "(" + of(value) + ")" : of(value);
  }
}
