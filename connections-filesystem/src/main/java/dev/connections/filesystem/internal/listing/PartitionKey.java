package dev.connections.filesystem.internal.listing;

import dev.connections.api.Column;
import dev.connections.api.DataType;
import dev.connections.api.TypeKind;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.Optional;

/**
 * A key of {@code key=value} directories, and what its values have in common.
 *
 * @param name the key
 * @param kind what all its values are
 * @param nullable whether a file lacks it, or has no value for it
 */
public record PartitionKey(String name, TypeKind kind, boolean nullable) {
  /** What writers of such directories put where there is no value. */
  private static final String NO_VALUE = "__HIVE_DEFAULT_PARTITION__";

  private static final int INTEGER_DIGITS = 9;
  private static final int BIGINT_DIGITS = 18;

  /** {@return the column that the key is} */
  public Column column() {
    return Column.of(name, DataType.of(kind, "directory"), nullable);
  }

  /**
   * One {@code key=value} of a directory's name.
   *
   * @param key what stands before the equals sign, with its escapes resolved
   * @param value what stands behind it, with its escapes resolved; empty for no value
   */
  record Pair(String key, Optional<String> value) {
    /** The pair in a directory's name, if it is one. */
    static Optional<Pair> of(String directory) {
      int sign = directory.indexOf('=');
      if (sign < 1) {
        return Optional.empty();
      }
      String value = unescaped(directory.substring(sign + 1));
      return Optional.of(
          new Pair(
              unescaped(directory.substring(0, sign)),
              value.isEmpty() || value.equals(NO_VALUE) ? Optional.empty() : Optional.of(value)));
    }

    private static String unescaped(String text) {
      if (text.indexOf('%') < 0) {
        return text;
      }
      try {
        return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
      } catch (IllegalArgumentException notEscaped) {
        return text; // a per cent sign that means itself
      }
    }
  }

  /** What a value looks like. */
  static TypeKind kindOf(String value) {
    int digits = value.startsWith("-") ? value.length() - 1 : value.length();
    if (digits > 0
        && digits <= BIGINT_DIGITS
        && value.chars().skip(value.length() - digits).allMatch(c -> c >= '0' && c <= '9')) {
      return digits <= INTEGER_DIGITS ? TypeKind.INTEGER : TypeKind.BIGINT;
    }
    if (value.length() == 10 && value.charAt(4) == '-') {
      try {
        LocalDate.parse(value);
        return TypeKind.DATE;
      } catch (DateTimeException noDate) {
        return TypeKind.STRING;
      }
    }
    return TypeKind.STRING;
  }

  /** What both kinds of values are. */
  static TypeKind common(TypeKind one, TypeKind other) {
    if (one == other) {
      return one;
    }
    boolean numbers = isNumber(one) && isNumber(other);
    return numbers ? TypeKind.BIGINT : TypeKind.STRING;
  }

  private static boolean isNumber(TypeKind kind) {
    return kind == TypeKind.INTEGER || kind == TypeKind.BIGINT;
  }
}
